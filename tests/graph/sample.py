"""A hand-made extraction that has something of everything the vocabulary knows."""

from __future__ import annotations

import datetime

from kg.records import Argument, Article, Document, Entity, Event, Extraction, Mention, Span, Tenure, When

TITLE = "Главы двух стран сели за стол в Бишкеке"
TEXT = (
    "В резиденции «Ынтымак Ордо» 26 ноября идут переговоры Владимира Путина и Садыра Жапарова.\n"
    "Гость прилетел в Бишкек накануне с государственным визитом.\n"
    "Стороны подготовили совместное заявление о союзничестве и помнят о договоре о дружбе.\n"
    "Президент России позвал коллегу на декабрьскую встречу СНГ в Санкт-Петербурге.\n"
    "Об этом рассказал Иван Придуманный, помощник президента.\n"
    "Экспедиция на озеро намечена на 27–29 ноября."
)

PUTIN = Entity("person/vladimir-putin", "Person", "Владимир Владимирович Путин", "Vladimir Putin")
JAPAROV = Entity("person/sadyr-japarov", "Person", "Садыр Нургожоевич Жапаров", "Sadyr Japarov")
AIDE = Entity("person/иван-придуманный", "Person", "Иван Придуманный", aliases=("Придуманный",), known=False)
RUSSIA = Entity("country/RU", "Country", "Россия", "Russia", iso2="RU")
KYRGYZSTAN = Entity("country/KG", "Country", "Киргизия", "Kyrgyzstan", iso2="KG")
BISHKEK = Entity("city/bishkek", "City", "Бишкек", "Bishkek", within="country/KG")
PETERSBURG = Entity("city/saint-petersburg", "City", "Санкт-Петербург", "Saint Petersburg", within="country/RU")
YNTYMAK = Entity("venue/yntymak-ordo", "Venue", "Ынтымак Ордо", "Yntymak Ordo", within="city/bishkek")
LAKE = Entity("region/озеро", "Region", "озеро", within="country/KG", known=False)
CIS = Entity("organization/cis", "Organization", "СНГ", "Commonwealth of Independent States")


def span(quote: str) -> Span:
    """Where a quote stands in the content."""
    start = f"{TITLE}\n{TEXT}".index(quote)
    return Span(start, start + len(quote))


def argue(**roles: tuple[Entity, ...]) -> tuple[Argument, ...]:
    """Arguments by role, without mentions."""
    return tuple(Argument(role, entity) for role, entities in roles.items() for entity in entities)


TALKS = Event(
    key="e1",
    type="Talks",
    status="ongoing",
    label="переговоры Владимира Путина и Садыра Жапарова",
    arguments=argue(
        participant=(PUTIN, JAPAROV), country=(RUSSIA, KYRGYZSTAN), host=(KYRGYZSTAN,), place=(YNTYMAK, BISHKEK)
    ),
    evidence=(span("В резиденции «Ынтымак Ордо» 26 ноября идут переговоры Владимира Путина и Садыра Жапарова."),),
    trigger=span("переговоры"),
    when=When("2025-11-26"),
    topics=("trade", "security"),
    documents=("d1",),
    part_of="e2",
    confidence=0.93,
)
VISIT = Event(
    key="e2",
    type="Visit",
    status="occurred",
    label="визит Владимира Путина в Киргизию",
    arguments=argue(participant=(PUTIN,), country=(RUSSIA, KYRGYZSTAN), host=(KYRGYZSTAN,), place=(BISHKEK,)),
    evidence=(span("Гость прилетел в Бишкек накануне с государственным визитом."),),
    trigger=span("прилетел"),
    when=When("2025-11-25"),
    rank="state",
)
INVITATION = Event(
    key="e3",
    type="Invitation",
    status="occurred",
    label="приглашение Садыра Жапарова",
    arguments=argue(participant=(PUTIN, JAPAROV), country=(RUSSIA, KYRGYZSTAN), target=(JAPAROV,)),
    evidence=(span("Президент России позвал коллегу"),),
    trigger=span("позвал"),
)
SUMMIT = Event(
    key="e4",
    type="Summit",
    status="planned",
    label="встреча СНГ",
    arguments=argue(participant=(CIS, JAPAROV), country=(KYRGYZSTAN,), host=(RUSSIA,), place=(PETERSBURG,)),
    evidence=(span("декабрьскую встречу СНГ в Санкт-Петербурге"),),
    trigger=span("встречу"),
    when=When("2025-12"),
)
STATEMENT = Event(
    key="e5",
    type="Statement",
    status="occurred",
    label="заявление Ивана Придуманного",
    arguments=argue(participant=(AIDE,), country=(RUSSIA,)),
    evidence=(span("Об этом рассказал Иван Придуманный"),),
    trigger=span("рассказал"),
    topics=("other",),
)
TRIP = Event(
    key="e6",
    type="Visit",
    status="planned",
    label="поездка на озеро",
    arguments=argue(participant=(AIDE,), place=(LAKE,)),
    evidence=(span("Экспедиция на озеро намечена на 27–29 ноября."),),
    trigger=span("Экспедиция"),
    when=When("2025-11-27", "2025-11-29"),
    rank="working",
)


def make_sample() -> Extraction:
    """The extraction of the invented article."""
    article = Article(
        id="made-up-1",
        title=TITLE,
        text=TEXT,
        published=datetime.date(2025, 11, 26),
        url="https://news.example/ru/1",
        source="Выдуманный вестник",
    )
    statement = Document(
        "d1", "JointStatement", "совместное заявление о союзничестве", "prepared", (RUSSIA, KYRGYZSTAN),
        (span("Стороны подготовили совместное заявление о союзничестве"),), 0.8,
    )  # fmt: skip
    treaty = Document(
        "d2", "Treaty", "договор о дружбе", "in_force", (RUSSIA, KYRGYZSTAN), (span("договоре о дружбе"),)
    )
    return Extraction(
        article=article,
        mentions=(
            Mention(span("Владимира Путина"), PUTIN),
            Mention(span("Садыра Жапарова"), JAPAROV),
            Mention(span("Бишкеке"), BISHKEK),
            Mention(span("Президент России"), PUTIN, 0.9),
        ),
        events=(TALKS, VISIT, INVITATION, SUMMIT, STATEMENT, TRIP),
        documents=(statement, treaty),
        tenures=(
            Tenure(PUTIN, "президент", RUSSIA, (span("Президент России"),), "president", 0.9),
            Tenure(AIDE, "помощник президента", RUSSIA, (span("Иван Придуманный, помощник президента"),)),
        ),
    )
