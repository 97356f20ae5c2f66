"""A made-up network of any size, to try the page with."""

from __future__ import annotations

import random
from collections.abc import Iterator

import networkx as nx  # type: ignore[import-untyped]

from kg.graph.network import Edge, Network, Node, Period, Quote, Source
from kg.graph.terms import Label

BASE = "https://w3id.org/dkg/id/"
TYPES = ("Talks", "Meeting", "Visit", "Summit", "Signing", "Statement", "PhoneCall", "Reception")
STATUSES = ("occurred", "occurred", "occurred", "planned", "cancelled")
TOPICS = ("topic/trade", "topic/security", "topic/energy")
CODES = (
    "RU", "KZ", "KG", "UZ", "TJ", "TM", "CN", "IN", "US", "FR", "DE", "GB", "TR", "IR", "SA",
    "AE", "EG", "ZA", "BR", "AR", "JP", "KR", "VN", "ID", "BY", "AM", "AZ", "GE", "MN", "RS",
)  # fmt: skip


def make_trial(size: int, seed: int = 1) -> Network:
    """A made-up network of ``size`` nodes: seven in ten are events, few actors take part in most of them."""
    dice = random.Random(seed)
    network: Network = nx.MultiDiGraph(base=BASE)
    things = {"Person": max(2, size // 5), "City": max(1, size // 15)}
    named = {kind: list(make_things(kind, count)) for kind, count in things.items()}
    named["Country"] = list(make_countries(max(2, size // 20)))
    for node in (node for nodes in named.values() for node in nodes):
        network.add_node(node.iri, record=node)
    for number in range(size - len(network)):
        add_event(network, number, named, dice)
    return network


def make_things(kind: str, count: int) -> Iterator[Node]:
    for number in range(count):
        label = Label(f"Участник Отчествович {number}-й", f"Participant {number}")
        yield Node(f"{BASE}{kind.lower()}/{number}", kind, kind, label)


def make_countries(count: int) -> Iterator[Node]:
    for code in CODES[:count]:
        yield Node(f"{BASE}country/{code}", "Country", "Country", Label(f"Страна {code}", f"Country {code}"), iso2=code)


def add_event(network: Network, number: int, named: dict[str, list[Node]], dice: random.Random) -> None:
    """One event with its roles; who takes part in many comes first in the list."""
    people, countries, cities = named["Person"], named["Country"], named["City"]
    day = f"{2015 + number % 11}-{1 + number % 12:02}-{1 + number % 28:02}"
    text = f"Стороны провели переговоры {number} о торговле, безопасности и транзите и условились о новой встрече."
    event = Node(
        f"{BASE}event/{number:012x}", "Event", dice.choice(TYPES), Label(f"переговоры {number}", f"talks {number}"),
        when=Period(day, None, day), status=dice.choice(STATUSES), topics=(dice.choice(TOPICS),),
        confidence=round(dice.uniform(0.4, 1), 2),
        quotes=(Quote(text, Source(f"{BASE}article/{number // 3}", f"Статья {number // 3}", day, None, "Вестник")),),
    )  # fmt: skip
    network.add_node(event.iri, record=event)
    roles = ["participant", "participant", "country", "country", "place"]
    for role, group in zip(roles, (people, people, countries, countries, cities), strict=True):
        target = group[int(len(group) * dice.random() ** 3)]
        network.add_edge(event.iri, target.iri, key=(role, None, None), record=Edge(role))
