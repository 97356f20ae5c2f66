"""HTTP requests read as calls, by the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.types import Scope

from kg.errors import QueryError
from kg.graph.iris import encode_character
from kg.serve.messages import Query

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
READ_ONLY = "this endpoint is for reading only; updates are not accepted"
ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
MOST_FIELDS = 1000


class RefusedError(QueryError):
    """A request that is answered with an error of HTTP; ``allow`` are the methods where it was another one."""

    def __init__(self, status: int, reason: str, allow: str = "") -> None:
        super().__init__(reason)
        self.status = status
        self.headers = (("Allow", allow),) if allow else ()


@dataclass(frozen=True, slots=True)
class Fields:
    """The parameters of a request in their order."""

    pairs: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        return tuple([value for key, value in self.pairs if key == name])

    def one(self, name: str) -> str | None:
        """The value; None where it is missing. Raises RefusedError where there are several."""
        values = self.all(name)
        if len(values) > 1:
            raise RefusedError(400, f"{name} is given {len(values)} times")
        return values[0] if values else None


async def read_query(request: Request, most: int) -> Query | None:
    """The query of a request; None where a GET asks for none. Raises RefusedError."""
    fields = parse_fields(request.scope["query_string"], most)
    if fields.all("update"):
        raise RefusedError(403 if request.method == "POST" else 400, READ_ONLY)
    if request.method in ("GET", "HEAD"):
        text = fields.one("query")
        return None if text is None else make_query(text, fields, request)
    if request.method != "POST":
        raise RefusedError(405, "a query is sent by GET or POST", "GET, HEAD, POST")
    return await read_post(request, fields, most)


async def read_post(request: Request, fields: Fields, most: int) -> Query:
    """The query of a POST, in a form or as the body. Raises RefusedError."""
    media, charset = read_content_type(request)
    if media == UPDATE:
        raise RefusedError(403, READ_ONLY)
    if media not in (FORM, DIRECT):
        raise RefusedError(415, f"a query is sent as {FORM} or {DIRECT}")
    if charset not in ("", "utf-8", "utf8"):
        raise RefusedError(415, "a query is sent in UTF-8")
    body = await read_body(request, most)
    if media == DIRECT:
        if fields.all("query"):
            raise RefusedError(400, "the query is given twice, in the URL and in the body")
        return make_query(decode(body), fields, request)
    form = Fields(fields.pairs + parse_fields(body, most).pairs)
    if form.all("update"):
        raise RefusedError(403, READ_ONLY)
    text = form.one("query")
    if text is None:
        raise RefusedError(400, "the parameter query is missing")
    return make_query(text, form, request)


def read_content_type(request: Request) -> tuple[str, str]:
    """Media type and charset of the body, in small letters."""
    media, *parameters = (part.strip() for part in request.headers.get("content-type", "").lower().split(";"))
    charset = next((text[8:].strip('"') for text in parameters if text.startswith("charset=")), "")
    return media, charset


async def read_body(request: Request, most: int) -> bytes:
    """The body. Raises RefusedError as soon as it is larger than is allowed."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise RefusedError(413, f"a request may have {most} bytes")
    return bytes(body)


def make_query(text: str, fields: Fields, request: Request) -> Query:
    accept = find_header(request.scope, b"accept").decode("latin-1")
    return Query(text, accept, fields.all("default-graph-uri"), fields.all("named-graph-uri"))


def find_header(scope: Scope, name: bytes) -> bytes:
    """The value of a header field, the first where there are several, nothing where it is missing."""
    value: bytes = dict(reversed(scope["headers"])).get(name, b"")
    return value


def parse_fields(written: bytes, most: int) -> Fields:
    """The pairs of a query string or a form. Raises RefusedError for what is too long or not UTF-8."""
    if len(written) > most:
        raise RefusedError(414, f"a request may have {most} bytes")
    if written.count(b"&") >= MOST_FIELDS:
        raise RefusedError(400, f"the parameters cannot be read: there are more than {MOST_FIELDS}")
    parts = [part.partition(b"=") for part in written.replace(b"+", b" ").split(b"&") if part]
    try:
        return Fields(tuple([(decode_field(name), decode_field(value)) for name, _, value in parts]))
    except ValueError as error:
        raise RefusedError(400, f"the parameters cannot be read: {error}") from error


def decode_field(written: bytes) -> str:
    r"""A name or value without its escapes. Raises ValueError for what is not UTF-8.

    Read as the \xHH of Python, escapes are decoded all at once, in a tenth of the time that ``unquote_to_bytes`` takes;
    that is for a "%" which is none.
    """
    if not written.isascii():
        raise ValueError("characters beyond ASCII are sent encoded")
    escaped = written.replace(b"\\", b"\\\\").replace(b"%", b"\\x")
    try:
        return escaped.decode("unicode_escape").encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return unquote_to_bytes(written).decode("utf-8")


def decode(body: bytes) -> str:
    """The text of a body. Raises RefusedError."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the query is not UTF-8: {error}") from error


def read_id(raw_path: bytes, prefix: str) -> str:
    """The id of a resource from the path of its URL, spelt as in IRIs. Raises RefusedError.

    Clients encode letters beyond ASCII, which stand in our IRIs as they are; what our IRIs encode stays encoded.
    """
    try:
        path = raw_path.decode("ascii").removeprefix(prefix)
        return ENCODED.sub(lambda match: spell(bytes.fromhex(match[0].replace("%", ""))), path)
    except (UnicodeDecodeError, ValueError) as error:
        raise RefusedError(400, f"the path is not UTF-8: {error}") from error


def spell(encoded: bytes) -> str:
    """Letters as themselves, other characters encoded."""
    return "".join(map(encode_character, encoded.decode("utf-8")))
