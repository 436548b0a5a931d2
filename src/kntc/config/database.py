"""Where the database is: DATABASE_URL, or the embedded server of KNTC_HOME."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def settings_from(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a postgresql:// address. Raises ValueError for any other kind."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            "DATABASE_URL phải có dạng postgresql://người-dùng:mật-khẩu@máy:cổng/tên-cơ-sở-dữ-liệu"
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    # A web process never needs the owner's rights: the run command sets KNTC_DB_ROLE, so that even the
    # statements outside a request's walls run as the role that owns nothing.
    if role := os.environ.get("KNTC_DB_ROLE"):
        options["options"] = f"-c role={role}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "kntc",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "TEST": {"NAME": os.environ.get("KNTC_TEST_DB")},
    }


def database() -> dict[str, Any]:
    """The DATABASES entry in force."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        from kntc.ops import embedded

        url = embedded.database_url()
    return settings_from(url)
