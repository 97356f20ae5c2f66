"""Requests to endpoints of others, with the standard library alone."""

from __future__ import annotations

import base64
import hashlib
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import StoreError

SHOWN = 300
WAIT = 600.0


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and a password, for Basic or Digest authentication."""

    name: str
    password: str = field(repr=False)


class EndpointError(StoreError):
    """An endpoint answered with an error; ``status`` is that of HTTP, 0 where there was no answer at all."""

    def __init__(self, url: str, status: int, reason: str, challenge: str = "") -> None:
        super().__init__(f"{url}: {f'{status} ' if status else ''}{reason}")
        self.status = status
        self.challenge = challenge


@dataclass(frozen=True, slots=True)
class Response:
    """A body and its media type, without parameters."""

    media: str
    body: bytes


class Client:
    """Sends requests; ``credentials`` go to the host of the endpoint and nowhere else.

    A server says by a challenge how it wants to be told who asks; the answer to the last one goes with each request.
    """

    def __init__(self, endpoint: str, credentials: Credentials | None = None) -> None:
        if urlsplit(endpoint).scheme not in ("http", "https"):
            raise StoreError(f"{endpoint}: an endpoint has an address that begins with http:// or https://")
        self.endpoint = endpoint
        self.credentials = credentials
        self._challenge, self._answers = "", 0
        self._opener = urllib.request.build_opener(NoRedirects())

    def send(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """The answer to a request. Raises EndpointError for any that is no success."""
        try:
            return self._answer(method, url, body, headers or {})
        except EndpointError as error:
            challenge = self._find_challenge(error, method, url, body) if self.credentials else ""
            if not challenge:
                raise
        self._challenge, self._answers = challenge, 0
        return self._answer(method, url, body, headers or {})

    def _answer(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Response:
        extra: dict[str, str] = {}
        if self.credentials and self._challenge:
            self._answers += 1
            extra = authorize(self.credentials, self._challenge, method, url, self._answers)
        return self._send(urllib.request.Request(url, data=body, headers={**headers, **extra}, method=method))

    def _find_challenge(self, error: EndpointError, method: str, url: str, body: bytes | None) -> str:
        """The challenge of an error. Some servers hang up on a long body instead: they are asked without one."""
        if error.status or not body:
            return error.challenge if error.status == 401 else ""
        try:
            self._send(urllib.request.Request(url, data=b"", method=method))
        except EndpointError as other:
            return other.challenge if other.status == 401 else ""
        return ""

    def _send(self, request: urllib.request.Request) -> Response:
        address = request.full_url.split("?")[0]
        try:
            with self._opener.open(request, timeout=WAIT) as response:
                return Response(response.headers.get_content_type(), response.read())
        except urllib.error.HTTPError as error:
            reason = error.read(SHOWN).decode("utf-8", "replace").strip() or str(error.reason)
            challenge = error.headers.get("WWW-Authenticate", "")
            raise EndpointError(address, error.code, " ".join(reason.split()), challenge) from error
        except (OSError, ValueError) as error:
            raise EndpointError(address, 0, str(getattr(error, "reason", error))) from error


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """An endpoint that sends us elsewhere is told to the user, not followed: credentials and graphs stay here."""

    def redirect_request(self, *arguments: object) -> None:
        return None


def authorize(credentials: Credentials, challenge: str, method: str, url: str, count: int = 1) -> dict[str, str]:
    """The header that answers a challenge, Digest (RFC 7616, MD5, as old servers have it) or else Basic.

    ``count`` says how often the challenge has been answered, this time included.
    """
    if not challenge.lower().startswith("digest"):
        pair = f"{credentials.name}:{credentials.password}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    fields = urllib.request.parse_keqv_list(urllib.request.parse_http_list(challenge[len("digest") :].strip()))
    realm, nonce, cnonce = fields.get("realm", ""), fields.get("nonce", ""), secrets.token_hex(8)
    path = url[len("".join(urlsplit(url)[:1])) + 3 + len(urlsplit(url).netloc) :]
    secret = hash_text(f"{credentials.name}:{realm}:{credentials.password}")
    response = hash_text(f"{secret}:{nonce}:{count:08x}:{cnonce}:auth:{hash_text(f'{method}:{path}')}")
    values = {"username": credentials.name, "realm": realm, "nonce": nonce, "uri": path, "response": response}
    values |= {"cnonce": cnonce} | {name: fields[name] for name in ("opaque", "algorithm") if name in fields}
    written = ", ".join(f'{name}="{value}"' for name, value in values.items())
    return {"Authorization": f"Digest {written}, qop=auth, nc={count:08x}"}


def hash_text(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
