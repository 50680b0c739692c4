"""Sentences that frame a text: the formula that ends a preamble, and the closing formula with the signature block."""

from __future__ import annotations

import re
from typing import Final

_ENACTING: Final = re.compile(
    r"(?i:(?:have |has )?(?:agreed|agree|proclaims?|declares?|states?|decided|resolved)\b[^.;]{0,60}"
    r"(?:as follows|following(?: articles| provisions)?)\s*[:.]?$"
    r"|(?:договорились|согласились|заявляют|провозглашает|решили|постановляют)[^.;]{0,60}(?:нижеследующ\w+|следующ\w+)\s*[:.]?$"
    r"|(?:sont|est) convenue?s? (?:de |des )[^.;]{0,40}(?:suit|suivantes)\s*[:.]?$"
    r"|(?:han convenido|acuerdan|convienen)[^.;]{0,40}(?:siguiente|siguientes|sigue)\s*[:.]?$)"
    r"|(?:协议|議定|议定|商定|达成|聲明|声明|宣布|约定)[^。；]{0,16}(?:如下|下列条款|下列條款)\s*[：:。]?$|爰議定條款如下[：:]?$"
)
_FORMULA: Final = re.compile(
    r"(?i:done|signed|adopted|in witness whereof|the present \w+ (?:was|has been) (?:done|signed|adopted))\b"
    r"|(?i:совершено|подписано|составлено|принято|в удостоверение чего)\b"
    r"|(?i:настоящ\w+ \w+ (?:подписано|подписан|совершено|составлено|принято|принят))\b"
    r"|(?i:fait à|fait en|signé à|adopté à|en foi de quoi|hecho en|firmado en|adoptad[oa] en|en fe de lo cual|en testimonio de lo cual)"
    r"|(?:以昭信守|為此|为此，?(?:下列|双方))|本[^，。]{1,14}于[^，。]{2,40}(?:签署|签订|签字|订立|通过|发表|签于)"
    r"|(?:[^，。]{0,20})?订于|签(?:署|订)?于|[^。]{0,60}(?:一式[两二三四五六]份|同等作准|同等效力|同一作准)"
)
_SIGNATORY: Final = re.compile(
    r"(?:For|On behalf of|За|От|От имени|Pour|Por)\s+(?:the\s+|la\s+|le\s+|el\s+)?\S.{0,120}$"
    r"|.{1,40}(?:代表|代表团团长)(?:[（(]签字[）)])?$"
)
FORCE: Final = re.compile(
    r"(?i:equally authentic|equal(?:ly)? (?:force|valid)|одинаков\w+ сил\w|равн\w+ (?:юридическ\w+ )?сил\w|аутентичн\w+"
    r"|faisant également foi|igualmente auténtic\w+)|同等作准|同等效力|同一作准"
)
"""Words that say the language versions are of equal force."""
_ENDED: Final = (".", "。", ";", "；", ":", "：", "!", "?")


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence or an introduction does, rather than as a heading."""
    return text.rstrip("»”\"'）)").endswith(_ENDED)


def is_enacting(text: str) -> bool:
    """Whether a paragraph leads from the preamble to what was agreed ("Have agreed as follows:", "договорились о нижеследующем:",
    "协议如下：")."""
    return bool(_ENACTING.search(text))


def is_closing_formula(text: str) -> bool:
    """Whether a paragraph opens the conclusions ("Done at …", "Совершено в …", "本公报于……签署，一式两份")."""
    return bool(_FORMULA.match(text)) and (ends_sentence(text) or len(text) > 40 or bool(FORCE.search(text)))


def is_signatory(text: str) -> bool:
    """Whether a short line names for whom somebody signs ("For the Assembly", "За Собрание", "……代表")."""
    return bool(_SIGNATORY.match(text)) and not ends_sentence(text)


def conclusions_start(lines: list[str]) -> int:
    """Index of the first line of the conclusions; `len(lines)` if the text has none.

    A closing formula counts only in the last lines of a text, since "Adopted …" may also begin an ordinary paragraph.
    """
    first = max(1, len(lines) - 24)
    for index in range(first, len(lines)):
        if is_closing_formula(lines[index]) and all(
            len(line) < 200 or is_closing_formula(line) or FORCE.search(line) for line in lines[index + 1 :]
        ):
            return index
    for index in range(first, len(lines)):
        if is_signatory(lines[index]) and all(not ends_sentence(line) and len(line) < 140 for line in lines[index:]):
            return index
    return len(lines)
