"""The invented texts of the demonstration, in three languages each."""

from __future__ import annotations

COMMUNIQUE_3 = {
    "zh-Hans": """阿尔维纳国民议会与凯尔莫议会合作委员会第三次会议联合公报

阿尔维纳国民议会与凯尔莫议会合作委员会第三次会议于2025年11月20日在奥斯特雷尔举行。

第一条
双方回顾了第二次会议以来的工作，认为两议会的交流已成为两国关系的重要支柱。

第二条
双方商定每年举行一次法律工作者联合研讨会，并于2026年9月30日前举办首次研讨会。

第三条
阿尔维纳方面承诺在2026年6月30日前提供边境水域管理法的完整译文。

第四条
凯尔莫方面承诺在2026年12月31日前将友好条约实施情况报告提交本国议会审议。

第五条
双方将在多边论坛上就水资源问题加强立场协调。
""",
    "ru": """Совместное коммюнике третьего заседания Комитета по сотрудничеству Национального собрания Арвены и Парламента Кельмора

Третье заседание Комитета по сотрудничеству Национального собрания Арвены и Парламента Кельмора состоялось 20 ноября 2025 года в Остреле.

Статья 1
Стороны рассмотрели работу, проделанную после второго заседания, и отметили, что обмены между двумя парламентами стали важной опорой отношений двух стран.

Статья 2
Стороны договорились ежегодно проводить совместный семинар юристов и провести первый семинар не позднее 30 сентября 2026 года.

Статья 3
Сторона Арвены обязуется не позднее 30 июня 2026 года предоставить полный перевод закона об управлении пограничными водами.

Статья 4
Сторона Кельмора обязуется не позднее 31 декабря 2026 года внести в свой парламент доклад о выполнении договора о дружбе.

Статья 5
Стороны будут теснее согласовывать позиции по вопросам водных ресурсов на многосторонних форумах.
""",
    "en": """Joint Communiqué of the Third Meeting of the Committee for Cooperation of the National Assembly of Arvena and the Parliament of Kelmor

The third meeting of the Committee for Cooperation of the National Assembly of Arvena and the Parliament of Kelmor was held in Ostrel on 20 November 2025.

Article 1
The sides reviewed the work done since the second meeting and noted that exchanges between the two parliaments have become an important pillar of relations between the two countries.

Article 2
The sides agreed to hold a joint seminar of legal drafters every year, and to hold the first seminar not later than 30 September 2026.

Article 3
The side of Arvena undertakes to provide a complete translation of the law on the management of border waters not later than 30 June 2026.

Article 4
The side of Kelmor undertakes to lay a report on the implementation of the treaty of friendship before its parliament not later than 31 December 2026.

Article 5
The sides will align their positions on water resources more closely in multilateral forums.
""",
}

# What is marked in that communiqué: the provision, and the words in each language.
COMMITMENTS_3 = (
    (
        "art_2",
        {
            "zh-Hans": "每年举行一次法律工作者联合研讨会，并于2026年9月30日前举办首次研讨会",
            "ru": "ежегодно проводить совместный семинар юристов и провести первый семинар не позднее 30 сентября 2026 года",
            "en": "to hold a joint seminar of legal drafters every year, and to hold the first seminar not later than 30 September 2026",
        },
    ),
    (
        "art_3",
        {
            "zh-Hans": "在2026年6月30日前提供边境水域管理法的完整译文",
            "ru": "не позднее 30 июня 2026 года предоставить полный перевод закона об управлении пограничными водами",
            "en": "to provide a complete translation of the law on the management of border waters not later than 30 June 2026",
        },
    ),
    (
        "art_4",
        {
            "zh-Hans": "在2026年12月31日前将友好条约实施情况报告提交本国议会审议",
            "ru": "не позднее 31 декабря 2026 года внести в свой парламент доклад о выполнении договора о дружбе",
            "en": "to lay a report on the implementation of the treaty of friendship before its parliament not later than 31 December 2026",
        },
    ),
    (
        "art_5",
        {
            "zh-Hans": "在多边论坛上就水资源问题加强立场协调",
            "ru": "теснее согласовывать позиции по вопросам водных ресурсов на многосторонних форумах",
            "en": "align their positions on water resources more closely in multilateral forums",
        },
    ),
)

COMMUNIQUE_4 = {
    "zh-Hans": """第四次会议联合公报（草案）

合作委员会第四次会议将于2026年12月8日在凯尔莫首府塔林达举行。

第一条
双方将总结友好条约实施情况，并确定周年纪念活动计划。

第二条
双方商定自2027年起每两年互派立法实习人员。
""",
    "ru": """Совместное коммюнике четвёртого заседания (проект)

Четвёртое заседание Комитета по сотрудничеству состоится 8 декабря 2026 года в Талинде, столице Кельмора.

Статья 1
Стороны подведут итоги выполнения договора о дружбе и утвердят план юбилейных мероприятий.

Статья 2
Стороны договорились с 2027 года раз в два года обмениваться стажёрами законодательных служб.
""",
    "en": """Joint Communiqué of the Fourth Meeting (draft)

The fourth meeting of the Committee for Cooperation will be held on 8 December 2026 in Talinda, the capital of Kelmor.

Article 1
The sides will take stock of the implementation of the treaty of friendship and adopt the plan of the anniversary year.

Article 2
The sides agreed to exchange trainees of their legislative services every two years from 2027.
""",
}

MECHANISM = (
    ("en", "Committee for Cooperation of the National Assembly of Arvena and the Parliament of Kelmor"),
    ("zh-Hans", "阿尔维纳国民议会与凯尔莫议会合作委员会"),
    ("ru", "Комитет по сотрудничеству Национального собрания Арвены и Парламента Кельмора"),
)
MECHANISM_BY_SIDE = (
    ("kelmor", "en", "Joint Committee of the Parliament of Kelmor and the National Assembly of Arvena"),
    ("kelmor", "ru", "Совместный комитет Парламента Кельмора и Национального собрания Арвены"),
    ("kelmor", "zh-Hans", "凯尔莫议会与阿尔维纳国民议会联合委员会"),
)
SERIES = (("en", "Meetings of the Committee"), ("zh-Hans", "委员会会议"), ("ru", "Заседания Комитета"))
OSTREL = (("en", "Ostrel"), ("zh-Hans", "奥斯特雷尔"), ("ru", "Острел"))
TALINDA = (("en", "Talinda"), ("zh-Hans", "塔林达"), ("ru", "Талинда"))

EVIDENCE = """Parliament of Kelmor, Legal Department
Minutes of the joint seminar of legal drafters, Talinda, 17 September 2026
Present: 14 drafters of Arvena, 16 of Kelmor. Six sessions were held; the papers are kept by both secretariats.
"""
NOTE_DONE = "The seminar was held in Talinda on 17 September 2026 with thirty participants."
NOTE_ARVENA_KEPT = "Held in time, with drafters of both services."
NOTE_KELMOR_PARTLY = "The first seminar was held. That it will be held every year is not yet settled: no date is agreed for 2027."
