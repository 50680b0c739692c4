"""Russian speech that no verb announces: labels of a transcript, and a colon behind a line that names who speaks."""

from __future__ import annotations

import re

from comity.press.attribution import Attribution, clean, sentences_in
from comity.press.nearby import Nearby
from comity.press.segment import Layout

_LABEL = re.compile(r"(?P<who>[А-ЯЁ](?:[^:.!?«»\n]|(?<=\b[А-ЯЁ])\.){0,70}?\.?)(?P<cue>:)\s(?=[А-ЯЁ«—–])")
_ASKS = re.compile(
    r"(?:Вопрос|В|Корреспондент\w*|Корр\.?|Журналист\w*|Ведущ\w+|Модератор|Интервьюер|Репорт[её]р|Редакция|Из зала)(?![а-яё])",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"(?:Ответ|О)\.?")
_NO_NAME = re.compile(
    r"(?:Справка|Фото|Источник|Контакты|Тел|Дата|Место|Тема|Повестка|Примечание|Читайте|Цитата|Важно|Напомним|Итог|Главное|Смотрите)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"(?:мы|я|нам|мне)", re.IGNORECASE)
_DASH = re.compile(r"[—–-]\s")
_NAMES = re.compile(r"[А-ЯЁ][а-яё-]+\s[А-ЯЁ][а-яё]{2,}|(?<![а-яё])(?:он|она)(?![а-яё])|\s[А-ЯЁ][а-яё]{3,}(?:\s[а-яё]+){0,3}$")
_LAST_NAME = re.compile(r"(?<=[\s«])(?:[А-ЯЁ][а-яё-]+\s){1,2}[А-ЯЁ][а-яё-]{2,}$")
_NO_SPEECH = re.compile(
    r"назван|девиз|лозунг|надпис|плакат|вывеск|заголов|тем[аыу]\s|слоган|песн|фильм|книг|баннер|табличк|под\sшапкой", re.IGNORECASE
)


def of_label(layout: Layout, a: Attribution) -> bool:
    """Whether a cue of the first person only goes on with what its paragraph's label says: "Осканен: … Мы готовы …"."""
    text = layout.text
    if a.source is None or _FIRST_PERSON.fullmatch(text, *a.source) is None:
        return False
    start, end = layout.paragraph_of(a.cue[0])
    return _LABEL.match(text, start, end) is not None or _DASH.match(text, start, end) is not None


def transcript(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """Every sentence behind the label of an answer, in a text that is a transcript: two labels at least, one of which asks."""
    text = layout.text
    labels = [
        (p, m)
        for p in layout.paragraphs
        if ":" in text[p[0] : p[0] + 75] and (m := _LABEL.match(text, *p)) and not _NO_NAME.match(m["who"])
    ]
    asking = [p for p, m in labels if _ASKS.fullmatch(m["who"].split("(")[0].strip()) or text[slice(*p)].rstrip("»” ").endswith("?")]
    if not asking or len(labels) < 2:
        return []
    contents, out = Nearby((a.content, a) for a in found), []
    for paragraph, label in labels:
        if paragraph in asking:
            continue
        answers = _ANSWERS.fullmatch(label["who"]) is not None
        source = None if answers else label.span("who")
        for number, part in enumerate(sentences_in(layout, (label.end(), paragraph[1]))):
            if not any(a.source is not None for a in contents.at(*part)) and text[part[1] - 1] != "?":
                lemma = "answer" if answers else ":"
                out.append(Attribution(part, label.span("cue"), source, lemma, "say", "colon", continued=number > 0))
    return out


def announced(layout: Layout, found: list[Attribution]) -> list[Attribution]:
    """``Министр развёл руками: «…»``: somebody is named before the colon, and only quotation marks tell that he speaks."""
    text, out = layout.text, []
    contents = Nearby((a.content, a) for a in found)
    for q in layout.quotations:
        at = q.outer[0]
        while at > 0 and text[at - 1] == " ":
            at -= 1
        if not q.closed or at < 12 or text[at - 1] != ":" or q.outer == q.inner or contents.at(*q.inner):
            continue
        sentence = next((s.span for s in layout.sentences_within(at - 1, at) if s.span[0] < at), None)
        if sentence is None or len(text[slice(*q.inner)].split()) < 2:
            continue
        named = _LAST_NAME.search(text, sentence[0], at - 1)
        source = named.span() if named else (sentence[0], at - 1)
        words = text[slice(*source)]
        names = named is not None or (len(words.split()) >= 3 and _NAMES.search(words) is not None)
        if names and not _NO_SPEECH.search(text, *sentence):
            out.append(Attribution(clean(text, *q.inner), (at - 1, at), source, ":", "say", "quote"))
    return out
