"""Listening: a socket, the HTTP protocol with bounds on what it reads, and the log."""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kg.errors import KgError
from kg.serve.app import make_app
from kg.serve.frame import LOG, Frame, list_hosts
from kg.serve.limits import Limits
from kg.serve.protocol import BoundedProtocol
from kg.serve.service import Service

CONNECTIONS = 1000
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8000


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, whose pages may read answers (an origin, "*", or None), and whether to log requests."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    origin: str | None = None
    log: bool = True


def serve(store: Path, settings: Settings, limits: Limits, announce: Callable[[str], None]) -> None:
    """Serve a store until interrupted; ``announce`` is told the address. Raises KgError where it cannot start."""
    with listen(settings) as sock:
        service = Service(store, limits)
        app = Frame(make_app(service), list_hosts(settings.host, service.base), settings.origin)
        if settings.log:
            start_log()
        announce(format_address(settings.host, sock.getsockname()[1]))
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(make_config(app, limits)).run(sockets=[sock])


def listen(settings: Settings) -> socket.socket:
    """The listening socket. Raises KgError where host or port cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        raise KgError(f"cannot listen on {format_address(settings.host, settings.port)}: {error}") from error


def make_config(app: Frame, limits: Limits) -> uvicorn.Config:
    """How uvicorn runs the application: without a voice of its own."""

    class Protocol(BoundedProtocol):
        most, patience = limits.request, limits.patience

    return uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=5,
    )


def start_log() -> None:
    """One JSON object a request, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def format_address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
