"""Which address of a source may be a live link: only one that is plainly its publisher's own. The others are kept and shown, not linked.

Missing beats wrong: an address is linked only if its registrable domain and the publisher's printed name recognise each other, by their
letters (Cyrillic romanised) or by the list of well-known publishers. A name in front of somebody else's domain does not count
(``en.npc.gov.cn.cdurl.cn`` is cdurl.cn).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

type Why = Literal["", "no address", "mirror", "copy", "scraper", "other domain"]

# Publishers whose domain does not spell their name.
_WELL_KNOWN = {
    "interfax": ("интерфакс",),
    "people": ("人民网", "人民日报"),
    "news": ("新华", "xinhua", "شينخوا"),
    "xinhuanet": ("新华", "xinhua"),
    "stcn": ("证券时报", "人民财讯"),
    "worldjournal": ("世界日報",),
    "chinaru": ("中俄资讯网",),
    "wikisource": ("維基文庫", "维基文库"),
    "sputniknews": ("卫星通讯社", "衛星通訊社"),
    "taiwan": ("中国台湾网",),
    "dp": ("деловой петербург",),
    "zjol": ("浙江在线",),
    "europarl": ("european parliament",),
    "niassembly": ("northern ireland assembly",),
}
_GOVERNMENTS = {"gov.cn": ("中國政府網", "中国政府网"), "gov.uk": ("uk government",)}
_SHARED = frozenset({"blogspot.com", "squarespace.com", "europa.eu", "wordpress.com", "gov.uk", "gov.cn", "gov.ru"})
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_GENERIC = frozenset({"news", "online", "press", "daily", "blog", "page", "pages", "website", "copy", "www"})
_ROMAN = dict(zip("абвгдеёзийклмнопрстуфыэъь", (*"abvgdeeziyklmnoprstufye", "", ""), strict=True)) | {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
}


def why_not_linked(source: Mapping[str, Any]) -> Why:
    """Why the address of *source* (its fields ``address``, ``publisher``, ``reliability``) is not linked; empty if it is."""
    marks = f"{source.get('reliability', '')} {source.get('publisher', '')}".lower()
    if "scrape" in marks:
        return "scraper"
    if "mirror" in marks:
        return "mirror"
    if "copy" in marks:
        return "copy"
    address = str(source.get("address") or "")
    parts = urlsplit(address)
    if not address or parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        return "no address"
    return "" if _akin(parts.hostname, str(source.get("publisher", ""))) else "other domain"


def registrable(host: str) -> str:
    """The part of a host name that somebody has registered, by the usual second levels: ``big5.sputniknews.cn`` → ``sputniknews.cn``."""
    labels = host.lower().rstrip(".").split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    if ".".join(labels[-2:]) in _SHARED and len(labels) > 2:
        keep = 3
    return ".".join(labels[-keep:])


def _akin(host: str, publisher: str) -> bool:
    said = publisher.lower()
    domain = registrable(host)
    for suffix, names in _GOVERNMENTS.items():
        if (host == suffix or host.endswith(f".{suffix}")) and any(name in said for name in names):
            return True
    stem = _letters(domain.split(".")[0])
    if any(name in said for name in _WELL_KNOWN.get(stem, ())):
        return True
    name = _letters(said)
    if _letters(domain) in name or (len(stem) >= 3 and stem in name):
        return True
    words = (_letters(word) for word in re.split(r"[\s()/,.]+", said))
    return any(len(word) >= 4 and word not in _GENERIC and word in stem for word in words)


def _letters(text: str) -> str:
    """Latin letters and digits only, Cyrillic romanised."""
    return re.sub(r"[^a-z0-9]", "", "".join(_ROMAN.get(character, character) for character in text.lower()))
