"""What a text's work, expressions and files are called (OASIS Akoma Ntoso Naming Convention 1.0)."""

from __future__ import annotations

from typing import Final

from comity.texts.model import TextMeta

_ALPHA3: Final = {
    **{"ar": "ara", "be": "bel", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "hi": "hin", "it": "ita", "ja": "jpn"},
    **{"kk": "kaz", "ko": "kor", "ky": "kir", "mn": "mon", "pt": "por", "ru": "rus", "sr": "srp", "tg": "tgk", "tr": "tur", "uz": "uzb"},
    **{"vi": "vie", "zh": "zho"},
}


def work_uri(meta: TextMeta) -> str:
    """FRBR work URI, the same for all languages: `/akn/xx/statement/2026-11-12/joint-communique`."""
    return f"/akn/{meta.country}/statement/{meta.date}/{meta.slug}"


def expression_uri(meta: TextMeta, language: str) -> str:
    """FRBR expression URI: the work in one language and version.

    The Naming Convention wants three-letter codes; a script is kept (`zho-hant`), so that two scripts of one language stay two expressions.
    """
    primary, _, rest = language.partition("-")
    code = _ALPHA3.get(primary, primary)
    tail = "" if rest in {"", "Hans"} else f"-{rest.lower()}"
    return f"{work_uri(meta)}/{code}{tail}@{meta.date}"


def file_name(language: str) -> str:
    """Name of the file as an act's subject: `text.zh-Hans.akn.xml`."""
    return f"text.{language}.akn.xml"
