"""The page in a real browser: it opens from disk, asks nothing of the network, tells what it knows, runs nothing."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kg.graph.mapping import extraction_quads
from kg.graph.network import Network, make_network
from kg.graph.payload import clean, is_web
from kg.graph.reference import reference_quads
from kg.graph.store import open_store
from kg.graph.view import dump_view, make_page
from kg.knowledge.tables import load_tables
from kg.records import Argument, Article, Document, Entity, Event, Extraction, Mention, Span, Tenure, When

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAYLOADS = [line for line in (Path(__file__).parent / "view_payloads.txt").read_text("utf-8").split("\n") if line]
TALKS = "переговоры Владимира Путина и Садыра Жапарова"
VISIT = "визит Владимира Путина в Киргизию"
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: no chromium on the PATH")


@dataclass
class Watch:
    """What a page did that it must not do."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __call__(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def network(extraction: Extraction, base: str) -> Network:
    with open_store(None) as store:
        store.load_reference(reference_quads(load_tables(), base), "1")
        store.replace_article(extraction.article.id, extraction_quads(extraction, base))
        return make_network(store)


@pytest.fixture(scope="module")
def path(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "сеть.html"
    dump_view(network, path, title="Сеть")
    return path


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(browser: Browser, path: Path, watch: Watch) -> Iterator[Page]:
    """The page on a desk; whatever a test does, no request leaves it and its console stays silent."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="ru-RU")
    opened = context.new_page()
    watch(opened)
    opened.goto(path.as_uri())
    yield opened
    assert watch.requests == [path.as_uri()]
    assert watch.complaints == []
    context.close()


def search(page: Page, text: str) -> None:
    """Find by keyboard and open the first match."""
    page.keyboard.press("/")
    page.keyboard.insert_text(text)
    page.locator("#matches [aria-selected=true]").wait_for()
    page.keyboard.press("Enter")
    page.locator("#panel h2").wait_for()


def click_node(page: Page, name: str) -> None:
    """Click on the canvas where a node with this Russian name is drawn."""
    point = page.evaluate(
        """name => {
            const number = data.nodes.findIndex((node) => node.name[0] === name);
            network.moveTo({ position: network.getPosition(number), scale: 1, animation: false });
            return network.canvasToDOM(network.getPosition(number));
        }""",
        name,
    )
    page.locator("#network").click(position=point)


def panel(page: Page) -> str:
    return page.locator("#panel").inner_text()


@needs_browser
def test_opens_from_disk(page: Page) -> None:
    assert page.title() == "Сеть"
    assert page.locator("#count").inner_text() == "узлов показано: 18 из 18"
    assert page.evaluate("document.querySelector('#network canvas').width") > 0
    assert page.evaluate("network.physics.physicsEnabled") is False


@needs_browser
def test_click_shows_event_and_evidence(page: Page) -> None:
    click_node(page, TALKS)
    text = panel(page)
    for part in (
        TALKS,
        "26 ноября 2025",
        "Идёт",
        "Ынтымак Ордо",
        "совместное заявление о союзничестве",
        "93 %",
        "Визит · 25 нояб. 2025",
    ):
        assert part in text
    quote = page.locator("#panel blockquote").inner_text()
    assert quote == "В резиденции «Ынтымак Ордо» 26 ноября идут переговоры Владимира Путина и Садыра Жапарова."
    link = page.locator("#panel figcaption a")
    assert link.get_attribute("href") == "https://news.example/ru/1"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.inner_text() == "Главы двух стран сели за стол в Бишкеке"
    assert "Выдуманный вестник, 26 ноября 2025" in text


@needs_browser
def test_actor_has_events_in_time_order_each_opens(page: Page) -> None:
    search(page, "путин")
    events = page.locator("#panel section", has_text="События").locator("button.node")
    assert [text.split(" · ")[0] for text in events.all_inner_texts()] == ["Визит", "Переговоры", "Приглашение"]
    events.first.click()
    assert VISIT in panel(page)
    assert "Государственный" in panel(page)


@needs_browser
def test_document_shows_parties_and_status(page: Page) -> None:
    search(page, "договор о дружбе")
    for part in ("Договор", "Действует", "Россия", "Киргизия", "договоре о дружбе"):
        assert part in panel(page)


@needs_browser
def test_tenure_shows_its_sentence(page: Page) -> None:
    search(page, "придуманный")
    assert "помощник президента" in panel(page)
    assert "Иван Придуманный, помощник президента" in panel(page)


@needs_browser
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("жапаров", "Жапаров"),
        ("Japar", "Жапаров"),
        ("sad jap", "Жапаров"),
        ("киргиз", "Киргизия"),
        ("Kyrgyz", "Киргизия"),
        ("ордо", "Ынтымак Ордо"),
        ("ынтымак", "Ынтымак Ордо"),
        ("commonwealth", "СНГ"),
    ],
)
def test_search_by_prefix_in_either_language(page: Page, query: str, expected: str) -> None:
    search(page, query)
    assert expected in page.locator("#panel h2").inner_text()


@needs_browser
def test_search_by_keyboard(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("р")
    options = page.locator("#matches [role=option]")
    assert options.count() > 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert options.first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert not page.locator("#matches").is_visible()
    page.locator("#search").fill("такого нет")
    assert "Ничего не найдено" in page.locator("#matches").inner_text()


@needs_browser
def test_legend_filters(page: Page) -> None:
    page.get_by_label("Люди").uncheck()
    assert page.locator("#count").inner_text() == "узлов показано: 15 из 18"
    page.get_by_label("Запланировано").uncheck()
    assert page.locator("#count").inner_text() == "узлов показано: 13 из 18"
    search(page, "путин")
    assert page.get_by_label("Люди").is_checked()


@needs_browser
def test_planned_is_dashed(page: Page) -> None:
    dashes = page.evaluate(
        """() => data.nodes.flatMap((node, n) =>
            network.body.nodes[n]?.options.shapeProperties.borderDashes ? [node.status] : [])"""
    )
    assert sorted(dashes) == ["planned", "planned", "prepared"]
    assert page.evaluate("data.network.edges.filter((edge) => edge.dashes).length") > 0


@needs_browser
def test_hover_names_the_role(page: Page) -> None:
    point = page.evaluate(
        """() => {
            const edge = data.network.edges.findIndex((e) => data.nodes[e.from].kind === "Document");
            const { from, to } = data.network.edges[edge];
            network.setOptions({ edges: { smooth: false } });
            const [a, b] = [from, to].map((n) => network.getPosition(n));
            network.moveTo({ position: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, scale: 1.5, animation: false });
            return network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
        }"""
    )
    page.locator("#network").hover(position=point)
    page.locator("#tooltip").wait_for()
    assert ": " in page.locator("#tooltip").inner_text()


@needs_browser
def test_language_switch_and_state_in_the_address(page: Page) -> None:
    search(page, "жапаров")
    page.get_by_role("button", name="Switch to English").click()
    assert "Sadyr Japarov" in page.locator("#panel h2").inner_text()
    assert "Events" in panel(page)
    assert "lang=en" in page.url
    assert "sadyr-japarov" in page.url
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()


@needs_browser
def test_address_reopens_the_node(browser: Browser, path: Path) -> None:
    page = browser.new_page()
    page.goto(path.as_uri() + "#lang=en&node=person%2Fsadyr-japarov")
    assert page.locator("#panel h2").inner_text() == "Sadyr Japarov"
    page.close()


@needs_browser
def test_opens_on_the_core_and_expands(browser: Browser, network: Network, tmp_path: Path) -> None:
    target = tmp_path / "small.html"
    dump_view(network, target, core_size=9)
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(target.as_uri())
    assert page.evaluate("nodeView.length") <= 9
    hidden = page.evaluate("data.nodes.find((node, n) => !shown.has(n) && node.kind === 'Event').name[0]")
    search(page, hidden)
    assert page.locator("#panel h2").inner_text() == hidden
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Показать всё").click()
    assert page.evaluate("nodeView.length") == 18
    page.close()


@needs_browser
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_controls_do_not_overlap_or_leave_the_screen(browser: Browser, path: Path, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(path.as_uri())
    boxes = [
        b
        for c in page.locator("header h1, #search, header button, #tools > :not([hidden])").all()
        if (b := c.bounding_box())
    ]
    assert len(boxes) >= 6
    for number, a in enumerate(boxes):
        assert a["x"] >= 0
        assert a["x"] + a["width"] <= width
        assert a["y"] + a["height"] <= height
        for b in boxes[number + 1 :]:
            apart = (
                a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
                or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
            )  # fmt: skip
            assert apart
    page.close()


def hostile_extraction(number: int, payload: str) -> Extraction:
    """An article that has the payload in every field that text can reach."""
    text = f"{payload} и ещё текст"
    article = Article(
        id=f"x{number} {payload}",
        title=payload,
        text=text,
        published=datetime.date(2025, 1, 2),
        url=payload,
        source=payload,
    )
    quote = Span(len(payload) + 1, len(payload) + 1 + len(payload))
    person = Entity(f"person/{number} {payload}", "Person", payload, payload, aliases=(payload,), known=False)
    venue = Entity(f"venue/{number}", "Venue", payload, known=False)
    state = Entity(f"country/{payload}", "Country", payload, iso2=payload, known=False)
    document = Document("d", "Treaty", payload, "signed", (state,), (quote,))
    event = Event(
        "e", "Talks", "cancelled" if number % 2 else "planned", payload,
        (Argument("participant", person), Argument("country", state), Argument("place", venue)),
        (quote,), quote, When("2025-01-02"), topics=("trade",), documents=("d",),
    )  # fmt: skip
    return Extraction(
        article, (Mention(quote, person),), (event,), (document,), (Tenure(person, payload, state, (quote,)),)
    )


@pytest.fixture(scope="module")
def hostile_path(base: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with open_store(None) as store:
        for number, payload in enumerate([*PAYLOADS, "Ж" * 10_000]):
            made = hostile_extraction(number, payload)
            store.replace_article(made.article.id, extraction_quads(made, base))
        network = make_network(store)
    path = tmp_path_factory.mktemp("hostile") / "view.html"
    dump_view(network, path, title=PAYLOADS[1], core_size=1000)
    return path


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 40


@needs_browser
def test_payloads_are_text(browser: Browser, hostile_path: Path) -> None:
    """Every node is opened, hovered over and searched for, in both languages; nothing runs and nothing is asked for."""
    watch, page = Watch(), browser.new_page()
    watch(page)
    page.goto(hostile_path.as_uri())
    tags = "script, iframe, img, base, form, math, details, object, embed, link, style"
    before = page.locator(tags).count()
    texts = page.evaluate(
        """async () => {
            const texts = [];
            for (const way of ["ru", "en"]) {
                for (const number of data.nodes.keys()) {
                    openNode(number);
                    showTooltip(nodeTitle(number), { x: 10, y: 10 });
                    const box = document.getElementById("search");
                    box.value = data.nodes[number].name[0];
                    listMatches();
                    texts.push(document.querySelector("#panel h2").textContent);
                    document.querySelectorAll("#panel *, #matches *").forEach((made) => {
                        for (const name of ["mouseover", "focus", "toggle"]) made.dispatchEvent(new Event(name));
                    });
                }
                switchLanguage();
            }
            data.network.edges.forEach((edge) => showTooltip(edgeTitle(edge), { x: 10, y: 10 }));
            await new Promise((done) => setTimeout(done, 300));
            return texts;
        }"""
    )
    assert page.evaluate("window.hacked") is None
    assert page.locator(tags).count() == before
    assert watch.requests == [hostile_path.as_uri()]
    assert watch.complaints == []
    assert {clean(payload) for payload in PAYLOADS} <= set(texts)
    assert not any(BIDI.search(text) for text in texts)
    assert max(map(len, texts)) <= 2000
    page.close()


@needs_browser
def test_only_web_addresses_are_links(browser: Browser, hostile_path: Path) -> None:
    page = browser.new_page()
    page.goto(hostile_path.as_uri())
    found = page.evaluate(
        """() => data.nodes.flatMap((_, number) => {
            openPanel(number);
            return [...document.querySelectorAll("#panel a")].map((anchor) => anchor.protocol);
        })"""
    )
    assert set(found) == {"https:"}
    page.close()


@needs_browser
def test_the_policy_stops_what_the_page_would_miss(browser: Browser, path: Path) -> None:
    """Markup put into the page by force does not run either."""
    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.hacked=1>')")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.hacked=1'; document.body.append(s); }"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    page.close()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https:", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_is_web(address: str | None, expected: bool) -> None:
    assert is_web(address) is expected


def read_data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_page_is_whole_and_asks_for_nothing(network: Network) -> None:
    page = make_page(network, title="<b>%%data%%</b>")
    assert "<title>&lt;b&gt;%%data%%&lt;/b&gt;</title>" in page
    assert "default-src 'none'" in page
    assert "unsafe" not in page.split("</head>")[0]
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=", page)
    assert read_data(page)["title"] == "<b>%%data%%</b>"


def test_same_network_same_bytes(network: Network) -> None:
    first, second = io.StringIO(), io.StringIO()
    dump_view(network, first)
    dump_view(network, second)
    assert first.getvalue() == second.getvalue()


def test_file_is_utf8_with_unix_line_ends(path: Path) -> None:
    assert b"\r" not in path.read_bytes().split(b"<script>")[0]
    assert "Садыр" in path.read_text("utf-8")


def test_size(network: Network) -> None:
    """The library, and little for each node."""
    empty = len(make_page(nx.MultiDiGraph(base="")).encode())
    assert empty < 760_000
    assert len(make_page(network).encode()) - empty < 18 * 1500


@needs_browser
def test_empty_network_opens(browser: Browser, tmp_path: Path) -> None:
    target = tmp_path / "empty.html"
    with open_store(None) as store:
        dump_view(make_network(store), target)
    watch, page = Watch(), browser.new_page()
    watch(page)
    page.goto(target.as_uri())
    assert page.locator("#count").inner_text() == "узлов показано: 0 из 0"
    assert watch.complaints == []
    page.close()
