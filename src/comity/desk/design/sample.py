"""Invented content for the gallery, in three languages. No parliament of this world stands here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from comity.desk.design.line import Age, Chart, Meeting, Moment, Series, Source
from comity.desk.design.seal import State
from comity.desk.design.words import Standing


def say(zh: str, ru: str, en: str) -> str:
    """One of three, by the active language."""
    return {"zh": zh, "ru": ru}.get((get_language() or "en").split("-")[0], en)


def arvena() -> str:
    return say("阿尔维纳", "Арвена", "Arvena")


def kelmor() -> str:
    return say("凯尔莫", "Кельмор", "Kelmor")


def pair(state: State, *signed: int, by: str = "", after: str = "") -> Standing:
    """The standing of an act of Arvena and Kelmor."""
    return Standing(2, frozenset(signed), state, (arvena(), kelmor()), by, after)


def one_side(party: int) -> Standing:
    return pair(State.OPEN, party)


def standings() -> list[dict[str, Any]]:
    """Every state for two, three, four, six and fourteen parties."""

    def many(parties: int, state: State) -> Standing:
        share = {State.OPEN: parties // 2, State.DECLINED: 1, State.WITHDRAWN: 1}.get(state, 0)
        return Standing(parties, frozenset(range(share)), state)

    rows: list[tuple[Standing, State]] = [
        (pair(State.OBSERVED), State.OBSERVED),
        (pair(State.OPEN), State.OPEN),
        (pair(State.OPEN, 0), State.OPEN),
        (pair(State.IN_FORCE, 0, 1), State.IN_FORCE),
        (pair(State.DISPUTED), State.DISPUTED),
        (pair(State.WITHDRAWN, 0, by=arvena()), State.WITHDRAWN),
        (pair(State.SUPERSEDED, 0, 1, after=say("第11号", "акт № 11", "No. 11")), State.SUPERSEDED),
        (pair(State.DECLINED, 0, by=kelmor()), State.DECLINED),
    ]
    return [{"two": standing, "more": [many(parties, state) for parties in (3, 4, 6, 14)]} for standing, state in rows]


def frame() -> dict[str, Any]:
    """What base.html needs."""
    labels = [
        (say("我的工作", "Моя работа", "My work"), 3),
        (say("机制", "Механизмы", "Mechanisms"), 0),
        (say("会议", "Заседания", "Meetings"), 0),
        (say("文本", "Тексты", "Texts"), 0),
        (say("承诺", "Обязательства", "Commitments"), 0),
        (say("收件箱", "Входящие", "Inbox"), 2),
        (say("新闻台", "Пресса", "Press desk"), 0),
        (say("记录", "Запись", "Record"), 0),
    ]
    return {
        "demonstration": {"reset": "#"},
        "home": "#",
        "node": {"name": say("阿尔维纳国民议会", "Национальное собрание Арвены", "National Assembly of Arvena")},
        "person": {"name": say("伊莱娜·马雷特", "Илена Марет", "Ilena Maret"), "role": say("起草人", "составитель", "drafter")},
        "search": {"action": "#"},
        "nav": [{"url": "#", "label": label, "count": count, "current": place == 3} for place, (label, count) in enumerate(labels)],
        "trail": [
            {"url": "#", "label": say("阿尔维纳—凯尔莫委员会", "Комитет «Арвена — Кельмор»", "Arvena–Kelmor Committee")},
            {"label": say("部件", "Элементы страниц", "Components")},
        ],
        "shown": say(
            "记录：阿尔维纳148条，凯尔莫151条。状态摘要 5c0e 91b7 20fd 4a66。",
            "Запись: Арвена 148, Кельмор 151. Отпечаток состояния 5c0e 91b7 20fd 4a66.",
            "Record at Arvena 148, Kelmor 151. State digest 5c0e 91b7 20fd 4a66.",
        ),
        "foot_links": [
            {"url": "#", "label": say("核验", "Проверить", "Verify")},
            {"url": "#", "label": say("下载", "Скачать", "Download")},
            {"url": "#", "label": say("词汇表", "Глоссарий", "Glossary")},
        ],
    }


class SampleForm(forms.Form):
    """One field of every kind, with a hint and an error where they are hard to set."""

    title = forms.CharField()
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    nature = forms.ChoiceField()
    audience = forms.ChoiceField(widget=forms.RadioSelect)
    authentic = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    sure = forms.BooleanField()
    file = forms.FileField(required=False)

    def __init__(self) -> None:
        super().__init__(data={"title": "", "nature": "joint", "audience": "parties", "authentic": ["zh", "ru", "en"]})
        words = {
            "title": (
                say("标题", "Название", "Title"),
                say("各方语言之一即可", "На одном из языков сторон", "In one language of the parties"),
            ),
            "note": (say("备注", "Примечание", "Note"), ""),
            "nature": (say("性质", "Характер", "Nature"), ""),
            "audience": (say("谁可以阅读", "Кто может читать", "Who may read it"), ""),
            "authentic": (say("作准语言", "Аутентичные языки", "Authentic languages"), ""),
            "sure": (say("我已通读全文", "Я прочитал текст до конца", "I have read the text to its end"), ""),
            "file": (say("附件", "Приложение", "Attachment"), say("至多 20 MB", "Не более 20 МБ", "20 MB at most")),
        }
        for name, (label, hint) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        choices = {
            "nature": [("joint", say("共同", "совместное", "joint")), ("pledge", say("单方承诺", "обещание", "pledge"))],
            "audience": [
                ("own", say("仅本方", "только своя сторона", "own side only")),
                ("parties", say("各方", "стороны", "the parties")),
                ("public", say("公开", "все", "everyone")),
            ],
            "authentic": [("zh", "中文"), ("ru", "Русский"), ("en", "English")],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]  # a choice field


def names() -> list[dict[str, str]]:
    return [
        {"lang": "zh-Hans", "text": "阿尔维纳—凯尔莫议会合作委员会"},
        {"lang": "ru", "text": "Комитет по межпарламентскому сотрудничеству Арвены и Кельмора"},
        {"lang": "en", "text": "Arvena–Kelmor Committee for Parliamentary Cooperation"},
    ]


def pieces() -> dict[str, Any]:
    """Samples of the general pieces."""
    third = say("第三次会议，第二条", "Третье заседание, статья 2", "Third meeting, article 2")
    return {
        "errors": [
            {
                "text": say(
                    "第二条：俄文本为三十日，中英文本为六十日",
                    "Статья 2: в русском тексте тридцать дней, в китайском и английском шестьдесят",
                    "Article 2: the Russian text says thirty days, the Chinese and the English say sixty",
                ),
                "url": "#art_2",
            },
            {
                "text": say("第三条：方括号未决", "Статья 3: открыты квадратные скобки", "Article 3: a bracket is open"),
                "url": "#art_3",
                "more": say("每种语言有两个备选", "по два варианта на каждом языке", "two alternatives in each language"),
            },
        ],
        "banner": say("已签署。该文书现已生效。", "Подписано. Акт вступил в силу.", "Signed. The act is in force."),
        "warning": say(
            "凯尔莫的日志缺两条；此处所示可能不是最新。",
            "Не хватает двух записей журнала Кельмора; показанное может быть не последним.",
            "Two entries of Kelmor’s log are missing; what stands here may not be the latest.",
        ),
        "buttons": [
            {"label": say("提出第6稿", "Внести версию 6", "Put forward version 6")},
            {"label": say("提交签署", "Предложить к подписанию", "Propose for signature"), "barred": "e1-title"},
            {"label": say("拒绝", "Отклонить", "Decline"), "kind": "quiet"},
            {"label": say("接受", "Принять", "Accept"), "small": True, "key": "A"},
        ],
        "links": [{"url": "#", "label": "PDF"}, {"url": "#", "label": "Akoma Ntoso"}],
        "facts": [
            {
                "label": say("内容", "Содержание", "Says"),
                "value": {"text": say("更正文本", "Исправить текст", "Correct a text"), "note": "texts/correct/1"},
            },
            {
                "label": say("替代", "Заменяет", "Replaces"),
                "value": {
                    "text": third,
                    "url": "#",
                    "note": say("自2025年11月20日生效", "в силе с 20 ноября 2025 г.", "in force since 20 November 2025"),
                },
            },
            {
                "label": say("文件", "Файлы", "Files"),
                "lines": [
                    {"text": "中文", "lang": "zh-Hans", "code": "60cae1d0…"},
                    {"text": "Русский", "lang": "ru", "code": "ed5ad332…"},
                    {"text": "English", "lang": "en", "code": "dbd3a49d…"},
                ],
            },
        ],
        "tasks": [
            {
                "text": say("您有权代表阿尔维纳签署", "Вы вправе подписать за Арвену", "You may sign for Arvena"),
                "done": True,
                "note": say(
                    "2026年9月1日授权，密钥尾号 7f2c",
                    "Мандат от 1 сентября 2026 г., ключ …7f2c",
                    "Mandate of 1 September 2026, key ending 7f2c",
                ),
            },
            {"text": say("将英文本读完", "Прочитать английский текст до конца", "Read the English to its end"), "url": "#", "number": 1},
            {
                "text": say(
                    "此处缺凯尔莫日志两条", "Не хватает двух записей журнала Кельмора", "Two entries of Kelmor’s log are missing here"
                ),
                "number": 2,
                "waiting": True,
                "note": say("已见151条中的149条。", "Видно 149 из 151.", "Seen 149 of 151."),
                "link": {"url": "#", "label": say("立即询问", "Запросить сейчас", "Ask now")},
            },
        ],
        "counts": [
            {"number": 24, "label": say("总计", "всего", "in all"), "url": "#"},
            {"number": 9, "label": say("双方均称已履行", "выполнено, так считают обе", "kept, both say so"), "url": "#"},
            {"number": 2, "label": say("评价不同", "оценены по-разному", "assessed differently"), "url": "#"},
            {"number": 3, "label": say("逾期", "просрочено", "overdue"), "url": "#"},
            {
                "number": say("7项中5项", "5 из 7", "5 of 7"),
                "label": say("职责要点已覆盖", "пунктов мандата охвачено", "mandate points covered"),
                "url": "#",
            },
        ],
        "columns": [
            say("日志", "Журнал", "Log"),
            {"label": say("条目", "Записи", "Entries"), "num": True},
            say("最近所见", "Последний раз", "Last seen"),
        ],
        "table": [
            {
                "cells": [
                    {"text": arvena()},
                    {"text": "148", "url": "#", "num": True, "label": say("条目", "Записи", "Entries")},
                    {"text": "12:04", "label": say("最近所见", "Последний раз", "Last seen")},
                ]
            },
            {
                "cells": [
                    {"text": kelmor()},
                    {"text": "151", "url": "#", "num": True, "label": say("条目", "Записи", "Entries")},
                    {
                        "text": "12:03",
                        "note": say("缺两条", "двух не хватает", "two missing"),
                        "label": say("最近所见", "Последний раз", "Last seen"),
                    },
                ]
            },
        ],
        "claims": [
            {
                "about": say("第十次会议的日期", "День десятого заседания", "Day of the tenth meeting"),
                "note": say(
                    "两种说法相符：开幕与工作会议。",
                    "Две версии совместимы: открытие и рабочее заседание.",
                    "Two fit together: opening and working session.",
                ),
                "versions": [
                    {
                        "value": "2025-08-25",
                        "sources": [{"name": "Lake Wire", "url": "#"}, {"name": "海港日报", "lang": "zh-Hans", "url": "#"}],
                    },
                    {"value": "2025-08-26", "sources": [{"name": "Вестник гавани", "lang": "ru", "url": "#"}]},
                    {
                        "value": "2025-08-22",
                        "sources": [{"name": "gate126", "why": say("镜像，未链接", "копия, без ссылки", "copy, not linked")}],
                    },
                ],
            }
        ],
        "legend": [
            {"standing": pair(State.IN_FORCE), "text": say("生效", "в силе", "in force")},
            {"standing": one_side(0), "text": say("阿尔维纳如是说", "так говорит Арвена", "Arvena has said so")},
            {"standing": one_side(1), "text": say("凯尔莫如是说", "так говорит Кельмор", "Kelmor has said so")},
            {"mark": "neq", "text": say("来源不一致", "источники расходятся", "sources disagree")},
        ],
        "digest": "a829e9f21a038f1fd04e6a4e480af525b1a5aa39978d1ac30a07c414b06a0223",
        "empty_title": say("尚无承诺", "Обязательств пока нет", "No commitments yet"),
        "empty_text": say(
            "双方签署的文本中作出标记的句子即成为承诺；双方各自评价其履行情况。",
            "Обязательством становится предложение, отмеченное в подписанном тексте; каждая сторона сама оценивает его выполнение.",
            "A sentence marked in a text that all have signed becomes a commitment; each side then says for itself whether it was kept.",
        ),
        "empty_buttons": [{"label": say("打开文本", "Открыть текст", "Open a text"), "url": "#"}],
    }


def chart() -> Chart:
    """Two series that merge, a working group that branches off, an age that is not a number of meetings."""
    source = (Source("Lake Wire", "#"), Source("海港日报", "#", "zh-Hans"))

    def meeting(key: str, when: str, ordinal: int, place: int, **more: Any) -> Meeting:
        towns = [say("奥斯特雷尔", "Острел", "Ostrel"), say("林德黑文", "Линдхейвен", "Lindhaven"), say("线上", "онлайн", "online")]
        title = say(f"第{ordinal}次会议，{towns[place]}", f"{ordinal}-е заседание, {towns[place]}", f"Meeting {ordinal}, {towns[place]}")
        said = when or say("日期未定", "дата не названа", "date not given")
        kind = say("会议", "заседание", "meeting")
        sides: tuple[Any, ...] = ("above", "below", "on")
        return Meeting(
            f"m-{key}-{ordinal}", when, title, said, str(ordinal), kind, towns[place], sides[place], url="#", sources=source, **more
        )

    signed = {"standing": pair(State.IN_FORCE)}
    first = [meeting("w", "2009-05", 1, 0), meeting("w", "2010-06-11", 2, 1), meeting("w", "2012", 3, 0, disputed=True)]
    second = [meeting("f", "2011-03-02", 1, 1), meeting("f", "2014-09-23", 2, 0)]
    days = ["2015-06-09", "2016-05-05", "2017-04-18", "2018-07-04", "2019-09-25", "2021-11-23", "2023-07-10", "2024-07-10"]
    joint = [meeting("j", day, place + 1, 2 if day.startswith("2021") else place % 2) for place, day in enumerate(days)]
    joint += [meeting("j", "2025-08-25", 9, 0, disputed=True, **signed), meeting("j", "", 10, 1, standing=one_side(0))]
    group = [meeting("g", "2024-03-25", 1, 0), meeting("g", "2024-06-20", 2, 1), meeting("g", "2025-03-25", 3, 0, **signed)]
    series = (
        Series(
            "w",
            say("水务委员会", "Комитет по водам", "Committee on Waters"),
            "2009-05",
            tuple(first),
            say("2009年设立", "создан в 2009 г.", "set up in 2009"),
            0,
            "j",
            silent=say("2012年后无消息", "после 2012 г. сведений нет", "not seen after 2012"),
        ),
        Series("f", say("防洪委员会", "Комитет по паводкам", "Committee on Floods"), "2011-03", tuple(second), lane=2, into="j"),
        Series(
            "j",
            say("阿尔维纳—凯尔莫委员会", "Комитет «Арвена — Кельмор»", "Arvena–Kelmor Committee"),
            "2015-06-09",
            tuple(joint),
            say("一个新委员会，重新编号", "один новый комитет, нумерация сначала", "one new committee, numbered from 1 again"),
            1,
        ),
        Series("g", say("联合工作组", "Совместная рабочая группа", "Joint working group"), "2024-03", tuple(group), lane=2, out_of="j"),
    )
    age = Age(
        say("委员会年龄，自2009年起算", "Возраст комитета, с 2009 года", "Age of the committee, counted from 2009"),
        "2009-05",
        "2024-05",
        say("15年", "15 лет", "15 years"),
        say(
            "第8次会议与15周年各按其线",
            "8-е заседание и 15 лет: верно каждое по своей линии",
            "8th meeting and 15th year: both right within their own line",
        ),
    )
    talks = (Meeting("t-1", "2013-09-07", say("议长会谈", "переговоры спикеров", "talks of the speakers"), "2013-09-07", url="#"),)
    moments = (
        Moment("2019-10", say("建交六十周年", "60 лет отношений", "60 years of relations")),
        Moment("2021-07", say("条约二十周年", "20 лет договору", "20 years of the treaty")),
    )
    return Chart(
        say("2009年至2026年四个系列的会议", "Заседания четырёх рядов с 2009 по 2026 год", "Meetings of four series from 2009 to 2026"),
        2009,
        2027,
        series,
        say("系列之外的会谈", "Переговоры вне рядов", "Talks outside the series"),
        talks,
        age,
        say("议程上的其他周年", "Другие годовщины в повестках", "Other anniversaries on its agendas"),
        moments,
    )
