"""Roles and places read again: what one sentence leaves open, the other events of the article tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.language import Language

from kg.knowledge.taxonomy import load_taxonomy
from kg.records import Article, Event
from kg.text.casting import RECAST, Casting
from kg.text.components.events import EventFinder
from kg.text.drafts import make_context, recast_group
from kg.text.extract import doc_extraction
from kg.text.knowledge import load_gazetteer
from kg.text.location import Search
from kg.text.pipeline import article_doc
from kg.text.scene import make_scene
from kg.text.surroundings import Surroundings

VISIT = (
    "Президент Казахстана Касым-Жомарт Токаев 4 сентября прибыл в Бишкек с официальным визитом. "
    "В резиденции «Ала-Арча» его встретил президент Киргизии Садыр Жапаров. "
    "Затем главы государств провели переговоры и подписали совместное заявление. "
    "Вечером в честь гостя был дан официальный приём."
)


def find_surroundings(nlp: Language) -> list[Surroundings]:
    """Each draft of the visit among the others."""
    doc = nlp(article_doc(nlp, Article("visit", VISIT)))
    finder = nlp.get_pipe("event_finder")
    assert isinstance(finder, EventFinder)
    context = make_context(make_scene(doc, load_gazetteer(), load_taxonomy("ru")), finder.models)
    return [Surroundings(context, draft) for draft in context.drafts]


def find_event(nlp: Language, kind: str) -> Event:
    """The one event of a type in the visit."""
    found = doc_extraction(nlp(article_doc(nlp, Article("visit", VISIT))))
    return next(event for event in found.events if event.type == kind)


@pytest.mark.parametrize("kind", ["Talks", "Signing", "Reception"])
def test_event_is_where_the_visit_is(nlp: Language, kind: str) -> None:
    assert "city/bishkek" in {place.id for place in find_event(nlp, kind).select("place")}


@pytest.mark.parametrize("kind", ["Talks", "Signing"])
def test_heads_of_state_are_those_of_the_visit(nlp: Language, kind: str) -> None:
    names = {person.name for person in find_event(nlp, kind).select("participant")}
    assert names == {"Касым-Жомарт Токаев", "Садыр Жапаров"}


def test_shared_features_are_weighed_as_if_each_had_them_alone(nlp: Language) -> None:
    models = nlp.get_pipe("event_finder").models  # type: ignore[attr-defined]
    for around in find_surroundings(nlp):
        for role in RECAST:
            casting, model = Casting(around, role), models[f"{role}-2"]
            for entity in casting.list_candidates():
                features = casting.list_features(entity)
                assert len(features) == len(set(features))
                assert casting.rate(entity, model) == pytest.approx(model.probability(features, around.draft.type))
        search, model = Search(around), models["place-2"]
        scores = [model.score(found.features, around.draft.type) for found in search.list_locations()]
        assert search.list_scores(model) == pytest.approx(scores)


def test_only_the_surest_mention_is_asked_who_takes_part(nlp: Language) -> None:
    finder = nlp.get_pipe("event_finder")
    assert isinstance(finder, EventFinder)
    first, second = find_surroundings(nlp)[:2]
    weak = replace(second.draft, probability=0.1, roles={("participant", "person/nobody"): 0.3})
    read = recast_group([first.draft, weak], first.context, finder.models)
    assert read[0].roles != first.draft.roles
    assert read[1].roles["participant", "person/nobody"] == 0.3
    assert any(role == "place" for role, _ in read[1].roles)


def test_what_is_said_is_read_once(nlp: Language) -> None:
    finder = nlp.get_pipe("event_finder")
    assert isinstance(finder, EventFinder)
    first, *_ = find_surroundings(nlp)
    said = replace(first.draft, type="Statement")
    assert recast_group([said], first.context, finder.models) == [said]
