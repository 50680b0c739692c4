"""CLOSING: what the closing formula says of the languages, and whether the versions say the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from comity.texts.checks.finding import Finding, finding
from comity.texts.closing import FORCE
from comity.texts.model import TextVersion

_LANGUAGES: Final[Mapping[str, str]] = {
    "zh": r"\bChinese\b|\bкитайск\w+|中文|汉文|华文|漢文|\bchinoise?\b|\bchino\b",
    "ru": r"\bRussian\b|\bрусск\w+|俄文|\brusse\b|\bruso\b",
    "en": r"\bEnglish\b|\bанглийск\w+|英文|\banglaise?\b|\binglés\b",
    "fr": r"\bFrench\b|\bфранцузск\w+|法文|\bfrançaise?\b|\bfrancés\b",
    "es": r"\bSpanish\b|\bиспанск\w+|西班牙文|西文|\bespagnole?\b|\bespañol\b",
    "ar": r"\bArabic\b|\bарабск\w+|阿拉伯文|\barabe\b|\bárabe\b",
    "kk": r"\bKazakh\b|\bказахск\w+|哈萨克文",
    "mn": r"\bMongolian\b|\bмонгольск\w+|蒙古文|蒙文",
    "be": r"\bBelarusian\b|\bбелорусск\w+|白俄罗斯文",
}
SENTENCES: Final = {
    "prevails": "The versions contradict each other on which language prevails ({said}).",
    "force": "The versions contradict each other on whether the texts have equal force ({said}).",
}
_PREVAILS: Final = re.compile(
    r"(?i:shall prevail|prevails|преимущественн\w+ сил|имеет преимуществ\w+|за основу (?:принимается|бер[её]тся))"
    r"|(?i:prévaudra|fera foi|prevalecerá)"
    r"|以[^，。]{1,6}(?:文本|文)?为准|以[^，。]{1,6}本為準|优先"
)
_DIVERGENCE: Final = re.compile(
    r"(?i:in case of|in the event of|в случае|en cas de|en caso de)[^.。;；]*"
    r"|(?:如|若|在)[^。；]{0,12}(?:分歧|不一致|歧义|争议)[^。；]*"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """What one version's closing formula says: the languages it names, whether they are of equal force, and which prevails ("" for
    none)."""

    eid: str
    text: str
    languages: frozenset[str]
    is_equal: bool
    prevailing: str


def read_formula(version: TextVersion) -> Formula | None:
    """The closing formula of a version, or None if it has none that speaks of languages."""
    for line in version.conclusions:
        named = frozenset(tag for tag, pattern in _LANGUAGES.items() if re.search(pattern, line.text))
        force = FORCE.search(line.text)
        if line.kind == "formula" and (named or force):
            prevailing = ""
            if match := _PREVAILS.search(line.text):
                divergence = next((part for part in _DIVERGENCE.finditer(line.text) if part.start() <= match.start() <= part.end()), None)
                words = divergence[0] if divergence else line.text[max(0, match.start() - 40) : match.end()]
                prevailing = next((tag for tag, pattern in _LANGUAGES.items() if re.search(pattern, words)), "unnamed")
                if prevailing == "unnamed":
                    prevailing = next(
                        (tag for tag in ("en", "ru", "zh") if re.search({"en": "英", "ru": "俄", "zh": "中"}[tag], words)), "unnamed"
                    )
            return Formula(line.eid, line.text, named, bool(force), prevailing)
    return None


def check_formula(versions: Mapping[str, TextVersion]) -> list[Finding]:
    """CLOSING: no formula, a language named without a version or the reverse, versions that contradict each other on force."""
    out: list[Finding] = []
    found = {language: read_formula(version) for language, version in versions.items()}
    authentic = {language.split("-")[0] for language, version in versions.items() if version.status == "authentic"}
    for language, formula in found.items():
        if formula is None:
            out.append(
                finding(
                    "CLOSING",
                    "formula_1",
                    "{language} has no closing formula on languages.",
                    {language: []},
                    severity="warning",
                    language=language,
                )
            )
            continue
        span = {language: [(0, len(formula.text))]}
        for tag in sorted(authentic - formula.languages):
            out.append(finding("CLOSING", formula.eid, "The formula does not name {language}.", span, language=tag))
        for tag in sorted(formula.languages - authentic):
            said = "The formula names {language}, of which there is no authentic version."
            out.append(finding("CLOSING", formula.eid, said, span, language=tag))
        if not formula.is_equal and not formula.prevailing:
            out.append(finding("CLOSING", formula.eid, "The formula does not say what force the languages have.", span, severity="warning"))
    known = {language: formula for language, formula in found.items() if formula}
    for template, values in (
        (
            SENTENCES["prevails"],
            {language: formula.prevailing for language, formula in known.items()},
        ),
        (
            SENTENCES["force"],
            {language: "yes" if formula.is_equal else "no" for language, formula in known.items()},
        ),
    ):
        if len(set(values.values())) > 1:
            spans = {language: [(0, len(known[language].text))] for language in values}
            said = ", ".join(f"{language}: {value or 'none'}" for language, value in values.items())
            out.append(finding("CLOSING", next(iter(known.values())).eid, template, spans, said=said))
    return out
