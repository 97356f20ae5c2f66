"""How fast the page of a large network opens and filters, against a bare pyvis page of the same network.

Needs playwright and a Chromium: pip install 'diplomatic-kg[test]'. A page is interactive when it has been drawn and
the last task that held it up for longer than 50 ms is over: no other such task begins within the next two seconds.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.graph.layout import make_layout, select_core
from kg.graph.network import Network, links
from kg.graph.trial import make_trial
from kg.graph.view import CORE_SIZE, dump_view

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {500: 0.5, 3000: 0.2}  # nodes, and the part of the bare page's time that is aimed at
LARGE = 10_000
ROUNDS = 3
PATIENCE = 60.0  # seconds that a page is waited for: what takes longer counts as that
QUIET = 2000  # milliseconds without a long task
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WATCH = """
window.busyUntil = 0;
new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.busyUntil = Math.max(window.busyUntil, task.startTime + task.duration);
}).observe({ type: "longtask", buffered: true });
"""
QUIETED = f"() => document.querySelector('canvas') && performance.now() - window.busyUntil > {QUIET}"
WHEN = "Math.max(window.busyUntil, performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd)"
FILTERS = """() => Array.from({ length: 12 }, (_, place) => {
    const start = performance.now();
    document.querySelectorAll("#filter-lists input[type=checkbox]")[place].click();
    const took = performance.now() - start;
    document.getElementById("clear-button").click();
    return took;
})"""


def run_bench() -> None:
    """Time both pages of each size, taking turns, then the page of a large network; print what was found."""
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        for size, aim in SIZES.items():
            compare(browser, Path(folder), size, aim)
        measure_large(browser, Path(folder))


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium. Raises KgError without one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise KgError("needs playwright: pip install 'diplomatic-kg[test]'") from error
    if path is None:
        raise KgError("needs Chromium: there is no chromium on the PATH")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


def compare(browser: Browser, folder: Path, size: int, aim: float) -> None:
    """The page and a bare pyvis page of one network, in turns; the ratio is that of medians."""
    network = make_trial(size)
    ours, bare = folder / f"{size}.html", folder / f"{size}-pyvis.html"
    dump_view(network, ours)
    dump_bare(network, bare)
    times: dict[Path, list[float]] = {ours: [], bare: []}
    for _ in range(ROUNDS):
        for path, found in times.items():
            found.append(time_page(browser, path))
    first, second = (statistics.median(found) for found in times.values())
    late = "at least " if second >= PATIENCE else ""
    print(f"{size:6} nodes: {first:.2f} s to interactive, bare pyvis {late}{second:.2f} s,", end=" ")
    print(f"ratio {first / second:.3f} (aim {aim})")
    print_size(ours, network)


def dump_bare(network: Network, path: Path) -> None:
    """pyvis with its default settings, as one file."""
    from pyvis.network import Network as Drawing  # type: ignore[import-untyped]

    drawing = Drawing(cdn_resources="in_line")
    for iri, record in network.nodes(data="record"):
        drawing.add_node(iri, label=record.label.ru)
    for source, target, edge in links(network):
        drawing.edges.append({"from": source, "to": target, "title": edge.role})  # add_edge looks through all
    path.write_text(drawing.generate_html(), encoding="utf-8")


def time_page(browser: Browser, path: Path) -> float:
    """Seconds from navigation to interactive, offline and with nothing cached."""
    with open_page(browser) as page:
        page.goto(path.as_uri(), wait_until="commit")
        return wait_quiet(page)


@contextmanager
def open_page(browser: Browser) -> Iterator[Page]:
    """A page of its own context that notes its long tasks."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def wait_quiet(page: Page) -> float:
    """Seconds until the page was interactive, PATIENCE if it was not by then."""
    from playwright.sync_api import TimeoutError

    try:
        page.wait_for_function(QUIETED, timeout=PATIENCE * 1000, polling=200)
    except TimeoutError:
        return PATIENCE
    return float(page.evaluate(WHEN)) / 1000


def measure_large(browser: Browser, folder: Path) -> None:
    """Layout, size, opening and filtering of a large network."""
    network, path = make_trial(LARGE), folder / "large.html"
    print(f"{LARGE:6} nodes, {network.number_of_edges()} edges: layout {time_call(lambda: lay_out(network)):.1f} s")
    dump_view(network, path)
    print_size(path, network)
    opening = statistics.median(time_page(browser, path) for _ in range(ROUNDS))
    with open_page(browser) as page:
        page.goto(path.as_uri())
        page.locator("html[data-ready]").wait_for(state="attached")
        filters = page.evaluate(FILTERS)
    print(f"{'':13} {opening:.2f} s to interactive,", end=" ")
    print(f"a filter takes {statistics.median(filters):.0f} ms, {max(filters):.0f} at most")


def lay_out(network: Network) -> None:
    make_layout(network, select_core(network, CORE_SIZE))


def time_call(call: Callable[[], None]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def print_size(path: Path, network: Network) -> None:
    """How large the file is, against what is aimed at."""
    size, aim = path.stat().st_size, 1_600_000 + 300 * len(network)
    print(f"{'':13} {size / 1e6:.2f} MB (aim {aim / 1e6:.2f})")
