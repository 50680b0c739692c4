"""Invented content for the gallery's larger pieces: a joint text, a signing, commitments."""

from __future__ import annotations

from typing import Any

from comity.desk.design.sample import arvena, kelmor, one_side, pair, say
from comity.desk.design.seal import State


def text() -> dict[str, Any]:
    """A joint text in three languages with an error, an open bracket, a commitment and a remark."""
    note = say("批注", "Пометки", "checks, marks, precedents")

    def alternatives(first: str, second: str, left: str, right: str) -> dict[str, Any]:
        return {
            "alternatives": [
                {"standing": one_side(0), "name": left, "parts": [first]},
                {"standing": one_side(1), "name": right, "parts": [second]},
            ]
        }

    rows = [
        {
            "id": "art_1",
            "number": 1,
            "label": say("第一条", "Статья 1", "Article 1"),
            "cells": [
                {
                    "lang": "zh-Hans",
                    "parts": [
                        {"text": "每年不迟于3月31日，各方应向另一方送交其上一年度通过的饮用水和防洪法律清单", "mark": "commit"},
                        "。",
                    ],
                },
                {
                    "lang": "ru",
                    "parts": [
                        {
                            "text": "Ежегодно не позднее 31 марта каждая сторона направляет другой стороне "
                            "перечень принятых ею в предыдущем году законов о питьевой воде и о защите от паводков",
                            "mark": "commit",
                        },
                        ".",
                    ],
                },
                {
                    "lang": "en",
                    "parts": [
                        {
                            "text": "Not later than 31 March of each year each side shall send the other a list "
                            "of the laws on drinking water and flood protection that it adopted in the preceding year",
                            "mark": "commit",
                        },
                        ".",
                    ],
                },
            ],
            "notes": [
                {
                    "title": say("承诺 18/1", "Обязательство 18/1", "Commitment 18/1"),
                    "lines": [
                        say(
                            "共同。每年3月31日到期。三种语言均已引用。",
                            "Совместное. Срок 31 марта, ежегодно. Приведено на трёх языках.",
                            "Joint. Due 31 March, every year. Quoted in all three languages.",
                        )
                    ],
                    "links": [{"url": "#", "label": say("打开", "Открыть", "Open")}],
                }
            ],
        },
        {
            "id": "art_2",
            "number": 2,
            "label": say("第二条", "Статья 2", "Article 2"),
            "cells": [
                {
                    "lang": "zh-Hans",
                    "parts": [
                        "一方提出的比较法资料请求，另一方应在",
                        {"text": "六十日", "mark": "at-stop", "number": 1, "ref": "n1"},
                        "内答复。",
                    ],
                },
                {
                    "lang": "ru",
                    "parts": [
                        "На запрос одной стороны о сравнительно-правовых сведениях другая сторона даёт ответ в течение ",
                        {"text": "тридцати дней", "mark": "at-stop", "number": 1, "ref": "n1"},
                        ".",
                    ],
                },
                {
                    "lang": "en",
                    "parts": [
                        "A request by one side for information on comparative law shall be answered by the other within ",
                        {"text": "sixty days", "mark": "at-stop", "number": 1, "ref": "n1"},
                        ".",
                    ],
                },
            ],
            "notes": [
                {
                    "id": "n1",
                    "kind": "stop",
                    "number": 1,
                    "title": say("错误：数字不一致", "Ошибка: числа расходятся", "Error: the numbers differ"),
                    "lines": [
                        say("中文六十，俄文三十，英文六十", "китайский 60, русский 30, английский 60", "Chinese 60, Russian 30, English 60")
                    ],
                    "links": [
                        {"url": "#", "label": say("更正俄文", "Исправить русский", "Correct the Russian")},
                        {"url": "#", "label": say("附理由放行", "Снять с обоснованием", "Waive, with a reason")},
                    ],
                }
            ],
        },
        {
            "id": "art_3",
            "number": 3,
            "label": say("第三条", "Статья 3", "Article 3"),
            "cells": [
                {
                    "lang": "zh-Hans",
                    "parts": [
                        "防洪联合工作组由两国轮流主办，",
                        alternatives("每年举行两次会议。", "每年举行四次会议。", "阿尔维纳", "凯尔莫"),
                    ],
                },
                {
                    "lang": "ru",
                    "parts": [
                        "Совместная рабочая группа по защите от паводков собирается поочерёдно в двух странах ",
                        alternatives("два раза в год.", "четыре раза в год.", "Арвена", "Кельмор"),
                    ],
                },
                {
                    "lang": "en",
                    "parts": [
                        "A joint working group on flood protection shall meet in turn in the two countries ",
                        alternatives("twice a year.", "four times a year.", "Arvena", "Kelmor"),
                    ],
                },
            ],
            "notes": [
                {
                    "kind": "care",
                    "title": say("方括号未决", "Открытые скобки", "Open bracket"),
                    "lines": [
                        say("凯尔莫坚持2025年的措辞。", "Кельмор сохраняет формулировку 2025 года.", "Kelmor keeps its wording of 2025.")
                    ],
                }
            ],
        },
        {
            "id": "art_4",
            "number": 4,
            "label": say("第四条", "Статья 4", "Article 4"),
            "cells": [
                {
                    "lang": "zh-Hans",
                    "parts": [
                        "各方每年可邀请另一方",
                        {"text": "至多五名", "mark": "at-info", "number": 2, "ref": "n2"},
                        "青年议员到其图书馆考察。",
                    ],
                },
                {
                    "lang": "ru",
                    "parts": [
                        "Каждая сторона вправе ежегодно приглашать ",
                        {"text": "до пяти", "mark": "at-info", "number": 2, "ref": "n2"},
                        " молодых депутатов другой стороны в свою библиотеку.",
                    ],
                },
                {
                    "lang": "en",
                    "parts": [
                        "Each side may invite each year ",
                        {"text": "up to five", "mark": "at-info", "number": 2, "ref": "n2"},
                        " young members of the other to its library.",
                    ],
                },
            ],
            "notes": [
                {
                    "id": "n2",
                    "number": 2,
                    "title": say("偏离商定用语", "Отход от согласованной формулы", "Departs from agreed language"),
                    "lines": [
                        say(
                            "2025年第三次会议第五条：至多三名",
                            "Третье заседание 2025 г., статья 5: до трёх",
                            "Third meeting, 2025, article 5: up to three",
                        )
                    ],
                }
            ],
        },
    ]
    return {
        "number": say("第18号", "№ 18", "No. 18"),
        "columns": [
            {"lang": "zh-Hans", "note": "作准文本", "shown": say("1", "", "")},
            {"lang": "ru", "note": "аутентичный текст", "shown": say("", "1", "")},
            {"lang": "en", "note": "authentic text", "shown": say("", "", "1")},
        ],
        "rows": rows,
        "titles": [
            {"lang": "zh-Hans", "text": "第四次会议联合公报"},
            {"lang": "ru", "text": "Совместное коммюнике четвёртого заседания"},
            {"lang": "en", "text": "Joint Communiqué of the Fourth Meeting"},
        ],
        "standing": pair(State.OPEN),
        "more": say("提出的内容不约束任何一方。", "Внесённое никого не обязывает.", "What is put forward binds nobody."),
        "facts": [
            {
                "label": kelmor(),
                "value": say(
                    "就第三条等待阿尔维纳，14小时", "ждёт Арвену по статье 3, 14 часов", "waits for Arvena on article 3, 14 hours"
                ),
            },
            {"label": arvena(), "value": say("不等待任何一方", "никого не ждёт", "waits for nobody")},
        ],
        "errors_title": say("尚不能通过", "Пока нельзя принять", "It cannot be adopted yet"),
        "margin_note": note,
    }


