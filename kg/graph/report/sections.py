"""The parts of a report, as HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.graph.network import Node, Source
from kg.graph.report.briefing import Briefing, Entry, Paper, Partner, Spot
from kg.graph.report.chart import draw_bar, draw_months
from kg.graph.report.dates import format_date
from kg.graph.report.map import draw_map
from kg.graph.report.pen import NAME, Pen, escape, link

QUOTES = 3  # sentences of an event
PARTNERS, PLACES, KINDS = 12, 25, 8
PLAIN = "occurred"  # the status that goes without saying


def make_section(heading: str, body: str) -> str:
    """A heading and what stands below it, if anything does."""
    return f"<section><h2>{heading}</h2>{body}</section>" if body else ""


def make_figures(briefing: Briefing, pen: Pen) -> str:
    """The numbers: events, documents, counterparts, places, articles; then the types of events."""
    numbers = (
        ("events", len(briefing.entries)),
        ("planned_number", len(briefing.planned)),
        ("documents", len(briefing.papers)),
        ("partners", len(briefing.partners)),
        ("places_number", len(briefing.spots)),
        ("articles", len(briefing.sources)),
    )
    boxes = "".join(f"<div><dd>{number}</dd><dt>{pen.word(name)}</dt></div>" for name, number in numbers)
    types = Counter(entry.event.type for entry in briefing.entries).most_common(KINDS)
    kinds = " · ".join(f"{pen.term(name)}\u00a0{number}" for name, number in types)
    return f'<dl class="figures">{boxes}</dl><p class="kinds">{kinds}</p>'


def make_timeline(briefing: Briefing, pen: Pen) -> str:
    """What happened, in the order of time, below a chart of the months."""
    chart = draw_months((entry.event for entry in (*briefing.happened, *briefing.planned)), pen)
    return chart + make_entries(briefing.happened, pen) if briefing.happened else ""


def make_entries(entries: Iterable[Entry], pen: Pen) -> str:
    """A list of events; empty where there is none."""
    items = "".join(make_entry(entry, pen) for entry in entries)
    return f'<ol class="events">{items}</ol>' if items else ""


def make_entry(entry: Entry, pen: Pen) -> str:
    """An event: when, what, who and where, what was signed, and the sentences that say so."""
    event = entry.event
    when = f"<time>{pen.when(event)}</time>" if event.when else f'<span class="undated">{pen.word("undated")}</span>'
    status = event.status or PLAIN
    kind = " ".join(pen.term(name) for name in (event.rank, event.type) if name)
    state = "" if status == PLAIN else f' <span class="status {escape(status, 20)}">{pen.term(status)}</span>'
    who = pen.names(entry.actors or entry.countries)
    facts = " · ".join(filter(None, (who, pen.names(entry.places), pen.names(entry.documents))))
    said = "".join(pen.quote(quote) for quote in event.quotes[:QUOTES])
    more = f"<small>{pen.word('more', number=len(event.quotes) - QUOTES)}</small>" if len(event.quotes) > QUOTES else ""
    body = f'<span class="type">{kind}</span>{state}<p>{facts}</p>{make_remarks(event, pen)}{said}{more}'
    return f'<li class="{escape(status, 20)}">{when}<div>{body}</div></li>'


def make_remarks(node: Node, pen: Pen) -> str:
    """Where the accounts contradict each other."""
    found = [escape(pen.speak(remark.label), NAME) for remark in node.remarks if remark.sort == "conflicts"]
    return "".join(f'<p class="note">{pen.word("conflict")}: {text}</p>' for text in found)


def make_papers(papers: Iterable[Paper], pen: Pen) -> str:
    """The documents as a table."""
    rows = "".join(make_paper(paper, pen) for paper in papers)
    return make_table("papers", ("name", "kind", "status", "parties"), rows, pen)


def make_paper(paper: Paper, pen: Pen) -> str:
    node = paper.document
    status = f'<span class="status {escape(node.status, 20)}">{pen.term(node.status)}</span>' if node.status else ""
    stages = "".join(
        f"<br><small>{escape(pen.speak(r.label), NAME)}</small>" for r in node.remarks if r.sort == "stages"
    )
    cells = (
        f"{pen.name(node)} {pen.refer(node.quotes)}",
        pen.term(node.type),
        status + stages,
        pen.names(paper.parties),
    )
    return make_row(cells)


def make_places(spots: tuple[Spot, ...], pen: Pen) -> str:
    """The map, and a table of the places with their venues."""
    rows = "".join(
        make_row((pen.name(spot.place), pen.names(spot.venues), f"<b>{spot.events}</b>")) for spot in spots[:PLACES]
    )
    rest = f"<p><small>{pen.word('more', number=len(spots) - PLACES)}</small></p>" if len(spots) > PLACES else ""
    return draw_map(spots, pen) + make_table("places", ("place", "venues", "events"), rows, pen) + rest


def make_partners(partners: tuple[Partner, ...], pen: Pen) -> str:
    """Countries, and people and organisations, side by side."""
    countries = [one for one in partners if one.node.kind == "Country"]
    others = [one for one in partners if one.node.kind != "Country"]
    tables = "".join(
        f"<div><h3>{pen.word(name)}</h3>{list_partners(found[:PARTNERS], pen)}</div>"
        for name, found in (("countries", countries), ("actors", others))
        if found
    )
    return f'<div class="columns">{tables}</div>' if tables else ""


def list_partners(partners: list[Partner], pen: Pen) -> str:
    """A table of counterparts with bars."""
    most = max(partner.events for partner in partners)
    rows = "".join(make_partner(one, most, pen) for one in partners)
    return make_table("partners", ("name", "events", "last"), rows, pen)


def make_partner(partner: Partner, most: int, pen: Pen) -> str:
    types = ", ".join(pen.term(name) for name in partner.types[:3])
    last = f"{pen.when(partner.last)}<br><small>{pen.term(partner.last.type)}</small>"
    name = f"{pen.name(partner.node)}<br><small>{types}</small>"
    return make_row((name, f"<b>{partner.events}</b>{draw_bar(partner.events, most)}", last))


def make_sources(sources: Iterable[Source], pen: Pen) -> str:
    """The articles with their numbers; an address only where a browser may follow it."""
    items = "".join(make_source(source, pen) for source in sources)
    return f'<ol class="sources">{items}</ol>' if items else ""


def make_source(source: Source, pen: Pen) -> str:
    day = format_date(source.published[:10], pen.language) if source.published else ""
    facts = ", ".join(escape(text, NAME) for text in (source.outlet or "", day) if text)
    title = link(source.url, source.title or pen.words["untitled"], NAME)
    return f'<li id="s{pen.numbers[source]}">{title} <small><bdi>{facts}</bdi></small></li>'


def make_table(name: str, columns: Iterable[str], rows: str, pen: Pen) -> str:
    """A table; empty where there are no rows."""
    heads = "".join(f"<th>{pen.word(column)}</th>" for column in columns)
    return f'<table class="{name}"><tr>{heads}</tr>{rows}</table>' if rows else ""


def make_row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def list_sections(briefing: Briefing, pen: Pen) -> Iterator[str]:
    """All parts in their order; those with nothing in them are left out."""
    yield make_section(pen.word("figures"), make_figures(briefing, pen))
    yield make_section(pen.word("ahead"), make_entries(briefing.planned, pen))
    yield make_section(pen.word("timeline"), make_timeline(briefing, pen))
    yield make_section(pen.word("counterparts"), make_partners(briefing.partners, pen))
    yield make_section(pen.word("agreements"), make_papers(briefing.papers, pen))
    yield make_section(pen.word("map"), make_places(briefing.spots, pen))
    yield make_section(pen.word("statements"), make_entries(briefing.statements, pen))
    yield make_section(pen.word("sources"), make_sources(briefing.sources, pen))
