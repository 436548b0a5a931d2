"""Settings. Everything that differs between two places comes from the environment."""

import os
from pathlib import Path

from kntc.config.database import database
from kntc.config.sso import sso_apps
from kntc.ops.secrets import secret, secret_key

HOME = Path(os.environ.get("KNTC_HOME", "var")).resolve()
FILES = HOME / "files"

DEBUG = os.environ.get("KNTC_DEBUG", "") == "1"
SECRET_KEY = secret_key()
VAULT_KEY = secret("vault_key")
ALLOWED_HOSTS = os.environ.get("KNTC_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("KNTC_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_cotton",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "kntc.audit",
    "kntc.agencies",
    "kntc.accounts",
    "kntc.people",
    "kntc.documents",
    "kntc.reception",
    "kntc.petitions",
    "kntc.settlement",
    "kntc.reports",
    "kntc.registers",
    "kntc.web",
    "kntc.ops",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kntc.web.security.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kntc.web.readable.ReadableInputMiddleware",
    "kntc.web.refusals.RefusalMiddleware",
    "kntc.accounts.middleware.OfficerMiddleware",
]

ROOT_URLCONF = "kntc.config.urls"
WSGI_APPLICATION = "kntc.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kntc.web.context.shell",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.contrib.humanize.templatetags.humanize",
                "kntc.web.templatetags.kntc",
            ],
        },
    }
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
# The first one answers every sign-in; the second is there for sessions that name it.
AUTHENTICATION_BACKENDS = [
    "kntc.accounts.sign_in.backends.AccountBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["kntc.accounts.sign_in.passwords.SignInHasher"]
# Length, not symbols: what people can remember and type at half past seven.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"kntc.accounts.sign_in.passwords.{name}"} for name in ("LongEnough", "NotCommon", "NotTheLogin")
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

# Seconds without activity after which the server locks the session; what is typed in the browser stays there.
IDLE_SECONDS = int(os.environ.get("KNTC_IDLE_SECONDS", "900"))
# A password (or passkey, code) asked for again within so many seconds counts for the vault and for giving rights.
PROOF_SECONDS = 600
# Second factor of those who keep accounts or may open the vault: "required", after so many days, or "optional".
MFA_RULE = os.environ.get("KNTC_MFA", "required")
MFA_GRACE_DAYS = int(os.environ.get("KNTC_MFA_GRACE_DAYS", "7"))
# How many proxies of one's own stand before the server and add to X-Forwarded-For.
TRUSTED_PROXIES = int(os.environ.get("KNTC_PROXIES", "0"))

# django-allauth does the protocols (one-time codes, WebAuthn, OpenID Connect); the pages are ours.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "kntc.accounts.sign_in.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "KNTC"
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
# The neighbouring half minutes count too: clocks of telephones differ.
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "kntc.accounts.sign_in.sso.SsoAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": sso_apps()}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
HTTPS = os.environ.get("KNTC_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
REFUSAL_VIEW = "kntc.web.refusals.refused"
CSRF_FAILURE_VIEW = "kntc.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": os.environ.get("KNTC_STATIC", "django.contrib.staticfiles.storage.StaticFilesStorage")
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# 200 people on one petition, eight fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024


# A mail server is a choice: without one, what would be sent stands in the inbox of the system.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "kntc@localhost")

MESSAGE_STORAGE = "kntc.web.toasts.Storage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KNTC_LOG", "WARNING")},
}
