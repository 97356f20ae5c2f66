"""One event, one node: drafts of one type that tell of the same event become one group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kg.text.draft import Draft, find_actors
from kg.text.scene import Scene
from kg.train.linear import LinearModel

AGAIN = 0.8  # at least this probable: a title tells again what the text tells, a speaker speaks on
SURE = 0.6  # the mean probability from which a draft joins a group


def group_drafts(drafts: Sequence[Draft], scene: Scene, models: Mapping[str, LinearModel]) -> list[list[Draft]]:
    """Groups of drafts, each of one event; drafts that name their actors found the groups, the others join them."""
    groups: list[list[Draft]] = []
    for draft in sorted(drafts, key=lambda d: (-strength(d), d.cue.token)):
        rated = [(rate_group(draft, group, scene, models), group) for group in groups if group[0].type == draft.type]
        best = max(rated, key=lambda r: r[0], default=(0.0, None))
        if best[1] is not None and best[0] >= SURE:
            best[1].append(draft)
        else:
            groups.append([draft])
    return sorted((sorted(g, key=lambda d: d.cue.token) for g in groups), key=lambda g: g[0].cue.token)


def drop_doubles(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """The drafts without those that tell of another once more: a call, and «лидеры обсудили …» is no meeting."""
    covering = [d for d in drafts if scene.taxonomy.types[d.type].covers]
    return [draft for draft in drafts if not any(is_double(draft, other, scene) for other in covering)]


def is_double(draft: Draft, other: Draft, scene: Scene) -> bool:
    """Whether a draft stands right beside one of the same people whose type covers its own, and nothing parts them."""
    if draft.type not in scene.taxonomy.types[other.type].covers:
        return False
    gap = scene.sentence[draft.cue.token] - scene.sentence[other.cue.token]
    people = find_actors(draft)
    same = len(people) > 1 and people == find_actors(other) and draft.status == other.status
    return same and 0 <= gap <= 1 and draft.when == other.when


def rate_group(draft: Draft, group: Sequence[Draft], scene: Scene, models: Mapping[str, LinearModel]) -> float:
    """The mean probability that a draft tells of the same event as each of a group."""
    return sum(rate_pair(*order(draft, other), scene, models["same"]) for other in group) / len(group)


def rate_pair(first: Draft, second: Draft, scene: Scene, model: LinearModel) -> float:
    """The probability that two drafts, in the order of the text, tell of one event."""
    probability = model.probability(pair_features(first, second, scene), first.type)
    again = is_headline(first, second, scene) or is_once(first, second, scene)
    return max(probability, AGAIN) if again else probability


def is_headline(first: Draft, second: Draft, scene: Scene) -> bool:
    """The title tells what the text tells again: the same actors or fewer, days that meet, one status."""
    if scene.sentence[first.cue.token] > 0 or scene.sentence[second.cue.token] == 0 or first.status != second.status:
        return False
    who = compare_sets(find_actors(first), find_actors(second))
    return who in ("equal", "part") and compare_dates(first.days, second.days) in ("equal", "within", "one", "none")


def is_once(first: Draft, second: Draft, scene: Scene) -> bool:
    """A type of which an actor has one in an article («заявил … подчеркнул»), and the same actor."""
    return scene.taxonomy.types[first.type].once and not find_actors(first).isdisjoint(find_actors(second))


def order(a: Draft, b: Draft) -> tuple[Draft, Draft]:
    """Two drafts in the order of the text."""
    return (a, b) if a.cue.token <= b.cue.token else (b, a)


def strength(draft: Draft) -> float:
    """Drafts that name their actors come first: the others join them."""
    return draft.probability + 0.5 * min(len(find_actors(draft)), 2)


def pair_features(first: Draft, second: Draft, scene: Scene) -> list[str]:
    """What tells whether two drafts of one type, in the order of the text, tell of one event."""
    gap = scene.sentence[second.cue.token] - scene.sentence[first.cue.token]
    title = scene.sentence[first.cue.token] == 0
    relations = {
        role: compare_sets(find_actors(first, role), find_actors(second, role))
        for role in ("participant", "country", "target", "place")
    }
    dates = compare_dates(first.days, second.days)
    return list(
        dict.fromkeys(
            [
                "bias",
                f"gap={min(gap, 5)}|title={title}",
                f"who={relations['participant']}",
                f"who={relations['participant']}|gap={min(gap, 2)}",
                f"who={relations['participant']}|dates={dates}",
                f"who={relations['participant']}|country={relations['country']}",
                f"country={relations['country']}|target={relations['target']}",
                f"place={relations['place']}",
                f"place={relations['place']}|dates={dates}",
                f"target={relations['target']}",
                f"dates={dates}",
                f"title={title}|who={relations['participant']}",
                f"title={title}|country={relations['country']}|dates={dates}",
                f"title={title}|place={relations['place']}",
                f"all={relations['participant']}|{relations['country']}|{dates}",
                f"status={first.status}>{second.status}",
                f"status={first.status}>{second.status}|dates={dates}",
                *word_features(first, second, scene, gap),
            ]
        )
    )


def word_features(first: Draft, second: Draft, scene: Scene, gap: int) -> Iterator[str]:
    """Lemmas, whether one governs the other, and words that tell events apart («также», «отдельно», «затем»)."""
    lemmas = scene.lemma(first.cue.token), scene.lemma(second.cue.token)
    yield f"lemma={lemmas[0] == lemmas[1]}|gap={min(gap, 2)}"
    yield f"second={lemmas[1]}"
    yield f"pair={lemmas[0]}>{lemmas[1]}"
    if gap == 0:
        governs = first.cue.token == second.cue.governor or second.cue.token == first.cue.governor
        yield f"governs={governs}|same={first.cue.governor == second.cue.governor}"
        yield f"far={min((second.cue.token - first.cue.token) // 5, 3)}"
    token = scene.tokens[second.cue.token]
    for child in (*token.children, *(token.head.children if token.head is not token else ())):
        if child.pos_ in ("ADV", "PART", "ADJ", "DET"):
            yield f"word={scene.lemma(child.i)}"


def compare_sets(a: frozenset[str], b: frozenset[str]) -> str:
    """How two sets of entities relate."""
    if not a or not b:
        return "none" if not a and not b else "one"
    if a == b:
        return "equal"
    if a <= b or b <= a:
        return "part"
    return "overlap" if a & b else "apart"


def compare_dates(first: tuple[date, date] | None, second: tuple[date, date] | None) -> str:
    """How two stretches of days relate."""
    if first is None or second is None:
        return "none" if first is None and second is None else "one"
    if first == second:
        return "equal"
    if first[0] <= second[1] and second[0] <= first[1]:
        return "within"
    return "near" if abs((first[0] - second[0]).days) <= 3 else "apart"
