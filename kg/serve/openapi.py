"""The API as OpenAPI 3.1: one path a saved query, made from the headings of the queries."""

from __future__ import annotations

from typing import Any, TypeAlias

import kg
from kg.graph.parameters import OR, Parameter
from kg.graph.queries import SavedQuery, load_queries
from kg.serve.network import CHOICES, NUMBERS
from kg.serve.saved import FORMATS

Json: TypeAlias = dict[str, Any]
DATE: Json = {"type": "string", "pattern": r"^\d{4}(-\d\d){0,2}$"}
SCHEMAS: dict[str, Json] = {
    "date": DATE,
    "lastday": DATE,
    "number": {"type": "string", "pattern": r"^[+-]?\d{1,18}$"},
}
ERRORS = {
    "400": "a parameter is missing, malformed or names nothing",
    "404": "there is no such query",
    "503": "it took too long, or too many queries are running",
}

DATA = "The data of that page, as JSON: nodes, links, sentences and sources, named by their numbers"
VIEW_ERRORS = ERRORS | {"404": "no event or document names what is asked for"}
TEXTS: Json = {"type": "array", "items": {"type": "string"}}
VIEW: dict[str, tuple[str, Json]] = {
    "entity": ("only around these things, each by name, id or IRI", TEXTS),
    "type": ("only events and documents of these types or groups", TEXTS),
    "status": ("only events and documents with these statuses", TEXTS),
    "since": ("no earlier than this year, month or day", DATE),
    "until": ("no later than this year, month or day", DATE),
    **{
        name: (f"from {least} to {most}", {"type": "integer", "minimum": least, "maximum": most})
        for name, (least, most) in NUMBERS.items()
    },
    **{
        name: ("what the page opens in", {"type": "string", "enum": list(names), "default": names[0]})
        for name, names in CHOICES.items()
    },
}


def make_openapi() -> Json:
    """The description of /queries and of the network."""
    listing: Json = {"get": {"summary": "The saved queries", "responses": make_responses(("json",))}}
    paths: Json = {"/queries": listing}
    paths |= {f"/queries/{query.name}": make_path(query) for query in load_queries().values()}
    paths |= {
        "/view": make_view("The network as a page", "text/html"),
        "/view/data": make_view(DATA, "application/json"),
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Diplomatic KG", "version": kg.__version__, "description": "Saved queries as rows."},
        "paths": paths,
    }


def make_path(query: SavedQuery) -> Json:
    """A saved query."""
    formats: Json = {"type": "string", "enum": list(FORMATS), "default": "json"}
    chosen: Json = {"name": "format", "in": "query", "required": False, "schema": formats}
    parameters = [*map(make_parameter, query.parameters), chosen]
    responses = make_responses(tuple(FORMATS))
    operation: Json = {"operationId": query.name, "summary": query.title, "description": query.description}
    return {"get": operation | {"parameters": parameters, "responses": responses}}


def make_view(summary: str, media: str) -> Json:
    """The network, of what is around some things."""
    plain: Json = {"text/plain": {}}
    responses: Json = {"200": {"description": summary, "content": {media: {}}}}
    responses |= {status: {"description": reason, "content": plain} for status, reason in VIEW_ERRORS.items()}
    parameters = [
        {"name": name, "in": "query", "required": False, "description": text, "schema": schema}
        for name, (text, schema) in VIEW.items()
    ]
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def make_parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "in": "query",
        "required": not parameter.optional,
        "description": f"{parameter.description} ({parameter.kind})",
        "schema": make_schema(parameter.kind),
    }


def make_schema(kind: str) -> Json:
    """What a parameter of a kind may look like."""
    choices: Json = {"type": "string", "enum": kind.split(OR)}
    return choices if OR in kind else SCHEMAS.get(kind, {"type": "string"})


def make_responses(formats: tuple[str, ...]) -> Json:
    content: Json = {FORMATS[name].split(";")[0]: {} for name in formats}
    plain: Json = {"text/plain": {}}
    good: Json = {"200": {"description": "rows", "content": content}}
    return good | {status: {"description": reason, "content": plain} for status, reason in ERRORS.items()}


def list_queries() -> list[Json]:
    """The saved queries with their parameters, for the page and for /queries."""
    return [
        {
            "name": query.name,
            "title": query.title,
            "description": query.description,
            "parameters": [
                {"name": p.name, "kind": p.kind, "optional": p.optional, "description": p.description}
                for p in query.parameters
            ],
        }
        for query in load_queries().values()
    ]
