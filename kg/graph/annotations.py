"""Evidence as web annotations: the quote, to the letter, and its place in the article's content."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.graph.literals import make_decimal, make_integer, make_text
from kg.graph.namespaces import OA, RDF
from kg.graph.ontology import DKG
from kg.graph.scope import Scope, Triples
from kg.records import Span


def support_triples(scope: Scope, node: NamedNode, evidence: tuple[Span, ...], confidence: float) -> Triples:
    """How sure it is, and the annotations that quote the text for it."""
    decimal = make_decimal(confidence)
    if decimal is not None:
        yield node, DKG.confidence, decimal
    for span in evidence:
        yield from evidence_triples(scope, node, span)


def evidence_triples(scope: Scope, node: NamedNode, span: Span) -> Triples:
    """A web annotation of the span; several things that the same words support share it."""
    where = (str(span.start), str(span.end))
    annotation, target = scope.hash("evidence", *where), scope.hash("target", *where)
    quote, position = scope.hash("quote", *where), scope.hash("position", *where)
    yield node, DKG.evidence, annotation
    yield annotation, RDF.type, OA.Annotation
    yield annotation, OA.hasBody, node
    yield annotation, OA.hasTarget, target
    yield target, RDF.type, OA.SpecificResource
    yield target, OA.hasSource, scope.graph
    yield target, OA.hasSelector, quote
    yield target, OA.hasSelector, position
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, make_text(scope.article.quote(span))
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, make_integer(span.start)
    yield position, OA.end, make_integer(span.end)
