"""Single sign-on by OpenID Connect: VNeID, or a province's own, as the environment names it.

allauth speaks the protocol (state, PKCE, token). What stands here is stricter: the signature and the nonce of the
identity token are always checked, and a subject opens an existing account only, to which it was linked by the person
after a sign-in with the password. Nobody registers by it.
"""

import hashlib
import secrets
from typing import Any, cast

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from kntc.accounts.models import Account
from kntc.audit.walls import as_account
from kntc.config.sso import PROVIDER

# No "none", no key shared with the provider: its published key must have signed.
ALGORITHMS = {"RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "ES512"}
# In the session: the nonce of the sign-in under way.
_NONCE = "sso_nonce"


def _app() -> dict[str, Any] | None:
    apps: list[dict[str, Any]] = cast(Any, settings).SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return apps[0] if apps else None


def name() -> str:
    """What the button says; empty without a provider."""
    app = _app()
    return str(app["name"]) if app else ""


def is_linked(account: Account) -> bool:
    return bool(SocialAccount.objects.filter(user_id=account.pk, provider=PROVIDER).exists())


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        return request.build_absolute_uri(reverse("accounts:sso-callback"))

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("Unreadable id_token") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error(f"Signing algorithm {algorithm} is not accepted")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        expected = self.request.session.pop(_NONCE, "")
        if not expected or not constant_time_compare(str(claims.get("nonce", "")), expected):
            raise OAuth2Error("The id_token answers another question")
        return claims

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("No id_token")
        return super().complete_login(request, app, token, **kwargs)


class StrictProvider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = StrictAdapter

    def get_auth_params(self) -> dict[str, Any]:
        return {**super().get_auth_params(), "nonce": self.request.session[_NONCE]}


class SsoAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Takes over where the provider has said who it is."""

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> StrictProvider:
        found = super().get_provider(request, provider, client_id)
        return StrictProvider(request, app=found.app)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        from kntc.accounts.screens.sso import identified

        raise ImmediateHttpResponse(identified(request, str(sociallogin.account.uid)))

    def on_authentication_error(self, request: HttpRequest, provider: object, **_: Any) -> None:
        from kntc.accounts.screens.sso import failed

        raise ImmediateHttpResponse(failed(request))


def begin(request: HttpRequest) -> HttpResponse:
    """To the provider. Raises Http404 where there is none."""
    request.session[_NONCE] = secrets.token_urlsafe(24)
    answer: HttpResponse = OAuth2LoginView.adapter_view(_adapter(request))(request)
    return answer


def finish(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = OAuth2CallbackView.adapter_view(_adapter(request))(request)
    return answer


def _adapter(request: HttpRequest) -> StrictAdapter:
    if _app() is None:
        raise Http404
    return StrictAdapter(request, PROVIDER)


def account_of(subject: str) -> Account | None:
    """The account in use to which this subject is linked."""
    with as_account(None):
        found = SocialAccount.objects.filter(provider=PROVIDER, uid=subject).select_related("user").first()
    return found.user if found and found.user.is_active else None


def subject_hash(subject: str) -> str:
    """For the log: tells two subjects apart and names none."""
    return hashlib.sha256(f"{settings.SECRET_KEY}:{subject}".encode()).hexdigest()[:16]
