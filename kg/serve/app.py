"""The application: which path is answered how."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.errors import KgError
from kg.serve.description import describe_service
from kg.serve.formats import ROWS, choose_offer, wants_page
from kg.serve.hand import Answer
from kg.serve.messages import Call, GraphCall, Reply, ResourceCall, SavedCall, refuse
from kg.serve.network import read_view_call
from kg.serve.pages import make_description, make_index, make_listing, make_part
from kg.serve.pool import BusyError
from kg.serve.requests import READ_ONLY, RefusedError, parse_fields, read_id, read_query
from kg.serve.sending import send_reply
from kg.serve.service import Service
from kg.serve.watch import Watch

LOG = logging.getLogger("kg.serve")
READS = ("GET", "HEAD")
AGAIN = (("Retry-After", "1"),)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One path: ``make`` turns a request into a call for the workers, or into an answer right away."""

    service: Service
    make: Callable[[Service, Request], Awaitable[Call | Reply]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            call = await self.make(self.service, request)
            answer = Answer(call) if isinstance(call, Reply) else await ask(self.service, call, request)
        except RefusedError as error:
            answer = Answer(refuse(error.status, str(error), error.headers))
        except KgError as error:
            answer = Answer(refuse(503, str(error), AGAIN))
        except ClientDisconnect:
            return
        except Exception as error:  # a mistake of ours costs one answer
            answer = Answer(replace(refuse(500, "the server failed at this request"), fault=repr(error)))
        if answer.reply.fault:
            LOG.error("%s %r: %s", request.method, request.url.path, answer.reply.fault)
        await send_reply(answer.reply, send, answer.file)


async def ask(service: Service, call: Call, request: Request) -> Answer:
    """The workers' answer; a client that goes away ends its query."""
    watch = Watch(request.receive)
    try:
        return await service.pool.ask(call, watch.start)
    except asyncio.CancelledError:
        if not watch.client_gone():
            raise
        raise BusyError("the client is gone") from None
    finally:
        watch.stop()


async def make_sparql(service: Service, request: Request) -> Call | Reply:
    """SPARQL Protocol; without a query the description of the service."""
    query = await read_query(request, service.limits.request)
    if query is None:
        return describe_service(find_url(request), service.base, request.headers.get("accept", ""))
    request.scope["kg.query"] = query.text
    return query


def find_url(request: Request) -> str:
    """The endpoint's own address, as the client knows it."""
    return str(request.url.replace(query="", fragment=""))


async def make_graph(service: Service, request: Request) -> Call | Reply:
    """Graph Store Protocol, its reading half."""
    require_reading(request)
    fields = parse_fields(request.scope["query_string"], service.limits.request)
    graph, default = fields.one("graph"), fields.one("default")
    if (graph is None) == (default is None):
        raise RefusedError(400, "name a graph: ?graph=IRI, or ?default for the union of all")
    return GraphCall(graph, request.headers.get("accept", ""))


async def make_resource(service: Service, request: Request) -> Call | Reply:
    """A thing at its IRI."""
    require_reading(request)
    accept = request.headers.get("accept", "")
    return ResourceCall(read_id(request.scope["raw_path"], "/id/"), accept, wants_page(accept))


async def make_front(service: Service, request: Request) -> Call | Reply:
    """What needs no worker: the page at /, its parts, the list and the description of the saved queries."""
    require_reading(request)
    path = request.url.path
    if path.startswith("/static/"):
        return make_part(path.removeprefix("/static/"))
    return FRONT[path]() if path in FRONT else make_index(service.base)


async def make_saved(service: Service, request: Request) -> Call | Reply:
    """A saved query with its parameters."""
    require_reading(request)
    fields = parse_fields(request.scope["query_string"], service.limits.request)
    name, _, ending = str(request.path_params["name"]).partition(".")
    chosen = fields.one("format") or ending or choose_saved(request.headers.get("accept", ""))
    pairs = [(key, value) for key, value in fields.pairs if key != "format" and value]
    if len(dict(pairs)) < len(pairs):
        raise RefusedError(400, "a parameter is given several times")
    return SavedCall(name, tuple(pairs), chosen)


def choose_saved(accept: str) -> str:
    """CSV and TSV for those who ask for these alone, JSON for all others."""
    offer = choose_offer(accept, ROWS)
    return offer.name if offer and offer.name in ("csv", "tsv") else "json"


async def make_network_page(service: Service, request: Request) -> Call | Reply:
    """The network as a page, or its data: all of it, or what is around some things."""
    require_reading(request)
    return read_view_call(request, service.limits.request, request.url.path.endswith("/data"))


def require_reading(request: Request) -> None:
    """Raises RefusedError for anything but GET and HEAD."""
    if request.method not in READS:
        raise RefusedError(405, READ_ONLY, ", ".join(READS))


async def make_health(service: Service, request: Request) -> Call | Reply:
    """For those who watch over the server."""
    return refuse(200, f"{len(service.pool.hands)} workers, {len(service.pool.waiting)} queries wait")


async def make_missing(service: Service, request: Request) -> Call | Reply:
    """What is not there."""
    raise RefusedError(404, "there is nothing here; the endpoint is /sparql")


FRONT = {"/queries": make_listing, "/openapi.json": make_description}


def make_app(service: Service) -> ASGIApp:
    """The application of a service, which starts and ends with it.

    Queries go past the router, which would cost as much as a small query itself.
    """
    rest, sparql = make_routes(service), Endpoint(service, make_sparql)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        direct = scope["type"] == "http" and scope["path"] == "/sparql"
        await (sparql if direct else rest)(scope, receive, send)

    return app


def make_routes(service: Service) -> Starlette:
    """Which path is answered how."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with service:
            yield

    paths = {
        "/graphs": make_graph,
        "/id/{id:path}": make_resource,
        "/": make_front,
        "/static/{name}": make_front,
        "/queries": make_front,
        "/openapi.json": make_front,
        "/queries/{name}": make_saved,
        "/view": make_network_page,
        "/view/data": make_network_page,
        "/health": make_health,
        "/{rest:path}": make_missing,
    }
    return Starlette(routes=[Route(path, Endpoint(service, make)) for path, make in paths.items()], lifespan=lifespan)
