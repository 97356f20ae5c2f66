"""Saved queries over HTTP, as their description in OpenAPI has them."""

from __future__ import annotations

import csv
import io

import pytest

from kg.graph.queries import load_queries
from tests.serve.conftest import CLIENT, Server

schemathesis = pytest.importorskip("schemathesis")


def test_listing(server: Server) -> None:
    listed = server.get("queries").json()
    assert [query["name"] for query in listed] == list(load_queries())
    assert all(query["title"] and query["description"] for query in listed)


def test_rows_as_json(server: Server) -> None:
    answer = server.get("queries/meetings-of", params={"person": "Садыр Жапаров"}).json()
    assert "date" in answer["columns"]
    assert "переговоры" in [row["type"] for row in answer["rows"]]
    assert all(list(row) == answer["columns"] for row in answer["rows"])


@pytest.mark.parametrize("how", ["?format=csv&", ".csv?", "?"])
def test_rows_as_csv(server: Server, how: str) -> None:
    headers = {"Accept": "text/csv"} if how == "?" else {}
    answer = server.get(f"queries/office-holders{how}of=KG&on=2025-11-26", headers=headers)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert "Жапаров" in rows[0]["name"] or len(rows) > 1


def test_text_of_a_query_can_be_sent_to_the_endpoint(server: Server) -> None:
    text = server.get("queries/meetings-of.rq", params={"person": "Садыр Жапаров"}).text
    assert "<https://example.org/id/person/sadyr-japarov>" in text
    asked = server.ask(text).json()["results"]["bindings"]
    assert len(asked) == len(server.get("queries/meetings-of", params={"person": "Садыр Жапаров"}).json()["rows"])


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("queries/nothing", 404, "no saved query"),
        ("queries/meetings-of", 400, "needs person"),
        ("queries/meetings-of?person=Никто", 400, "knows no person"),
        ("queries/meetings-of?person=KG&person=RU", 400, "several times"),
        ("queries/meetings-of?who=KG", 400, "no parameter who"),
        ("queries/topics?format=png", 400, "no format"),
        ("queries/visits-by-country?year=last", 400, "not a whole number"),
        ("queries/..%2F..%2Fetc%2Fpasswd", 404, ""),
    ],
)
def test_errors_say_why(server: Server, path: str, status: int, reason: str) -> None:
    answer = server.get(path)
    assert answer.status_code == status
    assert reason in answer.text


def test_nothing_that_the_description_allows_or_forbids_breaks_the_server(server: Server) -> None:
    from hypothesis import HealthCheck, given, settings

    schema = schemathesis.openapi.from_dict(server.get("openapi.json").json())
    schema.config.update(base_url=server.url.rstrip("/"))

    @given(case=schema.as_strategy())
    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        response = case.call()
        assert response.status_code in (200, 400, 404, 405, 414, 431), (case.as_curl_command(), response.text)

    ask()


HEADERS = ("accept", "content-type", "host", "range", "if-none-match", "accept-charset")


def test_odd_headers_and_texts_break_nothing(server: Server) -> None:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    plain = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60).map(str.strip)
    methods = st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE"])
    paths = st.sampled_from(["sparql", "graphs", "id/", "queries/topics", "view2", ""])
    headers = st.dictionaries(st.sampled_from(HEADERS), plain, max_size=3)

    @given(methods, paths, headers, st.text(max_size=80), st.binary(max_size=80))
    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(method: str, path: str, headers: dict[str, str], query: str, body: bytes) -> None:
        response = CLIENT.request(
            method, server.url + path, params={"query": query.encode("utf-8", "replace")}, headers=headers, content=body
        )
        assert response.status_code < 500, response.text

    ask()
    assert server.rows("SELECT (1 AS ?x) {}") == [{"x": "1"}]
