"""Terms of the invented committee: approved by both, proposed by one side, and those that only a file brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.cli.demo.people import House
    from comity.cli.demo.seed import Seeding

# key, Chinese, Russian, English; further words in brackets are admitted, after an exclamation mark forbidden.
APPROVED = (
    ("committee-for-cooperation", "合作委员会", "Комитет по сотрудничеству", "Committee for Cooperation"),
    ("joint-communique", "联合公报", "совместное коммюнике", "joint communiqué"),
    ("border-waters", "边境水域", "пограничные воды", "border waters"),
    ("treaty-of-friendship", "友好条约", "договор о дружбе", "treaty of friendship"),
    ("joint-seminar", "联合研讨会", "совместный семинар", "joint seminar"),
    ("legal-drafter", "法律工作者", "юрист", "legal drafter"),
    ("water-resources", "水资源", "водные ресурсы", "water resources"),
    ("multilateral-forum", "多边论坛", "многосторонний форум", "multilateral forum"),
    ("co-chair", "共同主席", "сопредседатель", "co-chair"),
    ("authentic-text", "作准文本", "аутентичный текст", "authentic text"),
)
PENDING = (
    ("arvena", "implementation-report", "实施情况报告", "доклад о выполнении", "report on implementation"),
    ("arvena", "anniversary-year", "周年", "юбилейный год", "anniversary year"),
    ("kelmor", "legislative-trainee", "立法实习人员", "стажёр законодательной службы", "trainee of a legislative service"),
    ("kelmor", "agreed-language", "商定措辞", "согласованные формулировки", "agreed language"),
)
CANDIDATES = (
    ("rules-of-procedure", "议事规则", "правила процедуры", "rules of procedure"),
    ("secretariat", "秘书处", "секретариат", "secretariat"),
    ("delegation", "代表团", "делегация", "delegation"),
    ("agenda", "议程", "повестка дня", "agenda"),
    ("minutes", "会议纪要", "протокол заседания", "minutes"),
    ("quorum", "法定人数", "кворум", "quorum"),
    ("plenary-meeting", "全体会议", "пленарное заседание", "plenary meeting"),
    ("working-group", "工作组", "рабочая группа", "working group"),
    ("sub-committee", "分委员会", "подкомитет", "sub-committee"),
    ("inter-parliamentary-exchange", "议会间交流", "межпарламентские обмены", "inter-parliamentary exchange"),
    ("bill", "法案", "законопроект", "bill"),
    ("reading", "审议阶段", "чтение", "reading"),
    ("ratification", "批准", "ратификация", "ratification"),
    ("entry-into-force", "生效", "вступление в силу", "entry into force"),
    ("good-offices", "斡旋", "добрые услуги", "good offices"),
    ("observer", "观察员", "наблюдатель", "observer"),
    ("mutual-benefit", "互利", "взаимная выгода", "mutual benefit"),
    ("legal-framework", "法律框架", "правовая основа", "legal framework"),
    ("exchange-of-information", "信息交流", "обмен информацией", "exchange of information"),
    ("follow-up", "后续落实", "последующие меры", "follow-up"),
)
LANGUAGES = ("zh-Hans", "ru", "en")


def _body(key: str, words: tuple[str, ...], **more: Any) -> dict[str, Any]:
    terms = [{"lang": lang, "text": text, "use": "preferred"} for lang, text in zip(LANGUAGES, words, strict=True)]
    return {"key": key, "terms": terms, **more}


def add(seeding: Seeding) -> None:
    """Ten terms that both have approved, two that each side proposes."""
    seeding.calendar.set(2026, 10, 12, 10)
    defined = {"text": seeding.communique, "eid": "rec_1"}
    for number, (key, *words) in enumerate(APPROVED):
        more: dict[str, Any] = {"source": defined} if key in {"committee-for-cooperation", "treaty-of-friendship"} else {}
        if key == "border-waters":
            body = _body(key, tuple(words))
            body["terms"].append({"lang": "en", "text": "frontier waters", "use": "forbidden"})
            body["terms"].append({"lang": "zh-Hans", "text": "界水", "use": "admitted"})
        else:
            body = _body(key, tuple(words), **more)
        seeding.agree(("arvena", "kelmor")[number % 2], "texts/approve-term/1", body)
    signers = {"arvena": "tovan", "kelmor": "aren"}
    for side, key, *words in PENDING:
        seeding.calendar.set(2026, 11, 16, 11)
        seeding.say(side, signers[side], "texts/approve-term/1", _body(key, tuple(words)))
    seeding.exchange()


def hand_in(house: House) -> None:
    """Candidates at a party's node, and at Arvena's comparisons of invented laws, unless they are there. Django is set up for that node.

    The two laws are in two languages, so they are compared where the encoder is installed; without it, two versions of one law are.
    """
    from importlib.resources import files

    from comity.desk.language import laws, meaning, register
    from comity.desk.language.models import CandidateRow, Comparison
    from comity.desk.mechanisms.models import MechanismRow
    from comity.texts.imports import structure_file
    from comity.texts.terms import Concept, Register, Term

    mechanism = MechanismRow.objects.filter(in_force=True).first()
    if not house.party or mechanism is None or CandidateRow.objects.exists():
        return
    concepts = (Concept(key, tuple(Term(lang, text) for lang, text in zip(LANGUAGES, words, strict=True))) for key, *words in CANDIDATES)
    register.take(mechanism.id, Register(tuple(concepts)))
    folder = files("comity.cli.demo") / "laws"
    chinese = (folder / "arvena-border-waters.zh-Hans.txt").read_bytes()
    russian = (folder / "kelmor-border-rivers.ru.txt").read_bytes()
    arvena = structure_file("law.txt", chinese, "zh-Hans").version
    if house.key != "arvena" or Comparison.objects.exists():
        return
    if meaning.encoder() is not None:
        kelmor = structure_file("law.txt", russian, "ru").version
        laws.compared("边境水域 · Пограничные воды", "laws", arvena, kelmor).save()
    draft = chinese.decode().replace("十二个月", "六个月").replace("五十米", "三十米").replace("每月监测", "每季度监测")
    before = structure_file("law.txt", draft.encode(), "zh-Hans").version
    laws.compared("边境水域管理法：草案与通过文本", "versions", before, arvena).save()
