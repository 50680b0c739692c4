"""What states, topics and periods are called in the page's language."""

from __future__ import annotations

from functools import cache

from babel import Locale
from django.utils.translation import gettext as _

from comity.desk.accounts.models import page_language
from comity.desk.design.words import listed
from comity.desk.forums.engine import CODE, SEAT, STATE, Engine
from comity.desk.forums.library import named

# States that are no more, as their successors' territories have other names.
_FORMER: dict[str, dict[str, str]] = {
    "ROC": {"en": "Republic of China (until 1971)", "ru": "Китайская Республика (до 1971 года)", "zh": "中华民国（至1971年）"},
    "SUN": {"en": "Soviet Union", "ru": "СССР", "zh": "苏联"},
    "YUG": {"en": "Yugoslavia", "ru": "Югославия", "zh": "南斯拉夫"},
    "SCG": {"en": "Serbia and Montenegro", "ru": "Сербия и Черногория", "zh": "塞尔维亚和黑山"},
    "FRG": {"en": "Germany (Federal Republic, until 1990)", "ru": "ФРГ (до 1990 года)", "zh": "德意志联邦共和国（至1990年）"},
    "DDR": {"en": "German Democratic Republic", "ru": "ГДР", "zh": "德意志民主共和国"},
    "YAR": {"en": "Yemen Arab Republic", "ru": "Йеменская Арабская Республика", "zh": "阿拉伯也门共和国"},
    "YMD": {"en": "Democratic Yemen", "ru": "Народная Демократическая Республика Йемен", "zh": "民主也门"},
    "CSK": {"en": "Czechoslovakia", "ru": "Чехословакия", "zh": "捷克斯洛伐克"},
    "EAZ": {"en": "Zanzibar", "ru": "Занзибар", "zh": "桑给巴尔"},
}


def state_name(engine: Engine, state: str) -> str:
    """A state, or the seat that bears its id, in the page's language; what a file calls it if it has no other name."""
    if engine.forum.invented:
        from comity.forums.invented import state_names

        return named(state_names(state))
    return _state(page_language().split("-")[0], state) or _printed(engine, state)


@cache
def _state(language: str, state: str) -> str:
    from comity.forums.states import ISO2

    if state in _FORMER:
        return _FORMER[state].get(language, _FORMER[state]["en"])
    return str(Locale(language).territories.get(ISO2.get(state, ""), ""))


def _printed(engine: Engine, state: str) -> str:
    keys = engine.by(STATE).view.keys
    return engine.by(STATE).view.name(keys.index(state)) if state in keys else state


def unit_name(engine: Engine, key: str, unit: str = SEAT) -> str:
    """A seat by the name of the state that sat on it last; a state by its own; a code with all states that it stood for."""
    if unit != CODE:
        return state_name(engine, engine.columns(key, unit)[-1].state)
    names = dict.fromkeys(state_name(engine, voter.state) for voter in engine.columns(key, unit))
    said = listed(names)
    return said if key in names else _("%(names)s (%(code)s)") % {"names": said, "code": key}


def by_name(engine: Engine, keys: list[str], unit: str = SEAT) -> list[tuple[str, str]]:
    """(key, name) in the order of the names."""
    return sorted(((k, unit_name(engine, k, unit)) for k in keys), key=lambda pair: pair[1].casefold())


def topic_name(engine: Engine, code: str) -> str:
    """A topic in the page's language; official subjects stay as the forum prints them."""
    from comity.forums.importers.topics import NAMES
    from comity.forums.invented import TOPICS

    known = TOPICS if engine.forum.invented else NAMES
    return named(known[code]) if code in known else code


def period_name(by: str, period: str) -> str:
    """A session, a year or a span of sessions, said with its noun."""
    if by == "year":
        return _("year %(year)s") % {"year": period}
    return _("sessions %(span)s") % {"span": period.replace("-", "–")} if "-" in period else _("session %(number)s") % {"number": period}
