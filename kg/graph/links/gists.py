"""Reading what linking needs of an article from its quads, before they are in any store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg.graph.iris import article_iri
from kg.graph.links.curated import Curated
from kg.graph.links.reading import Reader
from kg.graph.links.things import Things
from kg.graph.links.told import Gist, Told
from kg.graph.namespaces import RDF
from kg.graph.ontology import DKG
from kg.resolve.accounts import DocumentAccount
from kg.resolve.keys import document_keys, event_keys


class Page:
    """The quads of one article beside the curated ones, searched as a store is."""

    def __init__(self, quads: Iterable[Quad], curated: Curated) -> None:
        self.base, self.curated = curated.base, curated
        self.rows: dict[object, list[tuple[object, object, object, Quad]]] = {}
        for quad in quads:
            row = (quad.subject, quad.predicate, quad.object, quad)
            self.rows.setdefault(row[0], []).append(row)
            self.rows.setdefault(row[2], []).append(row)

    @property
    def inner(self) -> Page:
        """The page itself."""
        return self

    def quads_for_pattern(
        self, subject: object, predicate: object, object: object, graph: object = None, /
    ) -> Iterator[Quad]:
        """The quads of the article, or of the reference, that have these parts; subject or object must be known."""
        if graph == self.curated.graph:
            yield from self.curated.inner.quads_for_pattern(subject, predicate, object, graph)
            return
        for s, p, o, quad in self.rows.get(subject or object, ()):
            if subject in (None, s) and predicate in (None, p) and object in (None, o):
                yield quad


class Verbatim(Things):
    """Names that stand for themselves."""

    def find(self, id_: str, article: str) -> str:
        """The id itself."""
        return id_


def make_gist(article_id: str, quads: Iterable[Quad], curated: Curated) -> Gist:
    """What linking needs of an article; ``quads`` are those of its graph."""
    page = Page(quads, curated)
    reader = Reader(page, curated.settings, curated=curated)
    reader.things = Verbatim(curated, page, reader.things.decisions)
    article = article_iri(curated.base, article_id)
    accounts = (*reader.list_documents(article), *reader.list_events(article))
    persons = (reader.id(quad.subject) for quad in page.quads_for_pattern(None, RDF.type, DKG.Person, article))
    return Gist(
        tuple(told for id_ in accounts if (told := make_told(reader, id_))),
        tuple(id_ for id_ in persons if not curated.is_known(id_)),
    )


def make_told(reader: Reader, id_: str) -> Told | None:
    """An account with what else is to be known of it."""
    facts, account = reader.facts(id_), reader.account(id_)
    if facts is None or account is None:
        return None
    documents = [reader.id(node) for node in facts.values.get(DKG.document, ())]
    parties = (party for document in (id_, *documents) for party in reader.parties(document))
    if isinstance(account, DocumentAccount):
        return Told(account, document_keys(account, reader.settings), frozenset(parties), refers=False)
    named = frozenset((*parties, *(thing for _, thing in account.roles)))
    refers = bool(documents) or DKG.subEventOf in facts.values
    return Told(account, event_keys(account, reader.settings), named, refers)