def signing() -> dict[str, Any]:
    """Who has signed, and the exact text."""
    return {
        "number": say("第17号", "№ 17", "No. 17"),
        "standing": pair(State.OPEN, 1),
        "parties": [
            {
                "name": say("阿尔维纳国民议会", "Национальное собрание Арвены", "National Assembly of Arvena"),
                "what": say("尚未：等待您签署", "Ещё нет: ждёт вас", "Not yet: waits for you"),
                "note": say("托万·布雷尔，需一人签署", "Тован Брел, нужна одна подпись", "Tovan Brel, one signature needed"),
            },
            {
                "name": say("凯尔莫议会", "Парламент Кельмора", "Parliament of Kelmor"),
                "what": say("2026年11月12日16:40签署", "Подписано 12 ноября 2026 г., 16:40", "Signed 12 November 2026, 16:40"),
                "note": say("阿伦·维尔，秘书长", "Арен Велл, генеральный секретарь", "Aren Vell, secretary general"),
            },
        ],
        "title": say("三个文件，一项文书。", "Три файла, один акт.", "Three files, one act."),
        "tag": say("三种文本同等作准", "аутентичны все три", "authentic in all three"),
        "texts": [
            {
                "lang": "zh-Hans",
                "head": "更正",
                "paragraphs": [
                    "双方商定：第三次会议联合公报俄文本第二条中的“十五”应为“五十”，以与中文本和英文本一致。",
                    "更正后的文本自始取代原文本。",
                ],
                "read": True,
            },
            {
                "lang": "ru",
                "head": "Исправление",
                "paragraphs": [
                    "Стороны согласились, что в статье 2 русского текста вместо «пятнадцати» следует читать «пятидесяти».",
                    "Исправленный текст заменяет прежний с самого начала.",
                ],
                "read": True,
            },
            {
                "lang": "en",
                "head": "Rectification",
                "paragraphs": [
                    "The sides have agreed that in article 2 of the Russian text, for “fifteen” there shall be read “fifty”.",
                    "The corrected text replaces the former text from the beginning.",
                ],
                "unread": True,
            },
        ],
        "links": [{"url": "#", "label": "Akoma Ntoso"}, {"url": "#", "label": "PDF"}],
    }


