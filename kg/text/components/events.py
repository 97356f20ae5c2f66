"""Events on the Doc: ``doc._.events``, from drafts that the models rate and grouping makes one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg.knowledge.gazetteer import Gazetteer
from kg.knowledge.taxonomy import Taxonomy, load_taxonomy
from kg.records import Argument, Entity, Event, Span
from kg.text.components.parser import Component
from kg.text.confidence import Proposal, event_features
from kg.text.context import Context
from kg.text.draft import Draft
from kg.text.drafts import make_context, make_drafts, recast_group
from kg.text.knowledge import load_gazetteer, load_own_models
from kg.text.language import load_language
from kg.text.location import list_wider
from kg.text.merging import drop_doubles, group_drafts
from kg.text.refs import find_span
from kg.text.scene import Scene, make_scene
from kg.text.settling import settle_roles
from kg.text.status import find_rank
from kg.text.structure import add_host, attach_parts, split_journeys, split_travellers
from kg.train.linear import LinearModel
from kg.train.settings import SHIFT

NAMED = 4  # names in a label
LIMITS = {"participant": 0.5, "country": 0.5, "target": 0.5, "place": 0.5}


class EventFinder(Component):
    """Writes ``doc._.events``."""

    def __init__(
        self, gazetteer: Gazetteer, taxonomy: Taxonomy, models: Mapping[str, LinearModel], shift: float, least: float
    ) -> None:
        self.gazetteer = gazetteer
        self.taxonomy = taxonomy
        self.models = models
        self.shift = shift
        self.least = least

    def annotate(self, docs: list[Doc]) -> None:
        for doc in docs:
            scene = make_scene(doc, self.gazetteer, self.taxonomy)
            doc._.events = self.find_events(scene)

    def find_events(self, scene: Scene) -> tuple[Event, ...]:
        """The events of an article in the order of the text."""
        events = [p.event for p in self.propose(scene) if p.event.confidence >= self.least]
        return attach_parts([replace(event, key=f"e{n}") for n, event in enumerate(events, 1)])

    def propose(self, scene: Scene) -> list[Proposal]:
        """Every event that the drafts may mean, each with its confidence."""
        proposed = list(self._make_proposals(scene))
        return [self._rate(proposal, proposed, scene) for proposal in proposed]

    def _make_proposals(self, scene: Scene) -> Iterator[Proposal]:
        for group in self.list_groups(make_context(scene, self.models, self.shift)):
            for event in self._split(make_event(group, scene), scene):
                if any(a.role in ("participant", "country") for a in event.arguments):
                    yield Proposal(add_host(event, self.gazetteer), group)

    def list_groups(self, context: Context) -> Iterator[list[Draft]]:
        """The drafts of each event, read again; grouping compares roles of the first reading."""
        drafts = drop_doubles(make_drafts(context, self.models), context.scene)
        for group in group_drafts(drafts, context.scene, self.models):
            yield recast_group(group, context, self.models)

    def _split(self, event: Event, scene: Scene) -> Iterator[Event]:
        """One visit for each traveller's country and each country travelled to."""
        for journey in split_travellers(event, scene.country_of):
            yield from split_journeys(journey, scene.country_of, self.gazetteer)

    def _rate(self, proposal: Proposal, proposed: Sequence[Proposal], scene: Scene) -> Proposal:
        """The event with the confidence that the model of whole events gives it beside the others."""
        model = self.models.get("event")
        if model is None:
            return proposal
        confidence = model.probability(event_features(proposal, proposed, scene), proposal.event.type)
        return replace(proposal, event=replace(proposal.event, confidence=round(min(0.99, max(0.01, confidence)), 3)))


def make_event(group: Sequence[Draft], scene: Scene) -> Event:
    """One event of a group of drafts: dates and status from the surest, whose sentence comes first as evidence.

    Its key is still to be given.
    """
    arguments = tuple(make_arguments(group, scene))
    best = max(group, key=lambda d: (scene.sentence[d.cue.token] > 0, d.probability))
    dated = [d for d in group if d.when is not None]
    when = best.when or (max(dated, key=lambda d: d.probability).when if dated else None)
    kind = best.type
    rank = next((r for d in group if (r := find_rank(scene, d.cue))), None) if kind == "Visit" else None
    token = scene.doc[best.cue.token]
    return Event(
        key="",
        type=kind,
        status=best.status,
        label=make_label(scene, kind, arguments),
        arguments=arguments,
        evidence=tuple(dict.fromkeys(find_evidence(scene, d) for d in (best, *group))),
        trigger=find_span(scene.doc, token.i, token.i + 1),
        when=when,
        rank=rank,
        topics=find_topics(scene, best),
        confidence=round(min(0.99, max(d.probability for d in group)), 3),
    )


