"""Small drawings of a report, as SVG that stands in the page: events by month, and bars beside numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.graph.network import Node
from kg.graph.report.pen import Pen, escape

WIDTH, HEIGHT, FOOT, HEAD = 720.0, 120.0, 18.0, 14.0
EDGE = 22.0  # half of a name
SOLID, AHEAD, INK, RULE = "#0b5c99", "#9dbdd6", "#55606b", "#d5d9de"
SHORT = 120  # months that a chart may have; of more the years are counted


def draw_months(events: Iterable[Node], pen: Pen) -> str:
    """Events by month, or by year where there are many; those ahead are lighter. Empty with fewer than two bars."""
    dated = [event for event in events if event.when and event.when.earliest]
    keys = sorted({make_key(event, 7) for event in dated})
    length = 7 if keys and len(list_bars(keys[0], keys[-1])) <= SHORT else 4
    bars = list_bars(keys[0][:length], keys[-1][:length]) if keys else []
    if len(bars) < 2:
        return ""
    solid = Counter(make_key(event, length) for event in dated if event.status != "planned")
    ahead = Counter(make_key(event, length) for event in dated if event.status == "planned")
    drawn = "".join(draw_bars(bars, solid, ahead))
    view = f'viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-label="{pen.word("months")}"'
    ground = HEIGHT - FOOT
    rule = f'<line x1="0" y1="{ground}" x2="{WIDTH}" y2="{ground}" stroke="{RULE}"/>'
    return f"<figure><svg {view}>{rule}{drawn}</svg><figcaption>{pen.word('chart')}</figcaption></figure>"


def make_key(event: Node, length: int) -> str:
    """The month ("2025-11") or the year of an event."""
    assert event.when is not None
    return (event.when.earliest or "")[:length]


def list_bars(first: str, last: str) -> list[str]:
    """All months or years from one to another."""
    if len(first) == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    start, end = (int(key[:4]) * 12 + int(key[5:7]) - 1 for key in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def draw_bars(bars: list[str], solid: Counter[str], ahead: Counter[str]) -> Iterator[str]:
    """The bars with their numbers, and under them as many names as there is room for."""
    most = max(solid[key] + ahead[key] for key in bars)
    step = WIDTH / len(bars)
    unit = (HEIGHT - FOOT - HEAD) / max(most, 1)
    every = max(1, -(-62 * len(bars) // int(WIDTH)))
    for place, key in enumerate(bars):
        x, low = place * step, HEIGHT - FOOT
        for number, colour in ((solid[key], SOLID), (ahead[key], AHEAD)):
            if number:
                low -= number * unit
                size = f'width="{step * 0.8:.1f}" height="{number * unit:.1f}"'
                yield f'<rect x="{x + step * 0.1:.1f}" y="{low:.1f}" {size} fill="{colour}"/>'
        if total := solid[key] + ahead[key]:
            yield write(x + step / 2, low - 3, str(total), 10)
        if place % every == 0:
            yield write(min(max(x + step / 2, EDGE), WIDTH - EDGE), HEIGHT - 5, key, 10)


def draw_bar(number: int, most: int) -> str:
    """One bar, as long as its number is large."""
    length = 100 * number / max(most, 1)
    rect = f'<rect width="{length:.1f}" height="10" fill="{SOLID}"/>'
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{rect}</svg>'


def write(x: float, y: float, text: str, size: float, anchor: str = "middle") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
    return f'<text {place} fill="{INK}">{escape(text, 40)}</text>'
