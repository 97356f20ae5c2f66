"""SPARQL updates of the difference between what is written and what is to be."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad


def write_update(deleted: Iterable[Quad], inserted: Iterable[Quad]) -> str:
    """One update that removes and adds."""
    steps = (("DELETE", write_quads(deleted)), ("INSERT", write_quads(inserted)))
    return " ;\n".join(f"{verb} DATA {{\n{lines}\n}}" for verb, lines in steps if lines)


def write_quads(quads: Iterable[Quad]) -> str:
    """Quads for the data of an update, graph by graph."""
    by_graph: dict[str, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name), []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return "\n".join(
        f"GRAPH {graph} {{\n" + "\n".join(sorted(lines)) + "\n}" for graph, lines in sorted(by_graph.items())
    )
