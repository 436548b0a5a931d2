"""A small OpenID Connect provider on this machine: real HTTP, signed tokens, and a few ways to be dishonest."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "kntc"
SECRET = "bí mật của bài kiểm tra"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """`claims` are laid over what the token says; `signs_with` takes the place of the published key."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = self.signs_with = new_key()
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.verified = False

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        found = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [found | {"kid": "1", "alg": "RS256", "use": "sig"}]}

    def authorize(self, location: str) -> dict[str, str]:
        """What the person's browser brings to the provider; the person agrees and goes back with a code."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        return {"code": "mã-1", "state": self.asked["state"]}

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        self.verified = (form["client_secret"], challenge) == (SECRET, self.asked["code_challenge"])
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "vneid-052088",
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "nonce": self.asked.get("nonce", ""),
        }
        signer: Any = (
            "một chìa khóa chung, dài đủ ba mươi hai" if self.algorithm == "HS256" else self.signs_with
        )
        signer = None if self.algorithm == "none" else signer
        told = jwt.encode(claims | self.claims, signer, algorithm=self.algorithm, headers={"kid": "1"})
        return {"access_token": "t", "token_type": "Bearer", "expires_in": 300, "id_token": told}


@contextmanager
def running() -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {"/.well-known/openid-configuration": provider.configuration, "/keys": provider.keys}
            self._say(answers[urlsplit(self.path).path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
