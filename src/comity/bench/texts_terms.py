"""A glossary for measuring the check of terms, written from general use and not from the texts it is measured on."""

from __future__ import annotations

from typing import Final

from comity.texts.terms import Concept, Register, Term

_ROWS: Final = """
least developed countries = наименее развитые страны = 最不发达国家
developing countries = развивающиеся страны = 发展中国家
small island developing States = малые островные развивающиеся государства = 小岛屿发展中国家
climate change = изменение климата = 气候变化
biodiversity = биоразнообразие | биологическое разнообразие = 生物多样性
international cooperation = международное сотрудничество = 国际合作
capacity-building = наращивание потенциала | укрепление потенциала = 能力建设
food security = продовольственная безопасность = 粮食安全
human rights = права человека = 人权
private sector = частный сектор = 私营部门
civil society = гражданское общество = 公民社会 | 民间社会
sustainable development = устойчивое развитие = 可持续发展
economic growth = экономический рост = 经济增长
public-private partnerships = партнёрства между государственным и частным секторами | государственно-частное партнёрство = 公私伙伴关系
genetic resources = генетические ресурсы = 遗传资源
official development assistance = официальная помощь в целях развития = 官方发展援助
World Trade Organization = Всемирная торговая организация = 世界贸易组织 | 世贸组织
decent work = достойная работа = 体面工作
ecosystems = экосистемы = 生态系统
poverty = нищета | бедность = 贫困 | 贫穷
sanitation = санитария = 环境卫生
desertification = опустынивание = 荒漠化
fisheries = рыболовство | рыбный промысел = 渔业
violence = насилие | насильственный = 暴力
"""


def register(split: str) -> Register:
    """Every second concept is for `dev`, the others are `held-out`."""
    rows = [line for line in _ROWS.strip().splitlines()]
    concepts = []
    for row in rows[0 if split == "dev" else 1 :: 2]:
        en, ru, zh = (part.strip() for part in row.split("="))
        terms = [Term("en", en)]
        for language, cell in (("ru", ru), ("zh-Hans", zh)):
            terms += [Term(language, text.strip(), "admitted" if place else "preferred") for place, text in enumerate(cell.split("|"))]
        concepts.append(Concept(en, tuple(terms)))
    return Register(tuple(concepts))
