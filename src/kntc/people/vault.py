"""Sealing a denouncer's identity: AES-GCM-SIV with its own key, and blind indexes to find an equal without opening.

The vault's key comes from the environment (KNTC_VAULT_KEY) or the home's secrets; without it nothing opens.
"""

import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.conf import settings

NONCE_BYTES = 12


def seal(identity: dict[str, Any]) -> bytes:
    """Nonce and cipher text of the identity."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = json.dumps(identity, ensure_ascii=False).encode()
    return nonce + AESGCMSIV(_key("seal")).encrypt(nonce, plain, None)


def unseal(cipher: bytes | memoryview) -> dict[str, Any]:
    """The identity again. Raises cryptography's InvalidTag when key or text are not the right ones."""
    data = bytes(cipher)
    plain = AESGCMSIV(_key("seal")).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None)
    return dict(json.loads(plain))


def blind(value: str) -> str:
    """Keyed hash by which two sealed values can be told equal; empty for an empty value."""
    return hmac.new(_key("blind"), value.encode(), hashlib.sha256).hexdigest() if value else ""


def _key(use: str) -> bytes:
    # Two uses, two keys: who learns the index key still opens nothing.
    return hashlib.blake2b(use.encode(), key=settings.VAULT_KEY.encode()[:64], digest_size=32).digest()
