"""The network over HTTP: the page and the data of what is around things, within bounds, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.graph.view import unpack
from tests.serve.conftest import BASE, CLIENT, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

JAPAROV = "person/sadyr-japarov"


def ids(payload: dict[str, list[dict[str, str]]]) -> set[str]:
    return {node["id"] for node in payload["nodes"]}


def test_data_of_a_neighbourhood(server: Server) -> None:
    answer = server.get("view/data", params={"entity": "Садыр Жапаров", "type": "Talks,Summit", "lang": "en"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    found = answer.json()
    assert found["title"] == "Sadyr Japarov"
    assert {JAPAROV, "country/KG", "organization/cis"} <= ids(found)
    assert {node["type"] for node in found["nodes"] if node["kind"] == "Event"} == {"Talks", "Summit"}
    assert all(0 <= end < len(found["nodes"]) for link in found["links"] for end in link[:2])
    assert not found["cut"]


def test_page_of_a_neighbourhood_has_the_same_data(server: Server) -> None:
    query = "entity=KG&entity=person/sadyr-japarov&since=2025-11&until=2025-11&level=events"
    page = server.get(f"view?{query}")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    payload, data = unpack(page.text), server.get(f"view/data?{query}").json()
    assert payload["level"] == "events"
    assert [payload[name] for name in ("nodes", "links", "levels")] == [
        data[name] for name in ("nodes", "links", "levels")
    ]


def test_steps_and_bounds(server: Server) -> None:
    one, two = (server.get(f"view/data?entity={JAPAROV}&hops={hops}").json() for hops in (1, 2))
    assert ids(one) < ids(two)
    few = server.get(f"view/data?entity={JAPAROV}&hops=2&nodes=5").json()
    assert JAPAROV in ids(few)
    assert len(few["nodes"]) <= 5


def test_the_whole(server: Server) -> None:
    assert len(unpack(server.get("view").text)["nodes"]) == len(server.get("view/data").json()["nodes"]) == 18


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("entity=Никто", 400, "knows no thing"),
        ("entity=KG&since=2031", 404, "no event or document"),
        ("entity=country/AD", 404, "no event or document"),
        ("hops=4", 400, "from 1 to 3"),
        ("hops=x", 400, "from 1 to 3"),
        ("nodes=99999999999999999999", 400, "from 1 to 10000"),
        ("nodes=²", 400, "from 1 to 10000"),
        ("since=2025-13", 400, "write 2025"),
        ("type=Talk", 400, "did you mean Talks"),
        ("status=done", 400, "there are cancelled"),
        ("level=all", 400, "actors, events"),
        ("lang=de", 400, "ru, en"),
        ("who=KG", 400, "no parameter 'who'"),
        ("since=2025&since=2024", 400, "given 2 times"),
    ],
)
@pytest.mark.parametrize("path", ["view", "view/data"])
def test_what_is_refused(server: Server, path: str, query: str, status: int, told: str) -> None:
    answer = server.get(f"{path}?{query}")
    assert answer.status_code == status
    assert told in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_only_for_reading(server: Server) -> None:
    assert CLIENT.post(server.url + "view/data").status_code == 405


def test_pages_of_things_lead_to_the_network_around_them(server: Server) -> None:
    html = {"Accept": "text/html"}
    page = server.get(f"id/{JAPAROV}", headers=html).text
    address = page.partition('<nav><a href="')[2].partition('"')[0]
    assert address.startswith("/view?entity=https%3A%2F%2Fexample.org")
    assert JAPAROV in ids(unpack(server.get(address.partition("#")[0].lstrip("/")).text))
    assert '<nav><a href="/view">' in server.get("id/article/made-up-1", headers=html).text
    assert BASE not in address


def test_the_description_tells_of_it(server: Server) -> None:
    paths = server.get("openapi.json").json()["paths"]
    named = {parameter["name"] for parameter in paths["/view/data"]["get"]["parameters"]}
    assert named == {"entity", "hops", "since", "until", "type", "status", "level", "lang", "nodes"}


def test_the_page_takes_in_more_of_the_store(browser: Browser, server: Server) -> None:
    page, requests, complaints = browser.new_page(locale="ru-RU"), [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(server.url + "view?entity=person/иван-придуманный")
    page.locator("html[data-ready]").wait_for(state="attached")
    few = page.evaluate("data.nodes.length")
    assert few < 10
    page.keyboard.press("/")
    page.keyboard.insert_text("россия")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Загрузить из хранилища").click()
    page.locator("#message", has_text="Загружено узлов").wait_for()
    assert page.evaluate("data.nodes.length") > few
    assert page.evaluate("data.nodes.some((node) => node.id === 'person/vladimir-putin')")
    page.close()
    assert [url.partition("?")[0] for url in requests if not url.startswith("data:")] == [
        server.url + "view", server.url + "view/data",
    ]  # fmt: skip
    assert complaints == []


def test_the_command_asks_an_endpoint_as_well(server: Server, full_store: Path, tmp_path: Path) -> None:
    for name, where in (("near", ("--store", str(full_store))), ("far", ("--endpoint", server.sparql))):
        options = ["view", "--entity", JAPAROV, "--since", "2025", "-o", str(tmp_path / f"{name}.svg"), *where]
        result = CliRunner(env={"KG_BASE": BASE}).invoke(app, options)
        assert result.exit_code == 0, result.output
    assert (tmp_path / "near.svg").read_bytes() == (tmp_path / "far.svg").read_bytes()
