"""Reading what linking needs of an article from its quads, before they are in any store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg.graph.iris import article_iri
from kg.graph.links.curated import Curated
from kg.graph.links.entries import make_entry
from kg.graph.links.reading import Facts, Reader
from kg.graph.links.told import Gist, Told
from kg.graph.namespaces import RDF
from kg.graph.ontology import DKG
from kg.resolve.accounts import DocumentAccount
from kg.resolve.keys import make_keys

SOUGHT = frozenset({RDF.type, DKG.document})  # the predicates by whose objects reading looks for subjects


class Page:
    """The quads of one article beside the curated ones, searched as a store is."""

    def __init__(self, quads: Iterable[Quad], curated: Curated) -> None:
        self.base, self.curated = curated.base, curated
        self.of: dict[object, list[Quad]] = defaultdict(list)
        self.to: dict[object, list[Quad]] = defaultdict(list)
        for quad in quads:
            self.of[quad.subject].append(quad)
            if quad.predicate in SOUGHT:
                self.to[quad.object].append(quad)

    @property
    def inner(self) -> Page:
        """The page itself."""
        return self

    def quads_for_pattern(
        self, subject: object, predicate: object, object: object, graph: object = None, /
    ) -> Iterator[Quad]:
        """The quads of the article, or of the reference, with a subject, or with an object and a sought predicate."""
        if graph == self.curated.graph:
            return self.curated.inner.quads_for_pattern(subject, predicate, object, graph)
        rows = self.to.get(object, ()) if subject is None else self.of.get(subject, ())
        return (quad for quad in rows if predicate in (None, quad.predicate))


class PageReader(Reader):
    """Reads the accounts of a page: names in it stand for themselves."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, page.curated.settings, curated=page.curated)
        self.page = page
        self.known_facts: dict[str, Facts] = {}

    def facts(self, id_: str) -> Facts | None:
        """What the article says of a resource."""
        quads = self.page.of.get(self.node(id_))
        if quads and id_ not in self.known_facts:
            self.known_facts[id_] = Facts(quads)
        return self.known_facts.get(id_)

    def find_name(self, id_: str, article: str) -> str:
        """The id itself."""
        return id_


def make_gist(article_id: str, quads: Iterable[Quad], curated: Curated) -> Gist:
    """What linking needs of an article; ``quads`` are those of its graph."""
    reader, article = PageReader(Page(quads, curated)), article_iri(curated.base, article_id)
    accounts = (*reader.list_documents(article), *reader.list_events(article))
    persons = (reader.id(quad.subject) for quad in reader.inner.quads_for_pattern(None, RDF.type, DKG.Person, article))
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
    actors = () if isinstance(account, DocumentAccount) else (thing for _, thing in account.roles)
    entry = make_entry(account, make_keys(account, reader.settings), reader.base)
    refers = bool(documents) or DKG.subEventOf in facts.values
    return Told(entry, frozenset((*parties, *actors)), refers)
