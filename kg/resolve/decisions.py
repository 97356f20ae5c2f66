"""What people decided on doubtful pairs: a table of two ids and "same" or "different" that every build honours.

Tab- or comma-separated, with a heading; columns ``a``, ``b`` and ``decision`` must be there, ``who``, ``when`` and
``note`` may. Ids are those below the base ("event/7f3a…") or whole IRIs. A line that begins with # is a comment.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg.errors import DataError

COLUMNS = ("a", "b", "decision", "who", "when", "note")
ANSWERS = ("same", "different")
THINGS = ("person", "organization", "venue")  # whose names people decide on
KINDS = ("event", "document", *THINGS)


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: two ids in order, and whether they are one."""

    a: str
    b: str
    same: bool
    row: int
    who: str = ""
    when: str = ""
    note: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids, which tell a decision from others."""
        return self.a, self.b


@dataclass(frozen=True)
class Decisions:
    """All decisions by pair of ids; ``version`` changes with them."""

    rows: Mapping[tuple[str, str], Decision] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """A digest of what was decided, whoever did it and when."""
        lines = sorted(f"{a} {b} {row.same}" for (a, b), row in self.rows.items())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    @cached_property
    def things(self) -> tuple[tuple[str, str], ...]:
        """The pairs of named things that were decided to be one, in order."""
        return tuple(sorted(pair for pair, row in self.rows.items() if row.same and pair[0].startswith(THINGS)))

    @cached_property
    def partners(self) -> dict[str, frozenset[str]]:
        """The ids that each id was decided to be one with."""
        found: dict[str, set[str]] = {}
        for (a, b), row in self.rows.items():
            if row.same:
                found.setdefault(a, set()).add(b)
                found.setdefault(b, set()).add(a)
        return {id_: frozenset(others) for id_, others in found.items()}

    @cached_property
    def ids(self) -> frozenset[str]:
        """All ids that anything was decided of."""
        return frozenset(id_ for pair in self.rows for id_ in pair)

    def find(self, a: str, b: str) -> bool | None:
        """Whether two are one; None where nobody decided."""
        row = self.rows.get((a, b) if a < b else (b, a))
        return row.same if row else None


def read_decisions(path: Path, base: str = "") -> Decisions:
    """The decisions of a file. Raises DataError that names the file and the row."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    rows: dict[tuple[str, str], Decision] = {}
    for decision in parse_rows(text, str(path), base):
        earlier = rows.setdefault(decision.pair, decision)
        if earlier.same != decision.same:
            raise DataError(f"{path} row {decision.row}: the opposite was decided in row {earlier.row}")
    check_consistent(rows.values(), str(path))
    return Decisions(rows)


def parse_rows(text: str, where: str, base: str) -> Iterator[Decision]:
    """The decisions of a table."""
    rows = split_rows(text, where)
    number, heading = next(rows, (0, list(COLUMNS)))
    missing = [name for name in COLUMNS[:3] if name not in heading]
    if missing:
        raise DataError(f"{where} row {number}: no column {', '.join(missing)}; there must be a, b and decision")
    for number, cells in rows:
        if len(cells) > len(heading):
            raise DataError(f"{where} row {number}: {len(cells)} cells under {len(heading)} columns")
        decision = parse_row(dict(zip(heading, cells, strict=False)), f"{where} row {number}", number, base)
        if decision:
            yield decision


def split_rows(text: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line in which it begins; a note in quotes may have several lines.

    Raises DataError where quotes do not match, which would make one cell of all that follows.
    """
    first = next((line for line in io.StringIO(text) if line.strip() and line[0] != "#"), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",", strict=True)
    number = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"{where} row {number}: {error}") from error


def parse_row(cells: Mapping[str, str], where: str, row: int, base: str) -> Decision | None:
    """The decision of one row; None where the column was left empty, as `kg review` writes it."""
    a, b, answer = (cells.get(name, "").strip() for name in COLUMNS[:3])
    if not answer:
        return None
    if answer not in ANSWERS:
        raise DataError(f"{where}: the decision is {answer!r}, not same or different")
    a, b = parse_id(a, where, base), parse_id(b, where, base)
    if a == b:
        raise DataError(f"{where}: both ids are {a}")
    if a.partition("/")[0] != b.partition("/")[0]:
        raise DataError(f"{where}: {a} and {b} are of two kinds")
    first, second = sorted((a, b))
    rest = (cells.get(name, "") for name in COLUMNS[3:])
    return Decision(first, second, answer == "same", row, *rest)


def parse_id(written: str, where: str, base: str) -> str:
    """The id below the base of an event, a document, or a thing that has a name."""
    id_ = written.strip("<>").removeprefix(base)
    kind, _, rest = id_.partition("/")
    if kind not in KINDS or not rest:
        raise DataError(f"{where}: {written!r} is not the id of one of {', '.join(KINDS)}, as event/0f9a…")
    return id_


def check_consistent(rows: Iterable[Decision], where: str) -> None:
    """Raises DataError where decisions together make one of what another keeps apart."""
    groups: dict[str, set[str]] = {}
    decisions = list(rows)
    for row in decisions:
        if row.same:
            joined = groups.get(row.a, {row.a}) | groups.get(row.b, {row.b})
            groups.update(dict.fromkeys(joined, joined))
    for row in decisions:
        if not row.same and row.b in groups.get(row.a, ()):
            raise DataError(f"{where} row {row.row}: {row.a} and {row.b} are different, but other rows make them one")
