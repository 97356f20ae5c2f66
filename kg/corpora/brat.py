"""brat standoff (.ann beside .txt), as NEREL uses it: marks, relations and references to a knowledge base.

Format: https://brat.nlplab.org/standoff.html. Lines of other sorts (events, attributes, remarks) are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.corpora.texts import list_files, read_text
from kg.errors import ReadError
from kg.records import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text of some kind; ``parts`` are several where it is interrupted. Offsets count characters."""

    id: str
    kind: str
    parts: tuple[Span, ...]
    text: str

    @property
    def span(self) -> Span:
        """From the first part's start to the last one's end."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed relation between two marks, by id."""

    id: str
    kind: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What a mark means: ``source`` is the knowledge base, ``target`` the id in it, "NULL" where it has none."""

    mark: str
    source: str
    target: str
    name: str


@dataclass(frozen=True, slots=True)
class BratDocument:
    """One text with its annotation, in the order of the file."""

    id: str
    text: str
    marks: tuple[Mark, ...]
    relations: tuple[Relation, ...]
    references: tuple[Reference, ...]


Line = Mark | Relation | Reference


def read_brat(folder: Path) -> Iterator[BratDocument]:
    """Every text of a folder that has an annotation. Raises ReadError that names file and line."""
    for path in list_files(folder, ".ann"):
        lines = tuple(parse_lines(read_text(path), str(path)))
        yield BratDocument(
            id=path.stem,
            text=read_text(path.with_suffix(".txt")),
            marks=tuple(line for line in lines if isinstance(line, Mark)),
            relations=tuple(line for line in lines if isinstance(line, Relation)),
            references=tuple(line for line in lines if isinstance(line, Reference)),
        )


def parse_lines(text: str, where: str) -> Iterator[Line]:
    """The lines of the sorts we know. Raises ReadError that names the line."""
    for number, line in enumerate(text.split("\n"), 1):
        parse = PARSERS.get(line[:1])
        if parse is None:
            continue
        try:
            yield parse(*line.rstrip("\r").split("\t"))
        except (ValueError, TypeError, IndexError) as error:
            raise ReadError(f"{where} line {number}", f"not brat standoff: {line!r}") from error


def parse_mark(id: str, place: str, text: str) -> Mark:
    """``T1<tab>PERSON 0 5;9 12<tab>text``."""
    kind, _, offsets = place.partition(" ")
    parts = (part.split() for part in offsets.split(";"))
    return Mark(id, kind, tuple(Span(int(start), int(end)) for start, end in parts), text)


def parse_relation(id: str, relation: str, *_: str) -> Relation:
    """``R1<tab>WORKS_AS Arg1:T1 Arg2:T2``."""
    kind, first, second = relation.split()
    return Relation(id, kind, first.split(":")[1], second.split(":")[1])


def parse_reference(_: str, reference: str, name: str = "", *_rest: str) -> Reference:
    """``N1<tab>Reference T1 Wikidata:Q1<tab>name``; NEREL has a line with another one run into it."""
    _, mark, target = reference.split()
    source, _, ident = target.partition(":")
    return Reference(mark, source, ident, name)


PARSERS: dict[str, Callable[..., Line]] = {"T": parse_mark, "R": parse_relation, "N": parse_reference}
