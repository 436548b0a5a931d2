"""What allauth's second factors ask of the house: sealed secrets, names on the person's telephone."""

import base64
import hashlib
import secrets

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.conf import settings

from kntc.accounts.models import Account

NAME = "CSDL quốc gia về khiếu nại, tố cáo"
_NONCE = 12


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Khóa truy cập không khớp. Hãy thử lại, hoặc dùng mã xác thực.",
    }

    def encrypt(self, text: str) -> str:
        """A copy of the database alone makes no codes."""
        nonce = secrets.token_bytes(_NONCE)
        return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        data = base64.b64decode(encrypted_text)
        return _cipher().decrypt(data[:_NONCE], data[_NONCE:], None).decode()

    def _get_site_name(self) -> str:
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {
            "id": context.request.get_host().rpartition(":")[0] or context.request.get_host(),
            "name": NAME,
        }

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, object]:
        """The number, never the login: a login may change, the key on the device stays."""
        return {"id": str(user.pk).encode(), "display_name": user.full_name, "name": user.login}


def _cipher() -> AESGCMSIV:
    key = hashlib.blake2b(b"second factor", key=settings.VAULT_KEY.encode()[:64], digest_size=32).digest()
    return AESGCMSIV(key)
