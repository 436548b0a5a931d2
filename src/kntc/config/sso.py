"""Single sign-on of the environment: one OpenID Connect provider (VNeID, or a province's own), or none."""

import os
from typing import Any

PROVIDER = "sso"


def sso_apps() -> list[dict[str, Any]]:
    """allauth's list of apps: empty unless KNTC_OIDC_ISSUER and KNTC_OIDC_CLIENT_ID are set."""
    issuer, client_id = os.environ.get("KNTC_OIDC_ISSUER", ""), os.environ.get("KNTC_OIDC_CLIENT_ID", "")
    if not issuer or not client_id:
        return []
    return [
        {
            "provider_id": PROVIDER,
            "name": os.environ.get("KNTC_OIDC_NAME", "VNeID"),
            "client_id": client_id,
            "secret": os.environ.get("KNTC_OIDC_CLIENT_SECRET", ""),
            # What the identity token says is enough: one request less, and nothing more about the person than needed.
            "settings": {"server_url": issuer.rstrip("/"), "fetch_userinfo": False},
        }
    ]
