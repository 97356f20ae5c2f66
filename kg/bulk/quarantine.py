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
    """An article that a worker did not live through, or not in time."""

    def __init__(self, article: str, reason: str) -> None:
        super().__init__(f"article {article!r}: {reason}; it is put into quarantine")
        self.article = article
        self.reason = reason

    def __reduce__(self) -> tuple[type[QuarantineError], tuple[str, str]]:
        return QuarantineError, (self.article, self.reason)


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
        for line in text.splitlines():
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
        return QuarantineError(article.id, f"{reason} when it was read before") if reason else None

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
