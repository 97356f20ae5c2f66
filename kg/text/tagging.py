"""Tags where the dictionary leaves no doubt: «беседовала» is a verb, «эфиопского» none, whatever the tagger says."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kg.text.lemmas import CASES, GENDERS, NUMBERS, PARTS, parse_word

FORMS = {  # part and features of what pymorphy3 tells by its parts of speech
    "VERB": ("VERB", {"VerbForm": "Fin"}),
    "INFN": ("VERB", {"VerbForm": "Inf"}),
    "GRND": ("VERB", {"VerbForm": "Conv"}),
    "PRTS": ("VERB", {"VerbForm": "Part", "Variant": "Short", "Voice": "Pass"}),
    "ADJF": ("ADJ", {"Degree": "Pos"}),
    "NOUN": ("NOUN", {}),
}
VALUES = {
    "tense": ("Tense", {"past": "Past", "pres": "Pres", "futr": "Fut"}),
    "aspect": ("Aspect", {"perf": "Perf", "impf": "Imp"}),
    "mood": ("Mood", {"indc": "Ind", "impr": "Imp"}),
    "case": ("Case", {ours: theirs for theirs, ours in CASES.items()}),
    "number": ("Number", {ours: theirs for theirs, ours in NUMBERS.items()}),
    "gender": ("Gender", {ours: theirs for theirs, ours in GENDERS.items()}),
}
OPEN = frozenset(("NOUN", "ADJ", "VERB", "ADV", "PROPN", "X"))  # tags that are looked at


@lru_cache(100_000)
def mend_tag(word: str, pos: str, features: str) -> tuple[str, str]:
    """Part of speech and UD features of a word, the tagger's unless the dictionary knows the word only otherwise."""
    if pos not in OPEN or (pos == "PROPN" and word.istitle()) or not word.isalpha():
        return pos, features
    parses = [parse for parse in parse_word(word.lower()) if parse.is_known]
    fitting = {
        *PARTS.get(pos, ()),
        *(("PRTF",) if pos in ("ADJ", "NOUN") else ()),
        *(("ADJF",) if pos == "NOUN" else ()),
    }
    if not parses or any(parse.tag.POS in fitting or parse.tag.POS not in FORMS for parse in parses):
        return pos, features
    return make_tag(parses[0])


def make_tag(parse: Any) -> tuple[str, str]:
    """A parse of pymorphy3 in terms of UD."""
    part, values = FORMS[parse.tag.POS]
    found = dict(values)
    for grammeme, (name, meanings) in VALUES.items():
        meaning = meanings.get(getattr(parse.tag, grammeme))
        if meaning is not None:
            found[name] = meaning
    if part == "VERB" and "Voice" not in found:
        found["Voice"] = "Act"
    return part, "|".join(f"{name}={value}" for name, value in sorted(found.items()))
