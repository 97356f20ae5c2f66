"""The factRuEval-2016 format: .spans, .objects, .coref and .facts beside each .txt.

Everything after ``#`` in .spans and .objects is a remark. A fact's slots name chains of coreference (``obj5``)
or spans (``span7``), or hold a bare value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.corpora.texts import list_files, read_text
from kg.errors import ReadError
from kg.records import Span

HEADING = re.compile(r"\S+-\d+ \w+\s*\Z")
FILLER = re.compile(r"(obj|span)(\d+)(?:\s+(.*))?\Z")


@dataclass(frozen=True, slots=True)
class NamePart:
    """A stretch of text: a surname, a job, a part of an organisation's name. Offsets count characters."""

    id: int
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Thing:
    """One mention of a person, organisation or place, made of name parts."""

    id: int
    kind: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """All mentions of one thing, with its attributes ("lastname", "name") in the nominative."""

    id: int
    things: tuple[int, ...]
    attributes: tuple[tuple[str, str], ...]

    def select(self, *names: str) -> tuple[str, ...]:
        """The values of some attributes."""
        return tuple(value for name, value in self.attributes if name in names)


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a slot: a chain (``sort`` "obj") or a span, with its text; of a bare value the text alone."""

    sort: str
    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its slots, in the order of the file; a slot may stand several times."""

    id: str
    kind: str
    slots: tuple[tuple[str, Filler], ...]

    def select(self, name: str) -> tuple[Filler, ...]:
        """The fillers of one slot."""
        return tuple(filler for slot, filler in self.slots if slot == name)


@dataclass(frozen=True, slots=True)
class FactDocument:
    """One text with its annotation, in the order of the files."""

    id: str
    text: str
    parts: tuple[NamePart, ...]
    things: tuple[Thing, ...]
    chains: tuple[Chain, ...]
    facts: tuple[Fact, ...]

    def find_chain(self, id: int) -> Chain | None:
        """A chain by id."""
        return next((chain for chain in self.chains if chain.id == id), None)


Row = TypeVar("Row")


def read_factrueval(folder: Path) -> Iterator[FactDocument]:
    """Every text of a folder that has facts. Raises ReadError that names file and line."""
    for path in list_files(folder, ".facts"):
        yield FactDocument(
            id=path.stem,
            text=read_text(path.with_suffix(".txt")),
            parts=tuple(parse_blocks(path.with_suffix(".spans"), parse_part, each_line=True)),
            things=tuple(parse_blocks(path.with_suffix(".objects"), parse_thing, each_line=True)),
            chains=tuple(parse_blocks(path.with_suffix(".coref"), parse_chain)),
            facts=tuple(parse_blocks(path, parse_fact)),
        )


def parse_blocks(path: Path, parse: Callable[[list[str]], Row], each_line: bool = False) -> Iterator[Row]:
    """What ``parse`` makes of each block of lines. Raises ReadError that names the block's first line."""
    for number, block in list_blocks(read_text(path), each_line):
        try:
            yield parse(block)
        except (ValueError, IndexError) as error:
            raise ReadError(f"{path} line {number}", f"not as in factRuEval: {block[0]!r}") from error


def list_blocks(text: str, each_line: bool) -> Iterator[tuple[int, list[str]]]:
    """Stretches of lines between blank ones, or each line; with the number of the first. A fact's id starts a block."""
    block: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if block and (each_line or not line.strip() or HEADING.match(line)):
            yield number - len(block), block
            block = []
        if line.strip():
            block.append(line.strip())


def parse_part(block: list[str]) -> NamePart:
    """``id kind start length …``."""
    id, kind, start, length = block[0].partition("#")[0].split()[:4]
    return NamePart(int(id), kind, Span(int(start), int(start) + int(length)))


def parse_thing(block: list[str]) -> Thing:
    """``id kind part part …``."""
    id, kind, *parts = block[0].partition("#")[0].split()
    return Thing(int(id), kind, tuple(int(part) for part in parts))


def parse_chain(block: list[str]) -> Chain:
    """``id thing thing …``, then an attribute a line; empty ones are left out."""
    id, *things = (int(number) for number in block[0].split())
    pairs = (line.partition(" ") for line in block[1:])
    return Chain(id, tuple(things), tuple((name, value.strip()) for name, _, value in pairs if value.strip()))


def parse_fact(block: list[str]) -> Fact:
    """``id kind``, then a slot a line; ``|`` parts what fills it alike."""
    id, kind = block[0].split()[:2]
    pairs = (line.partition(" ") for line in block[1:])
    slots = ((name, filler) for name, _, value in pairs for filler in parse_fillers(value))
    return Fact(id, kind, tuple(slots))


def parse_fillers(value: str) -> Iterator[Filler]:
    """``obj144 name | name``, ``span7 text | span8 text`` or a bare value.

    A text without a reference of its own is another name of what stands before it.
    """
    sort, id = "", 0
    for piece in value.split("|"):
        match = FILLER.match(piece.strip())
        if match is not None:
            sort, id = match[1], int(match[2])
        yield Filler(sort, id, (match[3] or "") if match is not None else piece.strip())
