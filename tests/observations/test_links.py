"""Which addresses are live links."""

from __future__ import annotations

import pytest

from comity.observations.case import read_case
from comity.observations.links import registrable, why_not_linked
from observations.known import CASES


@pytest.mark.parametrize(
    ("publisher", "address", "reliability", "why"),
    [
        ("TASS", "https://tass.com/world/1", "state agency", ""),
        ("ТАСС", "https://tass.ru/1", "state agency", ""),
        ("Интерфакс", "https://www.interfax.ru/1", "agency", ""),
        ("Коммерсантъ", "https://www.kommersant.ru/doc/1", "press", ""),
        ("State Duma", "http://duma.gov.ru/en/news/1/", "official", ""),
        ("UK Government", "https://www.gov.uk/1", "official", ""),
        ("俄罗斯卫星通讯社", "https://big5.sputniknews.cn/1", "state agency", ""),
        ("NPC website (China Daily)", "http://en.npc.gov.cn.cdurl.cn/1", "official", "other domain"),
        ("TASS", "https://tass.com.news-of-the-day.net/1", "state agency", "other domain"),
        ("UK Government", "https://gov.uk.example.net/1", "official", "other domain"),
        ("TASS", "https://tass.com@evil.example/1", "state agency", "no address"),
        ("TASS", "javascript:alert(1)", "state agency", "no address"),
        ("TASS", "", "state agency", "no address"),
        ("新华社 (mirror)", "http://m.zc8013.com/1", "state media", "mirror"),
        ("新华社", "http://m.zc8013.com/1", "state media mirror", "mirror"),
        ("Daily", "https://daily.example/1", "scraper", "scraper"),
        ("Daily (scraped)", "https://daily.example/1", "press", "scraper"),
        ("Daily", "https://daily.example/1", "official document copy", "copy"),
    ],
)
def test_an_address_is_linked_only_if_it_is_its_publishers_own(publisher: str, address: str, reliability: str, why: str) -> None:
    assert why_not_linked({"publisher": publisher, "address": address, "reliability": reliability}) == why


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("en.people.cn", "people.cn"),
        ("www.china.org.cn", "china.org.cn"),
        ("nipcexit.blogspot.com", "nipcexit.blogspot.com"),
        ("webtest.parliament.uk", "parliament.uk"),
    ],
)
def test_a_domain_is_what_somebody_registered(host: str, domain: str) -> None:
    assert registrable(host) == domain


def test_of_the_real_sources_only_the_plain_ones_are_linked() -> None:
    not_linked = {
        source["id"]
        for path in CASES.glob("*.yaml")
        for source in read_case(path.read_bytes(), place=path.name)["sources"]
        if why_not_linked(source)
    }
    assert {"zc8013-20180705", "scraper-2025", "npc-20220913", "cns-20060529", "cultpa-20250428", "seed"} <= not_linked
    assert not not_linked & {"people-20250826", "tassru-24866719", "duma-zh-61964", "govuk-pc2", "ukparl-20230706"}
    assert len(not_linked) == 16
