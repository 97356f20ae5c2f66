"""What the tests of the page do with it again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

TALKS = "переговоры Владимира Путина и Садыра Жапарова"
VISIT = "визит Владимира Путина в Киргизию"
PHONE = (390, 844)


def search(page: Page, text: str) -> None:
    """Find by keyboard and open the first match."""
    page.keyboard.press("/")
    page.locator("#search").fill("")
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


def click_edge(page: Page, one: str, other: str) -> None:
    """Click on the canvas in the middle of the edge between two nodes with these English names."""
    point = page.evaluate(
        """names => {
            const ends = (edge) => [edge.from, edge.to].map((number) => data.nodes[number].name[1]);
            const found = picture.edges.find((edge) => names.every((name) => ends(edge).includes(name)));
            const middle = network.body.edges[found.id].edgeType.getPoint(0.5);
            network.moveTo({ position: middle, scale: 1.2, animation: false });
            return network.canvasToDOM(network.body.edges[found.id].edgeType.getPoint(0.5));
        }""",
        [one, other],
    )
    page.locator("#network").click(position=point)


def wait_true(page: Page, condition: str) -> None:
    """Wait for a condition. As a function it is compiled once, at first; a bare one anew, which the page forbids."""
    page.wait_for_function(f"() => {condition}")


def panel(page: Page) -> str:
    """What the panel says."""
    return page.locator("#panel").inner_text()


def shown(page: Page) -> set[str]:
    """The English names of the nodes in the picture; of events the type and the name."""
    return set(page.evaluate("picture.nodes.map((n) => data.nodes[n].name[1])"))


def count_of(page: Page, text: str) -> int:
    """The count beside a value of the filters."""
    line = page.locator("#filter-lists label").filter(has_text=text).first
    return int(line.locator(".count").inner_text())
