"""Articles that crash, hang or bloat whoever reads them: reported in a file beside the store, and not tried again.

A line of JSON an article. Once it is another one, or read by another version, it is tried again, and with --rebuild.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from kg.errors import AnalysisError, StoreError
from kg.graph.digest import article_digest
from kg.records import Article


class QuarantineError(AnalysisError):
    """An article (called ``name``) that a worker did not live through, or not in time, now or ``before``."""

    def __init__(self, name: str, reason: str, *, before: bool = False) -> None:
        end = "when it was read before; --rebuild tries it again" if before else "it is put into quarantine"
        super().__init__(f"{name}: {reason}{',' if before else ';'} {end}")
        self.name, self.reason, self.before = name, reason, before

    def __reduce__(self) -> tuple[object, tuple[str, str, bool]]:
        return make_quarantine_error, (self.name, self.reason, self.before)


def make_quarantine_error(name: str, reason: str, before: bool) -> QuarantineError:
    """The error as it was sent by another process."""
    return QuarantineError(name, reason, before=before)


class Quarantine:
    """The report of one store; each entry is on disk before the next article is read.

    ``run`` is what reads (an IRI): what another one did not live through, this one may.
    """

    def __init__(self, path: Path | None, run: str, *, anew: bool = False) -> None:
        self.path, self.run = path, run
        self.known: dict[tuple[str, str], str] = {}
        try:
            text = path.read_text(encoding="utf-8") if path and path.exists() and not anew else ""
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{path}: {error}") from error
        for line in text.split("\n"):  # only there: a title may hold other ends of lines
            self._remember(line)
        self._gap = "\n" if text and not text.endswith("\n") else ""  # behind a line that was cut short

    def _remember(self, line: str) -> None:
        try:
            entry = json.loads(line)
            if entry["run"] == self.run:
                self.known[entry["article"], entry["hash"]] = entry["reason"]
        except (ValueError, KeyError, TypeError):  # cut short, or written by somebody else
            return

    def find(self, article: Article) -> QuarantineError | None:
        """Why an article is not to be tried."""
        if not self.known:
            return None
        reason = self.known.get((article.id, article_digest(article)))
        return QuarantineError(article.name, reason, before=True) if reason else None

    def add(self, article: Article, reason: str) -> None:
        """Report an article. Raises StoreError where the file cannot be written."""
        digest = article_digest(article)
        if self.known.get((article.id, digest)) == reason or self.path is None:
            return
        self.known[article.id, digest] = reason
        entry = {
            "article": article.id,
            "reason": reason,
            "title": article.title,
            "url": article.url,
            "characters": len(article.content),
            "hash": digest,
            "run": self.run,
            "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        }
        try:
            with self.path.open("a", encoding="utf-8", errors="replace") as out:
                out.write(f"{self._gap}{json.dumps(entry, ensure_ascii=False)}\n")
        except OSError as error:
            raise StoreError(f"{self.path}: {error.strerror}") from error
        self._gap = ""


def quarantine_path(store: Path) -> Path:
    """The report of a store, beside it."""
    store = store.resolve()
    return store.with_name(f"{store.name}-quarantine.jsonl")
