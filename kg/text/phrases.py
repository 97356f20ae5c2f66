"""Which words belong to a title phrase, and how it reads in the nominative."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.knowledge.stems import fold
from kg.text.language import load_language
from kg.text.nouns import dictionary_form, genitive


def find_start(doc: Doc, head: Token, plural: bool) -> int:
    """The first of the adjectives before a title's noun; before several also «киргизский и узбекский»."""
    words = load_language().words
    start = head.i
    while start > 0 and not doc[start].is_sent_start:
        before = doc[start - 1]
        joint = plural and start >= 2 and is_joint(before) and doc[start].pos_ == doc[start - 2].pos_ == "ADJ"
        plain = (
            before.pos_ == "ADJ"
            and "Short" not in before.morph.get("Variant", [])
            and not before.like_num
            and not before.text.isdigit()
        )
        if not joint and not plain and fold(before.text) not in words["titles.prefixes"]:
            break
        start -= 1
    return start


def is_joint(token: Token) -> bool:
    """«и», «а также» or a comma between titles, owners or names."""
    return token.text in load_language().words["titles.joints"]


def title_text(
    doc: Doc, start: int, end: int, head: Token, skipped: frozenset[int], several: frozenset[str] | None
) -> str:
    """The title in the nominative, of one person, lower case, without the country.

    ``several``, given for plural titles, are genitives to put in the singular («главы правительств»).
    """
    first = next((i for i in range(start, head.i + 1) if i not in skipped and not is_joint(doc[i])), head.i)
    if any(first < i < head.i for i in skipped):
        first = head.i
    tail = [doc[i] for i in range(head.i + 1, end) if i not in skipped and not doc[i].is_space]
    words = dictionary_form(doc, first, head.i + 1, head, singular=several is not None).split()
    words += [genitive(t.lemma_) if several and t.lower_ in several else t.text for t in tail]
    text = " ".join(w if w.isupper() and len(w) > 1 else w[:1].lower() + w[1:] for w in words)
    return text.replace(" ,", ",").strip(" ,–—-:(")


def is_tail(doc: Doc, i: int, owned: bool, plural: bool) -> bool:
    """Words that go on with a title: genitives, «по …», «при …», and between several owners «и»."""
    token, language = doc[i], load_language()
    if token.pos_ in ("NOUN", "ADJ", "DET", "NUM") and token.ent_type_ != "PER":
        return continues(doc, token)
    if token.lower_ in language.words["titles.links"] and token.pos_ == "ADP":
        return True
    if i + 1 == len(doc):
        return False
    if language.maps["titles.affairs"].get(token.lower_) == doc[i + 1].lower_:
        return True
    return token.lower_ in ("и", ",") and joins(doc[i + 1], token.text == ",", owned, plural)


def continues(doc: Doc, token: Token) -> bool:
    """A genitive, an abbreviation, or what a preposition of the title governs."""
    before = doc[token.i - 1]
    governed = before.pos_ == "ADP" or (before.pos_ == "ADJ" and token.i >= 2 and doc[token.i - 2].pos_ == "ADP")
    return ("Gen" in token.morph.get("Case", []) and not token.text.isdigit()) or governed or token.text.isupper()


def joins(following: Token, comma: bool, owned: bool, plural: bool) -> bool:
    """Whether «и» or a comma before a word goes on with the title."""
    if following.ent_type_ == "PER":
        return False
    if comma:
        return plural and owned and following.pos_ == "PROPN"
    genitive = following.pos_ in ("NOUN", "ADJ") and "Gen" in following.morph.get("Case", [])
    return (genitive and not owned) or (plural and following.pos_ == "PROPN")