def board() -> dict[str, Any]:
    """Three commitments: assessed differently, overdue, a pledge."""
    not_yet = say("未评价", "не оценено", "not assessed")
    nobody = pair(State.OPEN)

    def bodies(first: str, second: str) -> list[dict[str, str]]:
        return [{"party": arvena(), "letter": arvena()[0], "name": first}, {"party": kelmor(), "letter": kelmor()[0], "name": second}]

    library, service = (
        say("法律图书馆", "Юридическая библиотека", "Law Library"),
        say("研究部", "Исследовательская служба", "Research Service"),
    )
    article = {"text": say("第三次会议，第二条", "Третье заседание, статья 2", "Third meeting, article 2"), "url": "#"}
    joint = say("共同", "совместное", "joint")
    part, none = say("部分履行", "выполнено частично", "kept in part"), say("未履行", "не выполнено", "not kept")
    return {
        "caption": say("承诺", "Обязательства", "Commitments"),
        "sides": [
            {"says": say("阿尔维纳的评价", "Арвена считает", "Arvena says")},
            {"says": say("凯尔莫的评价", "Кельмор считает", "Kelmor says")},
        ],
        "items": [
            {
                "standing": pair(State.IN_FORCE),
                "number": 11,
                "url": "#",
                "nature": joint,
                "place": article,
                "lang": "en",
                "quote": "“…shall answer a request for information on flood law within fifty days.”",
                "responsible": bodies(library, service),
                "due": say("逐项请求", "по каждому запросу", "each request"),
                "said": [
                    {"party": arvena(), "standing": one_side(0), "verdict": part, "note": "2026-11-03"},
                    {"party": kelmor(), "standing": one_side(1), "verdict": none, "note": "2026-11-06"},
                ],
                "difference": [
                    {
                        "standing": one_side(0),
                        "head": f"{arvena()}: {part}",
                        "text": say(
                            "五项请求中四项按时答复。",
                            "На четыре из пяти запросов ответ дан в срок.",
                            "Four of five requests were answered in time.",
                        ),
                        "meta": "2026-11-03",
                        "link": {"url": "#", "label": "A 146"},
                    },
                    {
                        "standing": one_side(1),
                        "head": f"{kelmor()}: {none}",
                        "text": say(
                            "第五项请求涉及春汛；汛期之后的答复不是答复。",
                            "Пятый запрос касался весеннего паводка; ответ после сезона не ответ.",
                            "The fifth request concerned the spring flood. An answer after the season is no answer.",
                        ),
                        "meta": "2026-11-06",
                        "link": {"url": "#", "label": "K 150"},
                    },
                ],
                "steps": [
                    {"text": say("第二条", "Статья 2", "Article 2"), "url": "#"},
                    {"text": say("生效", "в силе", "in force")},
                    {"text": say("两项评价", "две оценки", "2 assessments")},
                ],
            },
            {
                "standing": pair(State.IN_FORCE),
                "number": 12,
                "nature": joint,
                "place": article,
                "lang": "ru",
                "quote": "«…совместно публикуют библиографию права о паводках.»",
                "responsible": bodies(library, service),
                "due": "2026-09-26",
                "overdue": say("逾期54天", "просрочено на 54 дня", "overdue 54 days"),
                "due_note": say("尚无报告", "отчёта ещё нет", "no report yet"),
                "said": [
                    {"party": arvena(), "standing": nobody, "verdict": not_yet},
                    {"party": kelmor(), "standing": nobody, "verdict": not_yet},
                ],
            },
            {
                "standing": one_side(0),
                "number": 14,
                "nature": say("单方承诺", "обещание", "pledge"),
                "lang": "zh-Hans",
                "quote": "“阿尔维纳将把其《水法》译成中文和俄文。”",
                "responsible": bodies(say("水务委员会", "Комитет по водам", "Committee on Waters"), ""),
                "due": "2026-12-18",
                "due_note": say("还有29天", "через 29 дней", "in 29 days"),
                "said": [
                    {"party": arvena(), "standing": one_side(0), "verdict": say("为时尚早", "рано судить", "too early")},
                    {"party": kelmor(), "standing": nobody, "verdict": not_yet},
                ],
            },
        ],
    }
