"""Where a word stands to a trigger: slots such as "subj", "с+Ins", "^obj" read from the dependency tree."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.text.language import load_language

TRANSPARENT = frozenset(("conj", "appos", "flat", "flat:name", "flat:foreign", "parataxis", "list"))
VERBAL = frozenset(("VERB", "AUX"))
SHARING = frozenset(("conj", "xcomp", "advcl", "parataxis", "ccomp", "csubj"))
PLAIN = {
    "nsubj": "subj",
    "nsubj:pass": "subj:pass",
    "obj": "obj",
    "csubj": "subj",
    "iobj": "+Dat",
    "amod": "amod",
    "det": "det",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """``label`` as in the frames; ``depth`` counts the words between: 0 is a direct dependent."""

    label: str
    depth: int


def find_governor(token: Token) -> Token | None:
    """The verb that a noun belongs to: «состоялись переговоры», «прибыл с визитом», «на полях саммита … говорил»."""
    current = token
    while current.head.i != current.i:
        current = current.head
        if current.pos_ in VERBAL or (current.pos_ == "ADJ" and "Short" in current.morph.get("Variant", [])):
            return current
    return None


def find_slot(word: Token, trigger: Token, governor: Token | None) -> Slot | None:
    """The slot of a word seen from a trigger, or None where no path below trigger or governor leads to it."""
    chain = climb(word)
    for place, (above, _) in enumerate(chain):
        if above.i == trigger.i:
            return make_slot(chain[:place], "")
        if governor is not None and above.i == governor.i:
            return make_slot(chain[:place], "^")
    inverted = find_inverted(word, trigger, governor)
    if inverted:
        return Slot(inverted, 0)
    for node, mark in ((trigger, ""), (governor, "^")):
        subject = find_shared_subject(node) if node is not None else None
        shared = find_place(chain, subject) if subject is not None else None
        if shared is not None:
            return Slot(f"{mark}subj~", sum(dep not in TRANSPARENT for _, dep in chain[:shared]))
    return None


def find_place(chain: list[tuple[Token, str]], token: Token) -> int | None:
    """Where a token stands in a chain of ancestors."""
    return next((i for i, (node, _) in enumerate(chain) if node.i == token.i), None)


def find_shared_subject(verb: Token) -> Token | None:
    """The subject that a verb without one takes from above: «возложил венок, а … ужинал», «намерен приехать»."""
    current = verb
    for _ in range(6):
        if current.pos_ not in VERBAL or has_subject(current) is not None:
            return None
        if current.dep_ not in SHARING or current.head.i == current.i:
            return None
        current = current.head
        subject = has_subject(current)
        if subject is not None:
            return subject
    return None


def has_subject(verb: Token) -> Token | None:
    """A verb's own subject."""
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass")), None)


def climb(word: Token) -> list[tuple[Token, str]]:
    """The word and its ancestors, each with its relation."""
    chain = [(word, word.dep_)]
    current = word
    while current.head.i != current.i and len(chain) < 30:
        current = current.head
        chain.append((current, current.dep_))
    return chain


def make_slot(below: list[tuple[Token, str]], mark: str) -> Slot | None:
    """The slot of the topmost word below trigger or governor; conjuncts and appositions do not count as steps."""
    if not below:
        return Slot(f"{mark}self", 0)
    steps = [(token, dep) for token, dep in below if dep not in TRANSPARENT]
    if not steps:
        return Slot(f"{mark}{below[-1][1]}", 0)
    top, dep = steps[-1]
    if dep in ("acl", "acl:relcl") and len(steps) > 1:
        inner, inner_dep = steps[-2]
        return Slot(f"{mark}>{label(inner, inner_dep)}", len(steps) - 2)
    return Slot(mark + label(top, dep), len(steps) - 1)


def label(token: Token, dep: str) -> str:
    """Relation as frames write it: by preposition and case where it is a noun's."""
    if dep in PLAIN:
        return PLAIN[dep]
    if dep in ("obl", "nmod", "obl:agent"):
        return find_preposition(token) + "+" + next(iter(token.morph.get("Case", [])), "")
    return dep


def find_preposition(token: Token) -> str:
    """The preposition of a noun, lower case, "во" as "в"; empty where it has none."""
    for child in token.lefts:
        if child.dep_ == "case" and child.pos_ == "ADP":
            return load_language().maps["syntax.prepositions"].get(child.lower_, str(child.lower_))
    return ""


def find_inverted(word: Token, trigger: Token, governor: Token | None) -> str:
    """«Камиловым, находящимся … с визитом»: the word that a participle or relative clause with the trigger modifies."""
    for node, mark in ((trigger, ""), (governor, "^")):
        current = node
        while current is not None and current.head.i != current.i:
            if current.dep_ in ("acl", "acl:relcl"):
                top = current.head
                return mark + "acl" if top.i == word.i or is_same_name(word, top) else ""
            if current.dep_ not in TRANSPARENT:
                break
            current = current.head
    return ""


def is_same_name(word: Token, other: Token) -> bool:
    """Both belong to one name or apposition."""
    current = word
    while current.dep_ in TRANSPARENT - {"conj"} and current.head.i != current.i:
        current = current.head
        if current.i == other.i:
            return True
    return False


def count_verbs(word: Token, trigger: Token) -> int:
    """Verbs on the way up from a word to the node that it shares with a trigger: clauses between, at most 4."""
    above = {t.i for t in (trigger, *trigger.ancestors)}
    count = 0
    for token in (word, *word.ancestors):
        if token.i in above:
            break
        count += token.pos_ in VERBAL
    return min(count, 4)