def make_arguments(group: Sequence[Draft], scene: Scene) -> Iterator[Argument]:
    """The entities that reach a role's limit in any draft of the group, with what follows from them."""
    entities = {e.id: e for e in scene.entities}
    rated = settle_roles(group, scene.taxonomy.types[group[0].type])
    chosen = [(role, ident) for (role, ident), p in rated.items() if p >= LIMITS[role]]
    if group[0].type == "Statement":
        chosen = select_speaker(chosen, rated)
    chosen += imply_countries(chosen, scene, group[0].type)
    chosen += imply_places(chosen, scene, entities)
    for role, ident in dict.fromkeys(chosen):
        entity = entities.get(ident) or scene.gazetteer.entities[ident]
        yield Argument(role, entity, find_mention(scene, group, entity))


def imply_countries(chosen: Sequence[tuple[str, str]], scene: Scene, kind: str) -> Iterator[tuple[str, str]]:
    """Whoever takes part acts for a country: a person for that of the office, a body of a state for the state."""
    targets = {ident for role, ident in chosen if role == "target"}
    homes = {e.id: e.within for e in scene.entities if e.kind == "Organization" and e.within}
    for role, ident in chosen:
        country = scene.country_of.get(ident)
        home = country.id if country is not None else homes.get(ident, "")
        if role == "participant" and home.startswith("country/") and home not in targets:
            yield "country", home


def imply_places(
    chosen: Sequence[tuple[str, str]], scene: Scene, entities: Mapping[str, Entity]
) -> Iterator[tuple[str, str]]:
    """A venue lies in its city, a city in its country: every level that the article names."""
    for role, ident in chosen:
        if role == "place":
            yield from (("place", wider) for wider in list_wider(entities[ident], scene.gazetteer) if wider in entities)


def select_speaker(chosen: list[tuple[str, str]], rated: Mapping[tuple[str, str], float]) -> list[tuple[str, str]]:
    """A statement has one speaker: the likeliest."""
    speakers = sorted((key for key in chosen if key[0] == "participant"), key=lambda key: -rated[key])
    return speakers[:1] + [key for key in chosen if key[0] != "participant"]


def find_mention(scene: Scene, group: Sequence[Draft], entity: Entity) -> Span | None:
    """Where the sentences of a group name an entity."""
    here = {scene.sentence[d.cue.token] for d in group}
    ref = next((r for r in scene.refs_of.get(entity.id, ()) if scene.sentence[r.head] in here), None)
    return find_span(scene.doc, ref.start, ref.end) if ref is not None else None


def find_evidence(scene: Scene, draft: Draft) -> Span:
    """The sentence of a draft, without the white space around it."""
    sent = scene.doc[draft.cue.token].sent
    start, end = sent.start, sent.end
    while end > start + 1 and scene.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and scene.doc[start].is_space:
        start += 1
    return find_span(scene.doc, start, end)


def make_label(scene: Scene, kind: str, arguments: Sequence[Argument]) -> str:
    """A short label: the type in the article's language and who takes part, countries where nobody is named."""
    names = [a.entity.name for a in arguments if a.role == "participant"]
    names = names or [a.entity.name for a in arguments if a.role == "country"]
    more = f" {load_language().maps['labels.rest']['more']} {len(names) - NAMED}" if len(names) > NAMED else ""
    return f"{scene.taxonomy.types[kind].label}: {', '.join(names[:NAMED])}{more}"


def find_topics(scene: Scene, draft: Draft) -> tuple[str, ...]:
    """Topics whose words stand in the sentence and the next."""
    lemmas = scene.lemmas_in[scene.sentence[draft.cue.token]]
    return tuple(topic for topic, words in scene.taxonomy.topics.items() if words & lemmas)


@Pipeline.factory(
    "event_finder",
    default_config={"shift": SHIFT, "least": 0.5},
    requires=["doc._.refs", "doc._.dates"],
    assigns=["doc._.events"],
)
def make_event_finder(nlp: Pipeline, name: str, shift: float, least: float) -> EventFinder:
    """Events by frames and models; ``shift`` moves the probability from which a trigger counts."""
    return EventFinder(load_gazetteer(), load_taxonomy("ru"), load_own_models("ru"), shift, least)
