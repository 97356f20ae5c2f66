"""The two sides of a doubtful pair, as a person judges them: accounts of events and documents, and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode

from kg.graph.links.reading import Facts, Reader
from kg.graph.namespaces import DCTERMS, RDFS, SCHEMA, SKOS
from kg.graph.ontology import DKG
from kg.resolve.accounts import Account, DocumentAccount
from kg.resolve.decisions import THINGS
from kg.resolve.namesakes import whole_id

QUOTES = 3  # sentences that show whom a name means


@dataclass(frozen=True, slots=True)
class Side:
    """One account as a person judges it."""

    id: str
    label: str
    type: str
    status: str
    date: str
    article: str
    title: str
    published: str
    outlet: str
    quote: str


def make_side(reader: Reader, id_: str) -> Side:
    """What a person judges by, of an account or of a name."""
    return make_name(reader, id_) if id_.startswith(THINGS) else make_account(reader, id_)


def make_account(reader: Reader, id_: str) -> Side:
    """An account with its article and its words."""
    facts, account = reader.facts(id_), reader.account(id_)
    if facts is None or account is None:
        raise KeyError(id_)
    article = reader.node(account.source.article)
    kind, date = describe(account)
    return Side(
        id=id_,
        label=facts.text(RDFS.label) or "",
        type=kind,
        status=account.status,
        date=date,
        article=account.source.article,
        title=read_text(reader, article, DCTERMS.title),
        published=account.source.published,
        outlet=read_text(reader, article, SCHEMA.publisher),
        quote=join_quotes(reader, facts),
    )


def read_text(reader: Reader, node: NamedNode, predicate: NamedNode) -> str:
    """What is said of an article."""
    return next((str(value.value) for value in reader.follow(node, predicate)), "")


def describe(account: Account) -> tuple[str, str]:
    """Type and date of an account."""
    if isinstance(account, DocumentAccount):
        return account.paper.kind, account.day.isoformat() if account.day else ""
    return account.type, str(account.when or "")


def join_quotes(reader: Reader, facts: Facts) -> str:
    """The words that say so, a line each."""
    return "\n".join(sorted(set(reader.quotes(facts))))


def make_name(reader: Reader, id_: str) -> Side:
    """A name with the titles that its bearer is given, and sentences of the articles that tell of it."""
    articles = sorted(find_articles(reader, id_), key=lambda node: (reader.source(node), node.value))
    first = articles[0] if articles and not reader.things.is_known(id_) else reader.reference
    labels = reader.inner.quads_for_pattern(reader.node(whole_id(id_)), SKOS.prefLabel, None, first)
    quotes = dict.fromkeys(quote for node in articles for quote in find_quotes(reader, id_, node))
    return Side(
        id=id_,
        label=next((str(quad.object.value) for quad in labels), ""),  # type: ignore[union-attr]
        type=id_.partition("/")[0],
        status="",
        date=", ".join(sorted(set(find_titles(reader, id_, {*articles, first})))),
        article=reader.id(first),
        title=read_text(reader, first, DCTERMS.title),
        published=reader.source(first).published,
        outlet=read_text(reader, first, SCHEMA.publisher),
        quote="\n".join(islice(quotes, QUOTES)),
    )


def find_articles(reader: Reader, id_: str) -> Iterator[NamedNode]:
    """The articles that mean the bearer of a name, or a part of it."""
    whole = whole_id(id_)
    parts = (part for bearer in reader.things.bearers(whole) for part in bearer.parts if part.id == id_)
    own = {telling.article for part in parts for telling in part.tellings}
    for article in reader.things.articles(whole):
        name = reader.id(article)
        if name in own if own and id_ != whole else reader.things.find_bearer(whole, name) == id_:
            yield article


def find_titles(reader: Reader, id_: str, graphs: set[NamedNode]) -> Iterator[str]:
    """The titles that articles and tables give, with of what."""
    for quad in reader.inner.quads_for_pattern(None, DKG.person, reader.node(whole_id(id_)), None):
        if quad.graph_name in graphs:
            title, of = (reader.follow(quad.subject, path) for path in (DKG.officeTitle, DKG.of))
            yield " ".join((*(str(text.value) for text in title[:1]), *(reader.id(node) for node in of[:1])))


def find_quotes(reader: Reader, id_: str, article: NamedNode) -> Iterator[str]:
    """The sentences of an article that state something about a thing."""
    quads = reader.inner.quads_for_pattern(None, None, reader.node(whole_id(id_)), article)
    for node in sorted({reader.id(quad.subject) for quad in quads}):
        if facts := reader.facts(node):
            yield from sorted(set(reader.quotes(facts)))
