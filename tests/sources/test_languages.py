"""Languages: the text tells, the label only where the text does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.records import Article
from kg.sources.languages import find_language, primary
from tests.sources.making import TEXT, read_all, write

TEXTS = {
    "ru": TEXT,
    "uk": "Президент України заявив, що переговори з польською стороною про постачання газу відбудуться у Варшаві. Він "
    "також сказав, що на зустрічі були міністри, які підписали угоду, та що це буде важливо для всіх.",
    "be": "Прэзідэнт Беларусі заявіў, што перамовы з кітайскім бокам пра пастаўкі адбудуцца ў Мінску. Ён таксама "
    "сказаў, што на сустрэчы былі міністры, якія падпісалі пагадненне, і што гэта вельмі важна для ўсіх.",
    "bg": "Президентът на България каза, че преговорите с гръцкия премиер за доставките на газ ще се проведат в София. "
    "Той заяви, че на срещата са били министрите, които са подписали споразумение, и че това е важно за всички.",
    "sr": "Председник Србије је рекао да ће преговори са мађарском страном о испоруци гаса бити у Београду. Он је "
    "изјавио да су на састанку били министри који су потписали споразум и да је то важно за све.",
    "kk": "Қазақстан Президенті Астанада Ресей Президентімен келіссөз жүргізді деп хабарлады. Ол кездесуде министрлер "
    "мен өкілдер болды және бұл келісім екі ел үшін маңызды деді, сондай ақ газ туралы айтты.",
    "ky": "Кыргыз Республикасынын Президенти Бишкекте Казакстандын Президенти менен жолугушту деп билдирди. Ал бул "
    "келишим эки өлкө үчүн маанилүү экенин айтты жана газ тууралуу сүйлөшүү болуп өттү, ошондой эле министрлер бар.",
    "tg": "Президенти Тоҷикистон бо сарвазири Покистон дар Душанбе мулоқот кард. Ӯ гуфт, ки ин созишнома барои ҳар ду "
    "кишвар муҳим аст ва аз ҷониби вазирон ба имзо расид, ки дар он бораи газ низ сухан рафт.",
    "uz": "Ўзбекистон Президенти Тошкентда Қозоғистон Президенти билан учрашув ўтказди. У бу келишув икки давлат учун "
    "муҳим эканини айтди ва газ ҳақида ҳам гап бўлди, ушбу ҳужжат вазирлар томонидан имзоланган эди.",
    "en": "The president said that talks with the Polish side on the supply of gas would be held in Warsaw. He also "
    "said that the ministers who were at the meeting have signed an agreement and that this is important for all.",
    "de": "Der Präsident sagte, dass die Gespräche mit der polnischen Seite über die Lieferung von Gas in Warschau "
    "stattfinden werden. Auch die Minister haben sich nach dem Treffen zu dem Abkommen geäußert.",
    "fr": "Le président a déclaré que les entretiens avec la partie polonaise sur la livraison de gaz se tiendront "
    "dans la capitale. Les ministres qui ont participé à la réunion ont signé un accord pour les pays.",
    "tr": "Cumhurbaşkanı bu görüşmenin iki ülke için çok önemli olduğunu söyledi ve gaz anlaşması ile ilgili olarak da "
    "bir açıklama yaptı. Ayrıca bakanlar arasında imzalanan bu metin daha sonra yayımlandı.",
    "und": "Suomen presidentti matkusti Varsovaan, missä hän keskusteli Puolan presidentin kanssa kaasusta ja maiden "
    "suhteista. Myös ministerit allekirjoittivat sopimuksen, joka koskee kauppaa.",
    "zh": "俄罗斯总统普京抵达哈萨克斯坦进行国事访问，并与总统举行会谈。"
    "双方讨论了天然气供应问题，并签署了联合声明，强调两国战略伙伴关系的重要性。",
}


@pytest.mark.parametrize("lang", [lang for lang in TEXTS if lang not in ("und", "zh")])
@pytest.mark.parametrize("stated", ["ru", "en", "zh"])
def test_text_tells_its_language(lang: str, stated: str) -> None:
    assert find_language(Article("x", TEXTS[lang], lang=stated)) == lang


@pytest.mark.parametrize("lang", ["und", "zh"])
def test_text_in_an_unknown_language_is_not_taken_for_russian(lang: str) -> None:
    assert find_language(Article("x", TEXTS[lang], lang="ru")) == "und"
    assert find_language(Article("x", TEXTS[lang], lang="xx")) == "xx"


@pytest.mark.parametrize("stated", ["ru", "kk", "en", "ru-RU", "xx"])
def test_short_text_has_the_stated_one(stated: str) -> None:
    assert find_language(Article("x", "Путин прибыл", lang=stated)) == stated


def test_tag_with_a_region_is_kept() -> None:
    assert find_language(Article("x", TEXT, lang="ru-RU")) == "ru-RU"


@pytest.mark.parametrize(("stated", "tag"), [("ru_RU", "ru-RU"), ("rus", "ru"), ("Russian", "ru"), ("RU", "RU")])
def test_tags_are_written_in_one_way(stated: str, tag: str) -> None:
    assert find_language(Article("x", "Путин прибыл", lang=stated)) == tag
    assert primary(stated) == "ru"


def test_short_text_in_letters_that_russian_does_not_have() -> None:
    text = "Қазақстан Президенті Қасым-Жомарт Тоқаев Астанада келіссөз жүргізді"
    assert find_language(Article("x", text, lang="ru")) == "und"


def test_made_up_news_is_russian_or_doubtful() -> None:
    folder = Path(__file__).parents[1] / "annotations"
    reads = read_all(folder)
    assert len(reads) > 800
    assert {read.lang for read in reads if isinstance(read, Article)} == {"ru"}


def test_names_are_no_words() -> None:
    text = "Но Му Хён и Ираклий Гарибашвили провели телефонный разговор. Но Му Хён пригласил гостя посетить Сеул. "
    assert find_language(Article("x", text * 3)) == "ru"


def test_label_gives_way(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", [{"text": TEXTS["en"], "lang": "ru"}, {"text": TEXT, "lang": "en"}])
    assert [read.lang for read in read_all(path) if isinstance(read, Article)] == ["en", "ru"]
