"""Features of cues, roles, dates and status: plain strings for the linear models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.records import Entity
from kg.text.refs import Ref
from kg.text.scene import Cue, Scene, coarse
from kg.text.syntax import Slot, count_verbs

CONTENT = frozenset(("NOUN", "VERB", "ADJ", "ADV", "PROPN"))
WINDOW = CONTENT | {"ADP"}
BREAKS = frozenset((";", ":", "—", "–", "«", "»"))


def cue_features(scene: Scene, cue: Cue) -> list[str]:
    """What tells whether a cue is an event, and of which type."""
    token = scene.tokens[cue.token]
    lemma = scene.lemmas[cue.token]
    governor = scene.lemmas[cue.governor] if cue.governor is not None else "-"
    here = scene.sentence[cue.token]
    refs = scene.refs_in.get(here, ())
    morph = token.morph.to_dict()
    return list(
        dict.fromkeys(
            [
                "bias",
                f"l={lemma}",
                f"l={lemma}|{token.dep_}",
                f"pos={scene.parts[cue.token]}",
                *(f"lex={name}" for name in cue.types),
                *(f"l={lemma}|lex={name}" for name in cue.types),
                *(f"news={news}" for news in scene.news),
                f"dep={token.dep_}",
                f"head={scene.lemmas[token.head.i]}",
                f"gov={governor}",
                f"l={lemma}|gov={governor}",
                *child_features(scene, cue.token, lemma),
                *window_features(scene, cue.token, lemma),
                *slot_features(scene, cue, refs, lemma),
                *count_features(scene, refs, lemma),
                f"title={here == 0}",
                f"l={lemma}|title={here == 0}",
                f"sent={coarse(here)}",
                f"neg={is_negated(scene, token)}",
                f"quoted={is_quoted(scene, cue.token)}",
                f"num={morph.get('Number', '')}",
                f"tense={morph.get('Tense', '')}|voice={morph.get('Voice', '')}",
            ]
        )
    )


def child_features(scene: Scene, token: int, lemma: str) -> Iterator[str]:
    """The words right below; «встреча лидеров стран СНГ» is one of several, of an organisation."""
    for child in scene.children[token]:
        relation = scene.tokens[child].dep_
        morph = scene.tokens[child].morph.to_dict()
        if scene.parts[child] == "NOUN" and morph.get("Case") == "Gen" and morph.get("Number") == "Plur":
            below = {scene.kind_at.get(t.i) for t in scene.tokens[child].subtree}
            yield f"l={lemma}|several={'Organization' in below}"
        if scene.parts[child] in CONTENT:
            yield f"ch={scene.lemmas[child]}"
            yield f"l={lemma}|ch={scene.lemmas[child]}"
            if scene.parts[child] == "NOUN":
                number = morph.get("Number", "")
                kinds = {scene.kind_at[i] for i in scene.children[child] if i in scene.kind_at}
                yield f"l={lemma}|chn={number}|{','.join(sorted(kinds))}"
                yield f"ch={scene.lemmas[child]}|{number}|{','.join(sorted(kinds))}"
        yield f"chd={relation}"
        for case in scene.children[child]:
            if scene.parts[case] == "ADP":
                yield f"l={lemma}|{scene.words[case]}|{relation}"


def window_features(scene: Scene, token: int, lemma: str) -> Iterator[str]:
    """The words around, by side."""
    start, end = scene.bounds[scene.sentence[token]]
    for offset in (-3, -2, -1, 1, 2, 3):
        i = token + offset
        if start <= i < end and scene.parts[i] in WINDOW:
            yield f"w={scene.lemmas[i]}"
            if abs(offset) == 1:
                yield f"l={lemma}|w{offset}={scene.lemmas[i]}"


def slot_features(scene: Scene, cue: Cue, refs: list[Ref] | tuple[Ref, ...], lemma: str) -> Iterator[str]:
    """Kinds of entities by slot."""
    for ref in refs:
        slot = scene.slot(ref, cue)
        if slot is not None and slot.depth < 2:
            yield f"slot={slot.label}:{ref.entity.kind}"
            yield f"l={lemma}|slot={slot.label}:{ref.entity.kind}"


def count_features(scene: Scene, refs: list[Ref] | tuple[Ref, ...], lemma: str) -> Iterator[str]:
    """How many persons, countries, bodies the sentence and the article have."""
    kinds = [e.kind for e in {e.id: e for r in refs for e in r.entities}.values()]
    for kind in ("Person", "Country", "Organization"):
        here = kinds.count(kind)
        yield f"n{kind}={coarse(here)}"
        yield f"l={lemma}|n{kind}={min(here, 2)}"
    yield from scene.totals


def is_negated(scene: Scene, token: Token) -> bool:
    """«не состоялась», «не подписали»."""
    return scene.is_denied(token.i) or scene.is_denied(token.head.i)


def is_quoted(scene: Scene, token: int) -> bool:
    """Inside a quotation of its sentence."""
    start, _ = scene.bounds[scene.sentence[token]]
    before = scene.words[start:token]
    return before.count("«") > before.count("»")


def role_features(scene: Scene, cue: Cue, kind: str, entity: Entity, actors: frozenset[str]) -> list[str]:
    """What tells whether an entity plays a role in the event of type ``kind`` at a cue.

    ``actors``: ids of the persons already found to take part, for the roles of countries and places.
    """
    pair = find_pair(scene, cue, entity)
    frame = find_frame_role(scene, kind, pair.slot)
    return [
        *pair.features,
        f"frame={frame}",
        f"frame={frame}|d={pair.depth}|sort={pair.ref.sort}",
        f"frame={frame}|others={pair.others}",
        f"{frame}|{pair.lemma}",
        *actor_features(scene, entity, actors),
    ]


@dataclass(frozen=True, slots=True)
class Pair:
    """A cue and an entity: its best reference, the slot, and the features that no type or role changes.

    ``brief`` are the few that a choice among places looks at again.
    """

    ref: Ref
    slot: Slot | None
    depth: int
    others: str
    lemma: str
    features: tuple[str, ...]
    brief: tuple[str, ...]


def find_pair(scene: Scene, cue: Cue, entity: Entity) -> Pair:
    """The pair, made once a scene."""
    key = (cue.token, entity.id)
    pair: Pair | None = scene.pairs.get(key)
    if pair is None:
        pair = scene.pairs[key] = make_pair(scene, cue, entity)
    return pair


def make_pair(scene: Scene, cue: Cue, entity: Entity) -> Pair:
    """What a reference, its slot and its place in the article tell."""
    here = scene.sentence[cue.token]
    best, slot = find_nearest(scene, cue, entity)
    gap = here - scene.sentence[best.head]
    where = slot.label if slot is not None else "same" if gap == 0 else "before" if gap > 0 else "after"
    depth = min(slot.depth, 3) if slot is not None else 9
    lemma = scene.lemma(cue.token)
    governor = scene.lemma(cue.governor) if cue.governor is not None else "-"
    title = entity.id in scene.in_title
    others = coarse(count_same(scene, cue, entity))
    brief = (
        "bias",
        f"k={entity.kind}",
        f"where={where}|d={depth}",
        f"where={where}|k={entity.kind}",
        f"sort={best.sort}|inner={best.inner}",
        f"gap={gap_bucket(gap)}|k={entity.kind}|title={title}",
        f"{lemma}|{where}|{entity.kind}",
    )
    features = (
        *brief,
        f"gap={gap_bucket(gap)}",
        f"title={title}|cuetitle={here == 0}",
        f"rank={min(scene.rank_of[entity.id], 4)}|k={entity.kind}",
        f"n={coarse(len(scene.refs_of[entity.id]))}",
        f"dist={distance_bucket(best.head - cue.token)}|gap0={gap == 0}",
        f"known={entity.known}",
        f"gov={governor}|{where}|{entity.kind}",
        *clause_features(scene, cue, best, depth if gap == 0 else 9, gap),
    )
    return Pair(best, slot, depth, others, lemma, features, brief)


def clause_features(scene: Scene, cue: Cue, ref: Ref, depth: int, gap: int) -> Iterator[str]:
    """Whether the reference rather belongs to another cue of its sentence, and how many clauses lie between."""
    if gap != 0:
        yield f"far|subject={scene.tokens[ref.head].dep_.startswith('nsubj')}"
        return
    verbs = count_verbs(scene.tokens[ref.head], scene.tokens[cue.token])
    yield f"verbs={verbs}|d={depth}"
    rival = 9
    for other in scene.cues_in.get(scene.sentence[cue.token], ()):
        if other.token not in (cue.token, cue.governor) and other.governor != cue.token:
            slot = scene.slot(ref, other)
            rival = min(rival, slot.depth if slot is not None else 9)
    yield f"rival={min(rival, 3)}|d={depth}"
    yield f"rival={min(rival, 3)}|verbs={verbs}|sort={ref.sort}"
    between = scene.words[min(ref.head, cue.token) : max(ref.head, cue.token)]
    yield f"breaks={min(sum(w in BREAKS for w in between), 2)}|commas={min(between.count(','), 3)}"


def actor_features(scene: Scene, entity: Entity, actors: frozenset[str]) -> Iterator[str]:
    """How an entity relates to the persons that take part."""
    if entity.kind == "Country":
        own = sum(scene.country_of[a].id == entity.id for a in actors if a in scene.country_of)
        yield f"own={min(own, 2)}|actors={min(len(actors), 3)}"
    elif entity.kind == "Person":
        yield f"country={entity.id in scene.country_of}"
        yield f"levels={scene.levels_of.get(entity.id, '')}"
    elif entity.within:
        yield f"in={any(c.id == entity.within for a in actors if (c := scene.country_of.get(a)))}"


def find_nearest(scene: Scene, cue: Cue, entity: Entity) -> tuple[Ref, Slot | None]:
    """The reference of an entity that stands best to a cue: by slot depth in the sentence, else the nearest before."""
    here = scene.sentence[cue.token]
    best: tuple[tuple[int, int, int], Ref, Slot | None] | None = None
    for ref in scene.refs_of[entity.id]:
        gap = here - scene.sentence[ref.head]
        slot = scene.slot(ref, cue) if gap == 0 else None
        far = abs(gap) * 2 + (gap < 0)
        depth = (slot.depth if slot is not None else 10) + (2 if ref.inner else 0) if gap == 0 else 50
        key = (far, depth, abs(ref.head - cue.token))
        if best is None or key < best[0]:
            best = (key, ref, slot)
    assert best is not None
    return best[1], best[2]


def find_frame_role(scene: Scene, kind: str, slot: Slot | None) -> str:
    """The role that the type's frame gives a slot."""
    if slot is None:
        return "-"
    frame = scene.taxonomy.types[kind].frame
    roles = [
        name
        for name, slots in (("actor", frame.actor), ("target", frame.target), ("place", frame.place))
        if slot.label in slots
    ]
    return "+".join(roles) or "none"


def count_same(scene: Scene, cue: Cue, entity: Entity) -> int:
    """Other entities of the kind in the sentence."""
    here = scene.sentence[cue.token]
    refs = scene.refs_in.get(here, ())
    same = scene.recall(
        ("same", here, entity.kind), lambda: {e.id for r in refs for e in r.entities if e.kind == entity.kind}
    )
    return len(same) - (entity.id in same)


def gap_bucket(gap: int) -> str:
    """Sentences between, signed."""
    if gap > 3:
        return "4+"
    return str(gap) if gap > -3 else "-3"


def distance_bucket(distance: int) -> str:
    """Tokens between, signed and coarse."""
    size = abs(distance)
    coarse = "1" if size < 3 else "3" if size < 6 else "6" if size < 12 else "12"
    return ("-" if distance < 0 else "+") + coarse
