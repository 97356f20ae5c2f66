"""The API as OpenAPI 3.1: one path a saved query, made from the headings of the queries."""

from __future__ import annotations

from typing import Any, TypeAlias

import kg
from kg.graph.parameters import Parameter
from kg.graph.queries import SavedQuery, load_queries
from kg.serve.saved import FORMATS

Json: TypeAlias = dict[str, Any]
SCHEMAS: dict[str, Json] = {
    "date": {"type": "string", "pattern": r"^\d{4}(-\d\d){0,2}$"},
    "number": {"type": "string", "pattern": r"^[+-]?\d{1,18}$"},
}
ERRORS = {
    "400": "a parameter is missing, malformed or names nothing",
    "404": "there is no such query",
    "503": "it took too long, or too many queries are running",
}


def make_openapi() -> Json:
    """The description of /queries."""
    listing: Json = {"get": {"summary": "The saved queries", "responses": make_responses(("json",))}}
    paths: Json = {"/queries": listing}
    paths |= {f"/queries/{query.name}": make_path(query) for query in load_queries().values()}
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


def make_parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "in": "query",
        "required": not parameter.optional,
        "description": f"{parameter.description} ({parameter.kind})",
        "schema": SCHEMAS.get(parameter.kind, {"type": "string"}),
    }


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
