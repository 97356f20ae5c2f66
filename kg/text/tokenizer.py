"""Tokens and sentence starts of Russian text by razdel, as spaCy wants them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import razdel
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kg.text.atoms import find_tokens

# razdel keeps these whole: a former office, ends of a range, and what a dash joins without blanks («Россия–Африка»)
SPLITS = re.compile(r"(?P<former>(?:экс|Экс)-)(?=[а-яё])|(?P<dash>(?<=\d)-(?=\d)|(?<=\w)[–—](?=\w))")
# words after which a sentence is cut at the next of these marks, and words more after which it is cut anywhere
LONGEST, SLACK = 200, 40
STOPS = (",", ";", ":")
TOKENIZER = "kg.razdel.v1"  # its name in spaCy configs


class RazdelTokenizer:
    """Text to Doc; every character is kept, runs of white space beyond one blank are tokens as in spaCy."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        end = 0
        for start, word in split_tokens(text):
            add_gap(text[end:start], words, spaces)
            words.append(word)
            spaces.append(False)
            end = start + len(word)
        add_gap(text[end:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    # spaCy stores a tokenizer's state with a pipeline; there is none
    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> RazdelTokenizer:
        return self

    def to_disk(self, *_: Any, **__: Any) -> None:
        return None

    def from_disk(self, *_: Any, **__: Any) -> RazdelTokenizer:
        return self


def split_tokens(text: str) -> Iterator[tuple[int, str]]:
    """Start and text of each token."""
    for start, word in find_tokens(text):
        offset = 0
        for match in SPLITS.finditer(word):
            cuts = (match.start(), match.end()) if match["dash"] else (match.end(),)
            for cut in cuts:
                if cut > offset:
                    yield start + offset, word[offset:cut]
                    offset = cut
        yield start + offset, word[offset:]


def add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """White space between tokens: one blank belongs to the word before it, the rest is a token."""
    if gap and words and gap[0] == " ":
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], RazdelTokenizer]:
    """The tokenizer for a spaCy config."""
    return lambda nlp: RazdelTokenizer(nlp.vocab)


def find_sentence_starts(doc: Doc) -> list[bool]:
    """Whether each token starts a sentence: where razdel says so, after every newline, and in what never ends.

    A parse takes memory by the square of a sentence's words; a table or a list pasted as one line may have thousands.
    """
    starts = [sentence.start for sentence in razdel.sentenize(doc.text)]
    flags: list[bool] = []
    after_newline = True
    position = length = 0
    for token in doc:
        due = length >= LONGEST + SLACK or (length >= LONGEST and doc[token.i - 1].text in STOPS)
        due = due or (position < len(starts) and token.idx >= starts[position])
        while position < len(starts) and token.idx >= starts[position]:
            position += 1
        flags.append((not token.is_space and (due or after_newline)) or not flags)
        length = 1 if flags[-1] else length + 1
        after_newline = "\n" in token.text or (after_newline and token.is_space)
    return flags
