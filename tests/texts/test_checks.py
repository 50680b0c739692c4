"""Every check as a table of good and bad cases, per pair of languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.texts.align import align_versions
from comity.texts.checks import Context, Entity, Finding, Pair, Precedent, Side, blocking, check, waive
from comity.texts.checks.meaning import check_meaning, check_precedent
from comity.texts.checks.numbers import check_numbers
from comity.texts.checks.residue import check_brackets, check_stray
from comity.texts.checks.shape import check_labels, check_shape
from comity.texts.checks.words import check_modality, check_names, check_negation, check_terms
from comity.texts.encoders import bundled_encoder
from comity.texts.model import TextVersion
from comity.texts.structure import structure
from comity.texts.terms import Concept, Register, Term
from texts.support import LANGUAGES, NAMES, sample, version


def pair(one: str, left: str, other: str, right: str) -> Pair:
    return Pair("art_1", Side(one, "art_1", left), Side(other, "art_1", right))


def codes(findings: list[Finding]) -> list[str]:
    return [item.code for item in findings]


@pytest.mark.parametrize(
    ("one", "left", "other", "right", "expected"),
    [
        ("en", "1.25 billion dollars", "ru", "1,25 млрд долларов", []),
        ("en", "1.25 billion dollars", "zh-Hans", "12.5亿美元", []),
        ("ru", "350 тыс. тонн", "zh-Hans", "35万吨", []),
        ("en", "100 billion", "zh-Hans", "1000亿", []),
        ("en", "12.5 per cent", "zh-Hans", "百分之十二点五", []),
        ("en", "1,000 births", "ru", "1000 рождений", []),
        ("en", "1,000 births", "zh-Hans", "1 000例", []),
        ("en", "five years", "ru", "сроком на пять лет", []),
        ("en", "5 years", "zh-Hans", "有效期五年", []),
        ("en", "the 10-year framework", "ru", "десятилетняя программа", []),
        ("en", "two thirds of the members", "zh-Hans", "成员的三分之二", []),
        ("en", "both Sides met twice", "ru", "Стороны провели двусторонние встречи", []),
        ("fr", "3,5 millions de dollars", "es", "3,5 millones de dólares", []),
        ("en", "100,000 people", "es", "100.000 personas", []),
        ("en", "by 2030", "ru", "к 2030 году", []),
        ("en", "Article 5 and 14 measures", "ru", "статья 5 и 14 мер", []),
        ("en", "in accordance with Article 5", "zh-Hans", "依照第五条", []),
        ("en", "1.25 billion dollars", "ru", "1,35 млрд долларов", ["NUM"]),
        ("en", "1.25 billion dollars", "zh-Hans", "1.25亿美元", ["NUM"]),
        ("ru", "14 из 18 мер", "zh-Hans", "18项措施中有15项", ["NUM"]),
        ("en", "five years", "ru", "сроком на шесть лет", ["NUM"]),
        ("en", "three members", "zh-Hans", "四名成员", ["NUM"]),
        ("fr", "12,5 pour cent", "en", "12.6 per cent", ["NUM"]),
        ("en", "30 days", "es", "60 días", ["NUM"]),
        ("en", "on 12 November 2026", "ru", "12 ноября 2026 года", []),
        ("en", "On 11 and 12 November 2026", "zh-Hans", "2026年11月11日至12日", []),
        ("ru", "в ноябре 2027 года", "zh-Hans", "2027年11月", []),
        ("en", "November 12, 2026", "fr", "le 12 novembre 2026", []),
        ("es", "el 12 de noviembre de 2026", "en", "12.11.2026", []),
        ("en", "12 November 2026", "zh-Hans", "二〇二六年十一月十二日", []),
        ("en", "on 12 November 2026", "ru", "13 ноября 2026 года", ["DATE"]),
        ("en", "by 31 March 2027", "zh-Hans", "2027年3月30日前", ["DATE"]),
        ("en", "12 November 2026", "fr", "le 12 décembre 2026", ["DATE"]),
        ("en", "3.5 million dollars", "ru", "3,5 млн рублей", ["MONEY"]),
        ("en", "$5 million", "zh-Hans", "500万欧元", ["MONEY"]),
        ("en", "30 days", "ru", "30 месяцев", ["UNIT"]),
        ("en", "five days", "zh-Hans", "五个月", ["UNIT"]),
    ],
)
def test_figures(one: str, left: str, other: str, right: str, expected: list[str]) -> None:
    assert codes(check_numbers(pair(one, left, other, right))) == expected


@pytest.mark.parametrize(
    ("one", "left", "other", "right", "expected"),
    [
        ("en", "The Parties shall consult.", "ru", "Стороны обязуются проводить консультации.", []),
        ("en", "The Parties shall consult.", "ru", "Стороны проводят консультации.", []),
        ("en", "The Parties shall consult.", "zh-Hans", "双方应进行磋商。", []),
        ("en", "The Committee may invite experts.", "ru", "Комиссия вправе приглашать экспертов.", []),
        ("en", "The Committee may invite experts.", "zh-Hans", "委员会可邀请专家。", []),
        ("en", "It shall not interfere.", "ru", "Она не должна вмешиваться.", []),
        ("en", "It shall not interfere.", "zh-Hans", "不得干预。", []),
        ("en", "Nothing in this Article shall be read as a duty.", "zh-Hans", "本条的任何规定不得解释为义务。", []),
        ("en", "They shall respond to needs.", "zh-Hans", "双方应响应需求。", []),
        ("fr", "La Commission peut inviter.", "es", "La Comisión podrá invitar.", []),
        ("en", "The Parties shall consult.", "ru", "Стороны могут проводить консультации.", ["MODAL"]),
        ("en", "The Parties shall consult.", "zh-Hans", "双方可进行磋商。", ["MODAL"]),
        ("ru", "Комиссия вправе приглашать экспертов.", "zh-Hans", "委员会应邀请专家。", ["MODAL"]),
        ("en", "The Committee may invite experts.", "zh-Hans", "委员会不得邀请专家。", ["MODAL"]),
        ("en", "They shall not disclose it without consent.", "ru", "Они разглашают это без согласия.", ["MODAL"]),
        ("zh-Hans", "未经同意不得披露。", "ru", "Сведения не разглашаются без согласия.", []),
        ("fr", "La Commission doit inviter.", "es", "La Comisión podrá invitar.", ["MODAL"]),
    ],
)
def test_modality(one: str, left: str, other: str, right: str, expected: list[str]) -> None:
    assert codes(check_modality(pair(one, left, other, right))) == expected


@pytest.mark.parametrize(
    ("one", "left", "other", "right", "expected"),
    [
        ("en", "They do not agree.", "ru", "Они не согласны.", []),
        ("en", "They do not agree.", "zh-Hans", "双方不同意。", []),
        ("en", "The future of Africa is different.", "zh-Hans", "非洲的未来不同。", []),
        ("en", "not later than May", "zh-Hans", "至迟于五月", []),
        ("ru", "не более восьми", "en", "up to eight", []),
        ("en", "They agree.", "ru", "Они не согласны.", ["NEG"]),
        ("en", "They do not agree.", "zh-Hans", "双方同意。", ["NEG"]),
    ],
)
def test_negation(one: str, left: str, other: str, right: str, expected: list[str]) -> None:
    assert codes(check_negation(pair(one, left, other, right))) == expected


ARVENA = Entity("arvena", {"en": ("National Assembly of Arvena",), "ru": ("Национальное собрание Арвены",), "zh": ("阿尔维纳国民议会",)})


@pytest.mark.parametrize(
    ("left", "other", "right", "expected"),
    [
        ("the National Assembly of Arvena", "ru", "Национальным собранием Арвены", []),
        ("the National Assembly of Arvena", "zh-Hans", "阿尔维纳国民议会", []),
        ("the Sides", "ru", "Стороны", []),
        ("the National Assembly of Arvena", "ru", "Парламентом Кельмора", ["NAME"]),
        ("the Parliament", "zh-Hans", "阿尔维纳国民议会", ["NAME"]),
    ],
)
def test_names(left: str, other: str, right: str, expected: list[str]) -> None:
    assert codes(check_names(pair("en", left, other, right), [ARVENA])) == expected


REGISTER = Register(
    (
        Concept("delegation", (Term("en", "delegation"), Term("ru", "делегация"), Term("zh-Hans", "代表团"))),
        Concept("head", (Term("en", "head of delegation"), Term("ru", "глава делегации"), Term("zh-Hans", "代表团团长"))),
        Concept(
            "ecosystem",
            (Term("en", "ecosystem"), Term("ru", "экосистема"), Term("ru", "природная система", "forbidden"), Term("zh-Hans", "生态系统")),
        ),
    )
)


@pytest.mark.parametrize(
    ("left", "other", "right", "expected"),
    [
        ("two delegations met", "ru", "встретились две делегации", []),
        ("of the ecosystems", "ru", "экосистем", []),
        ("of the ecosystems", "zh-Hans", "生态系统", []),
        ("the head of delegation", "zh-Hans", "代表团团长", []),
        ("the head of delegation", "ru", "главой делегации", []),
        ("the delegation", "ru", "представители", ["TERM"]),
        ("the Parties", "zh-Hans", "代表团", ["TERM"]),
        ("of the ecosystems", "ru", "экосистем и природных систем", ["TERM"]),
        ("of the ecosystems", "ru", "биосферы", ["TERM"]),
    ],
)
def test_terms(left: str, other: str, right: str, expected: list[str]) -> None:
    assert codes(check_terms(pair("en", left, other, right), REGISTER)) == expected


def test_a_forbidden_word_is_an_error_that_names_the_right_one() -> None:
    (found,) = check_terms(pair("en", "ecosystem", "ru", "экосистема, природная система"), REGISTER)
    assert found.severity == "error"
    assert "экосистема" in found.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Sides agree on 14 measures in G20 and on H2O, CO2.", []),
        ("到2030年，减少50%的污染。", []),
        ("An area of 12 km² in Art5.", []),
        ("促进+B68在最不发达国家建立机制", ["STRAY"]),
        ("有关政策2的落实", ["STRAY"]),
        ("the agreed policy12 of both", ["STRAY"]),
        ("As agreed[3] by both", ["STRAY"]),
        ("согласованный план&nbsp;работы", ["STRAY"]),
        ("the plan¹ of both", ["STRAY"]),
    ],
)
def test_stray(text: str, expected: list[str]) -> None:
    assert codes(check_stray(Side("en", "para_1", text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Sides (both of them) agree: a) on this; b) on that.", []),
        ("«Стороны» (вместе) согласны: а) с этим.", []),
        ("双方（共同）同意《计划》。", []),
        ("The Sides [shall] agree.", ["BRACKET"]),
        ("双方［应］同意。", ["BRACKET"]),
        ("The Sides (both agree.", ["BRACKET"]),
        ("Стороны «согласны.", ["BRACKET"]),
        ("双方（共同同意。", ["BRACKET"]),
        ("As agreed[3] by both", []),
    ],
)
def test_brackets(text: str, expected: list[str]) -> None:
    assert codes(check_brackets(Side("en", "para_1", text))) == expected


def changed(name: str, language: str, old: str, new: str) -> TextVersion:
    text = sample(name, language)
    assert old in text
    return structure(text.replace(old, new, 1), language).version


def shape(left: TextVersion, right: TextVersion) -> list[tuple[str, str]]:
    found = check_shape(left, right, align_versions(left, right, bundled_encoder()), set())
    return sorted({(item.code, item.eid) for item in found})


EN = version("agreement", "en")


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        ("ru", "", "", []),
        ("zh-Hans", "", "", []),
        ("ru", "в) готовить совместные предложения.\n", "", [("MISSING", "art_2__para_1__point_c")]),
        ("zh-Hans", "第六条\n费用\n\n接待方应承担会议费用。旅费由派遣方承担。\n", "", [("MISSING", "art_6")]),
        ("ru", "3. Внеочередное", "4. Внеочередное", [("EXTRA", "art_4__para_4"), ("MISSING", "art_4__para_3")]),
        ("ru", "2. Кворум", "2. Новый пункт.\n\n3. Кворум", [("EXTRA", "art_4__para_3-2")]),
    ],
)
def test_shape(language: str, old: str, new: str, expected: list[tuple[str, str]]) -> None:
    found = shape(EN, changed("agreement", language, old, new))
    assert [item for item in found if item[0] != "STRUCT"] == expected or (expected and set(expected) & set(found))


def test_a_provision_in_another_place_is_a_difference_of_structure() -> None:
    moved = replace(EN, provisions=(EN.provisions[1], EN.provisions[0]))
    assert ("STRUCT", "chp_2") in shape(EN, moved)


def test_a_declared_absence_is_no_finding() -> None:
    short = changed("agreement", "ru", "в) готовить совместные предложения.\n", "")
    beads = align_versions(EN, short)
    assert check_shape(EN, short, beads, {("art_2__para_1__point_c", "ru")}) == []


def test_a_paragraph_that_one_language_splits_is_told() -> None:
    if bundled_encoder() is None:
        pytest.skip("the optional encoder is not installed")
    split = changed("communique", "ru", "долларов, а 14 из 18", "долларов.\n\nТакже 14 из 18")
    assert ("SPLIT", "para_2") in shape(version("communique", "en"), split)


def test_labels_of_two_scripts_are_told() -> None:
    text = structure("1. Стороны:\n(а) раз;\n(b) два;\n(в) три.\n2. Ещё.", "ru").version
    assert [(item.code, item.eid) for item in check_labels(text)] == [("LABEL", "para_1__point_b")]
    assert check_labels(version("agreement", "ru")) == []


def test_meaning_is_looked_at_with_the_encoder() -> None:
    encoder = bundled_encoder()
    if encoder is None:
        pytest.skip("the optional encoder is not installed")
    good = pair("en", "The Parties shall draw up a joint plan for exchanges.", "ru", "Стороны разработают совместный план обменов.")
    bad = pair("en", "The Parties shall draw up a joint plan for exchanges.", "ru", "Погода в порту была ясной и тёплой целую неделю.")
    assert codes(check_meaning([good, bad, pair("en", "Yes.", "ru", "Нет.")], encoder)) == ["SEM"]


def test_wording_near_agreed_language_is_drift() -> None:
    known = {"en": [Precedent("en", "The Sides support a balanced and just order at sea.", "Declaration, para_2")]}
    assert codes(check_precedent(Side("en", "para_1", "The Sides support a fair and just order at sea."), known)) == ["PREC"]
    assert check_precedent(Side("en", "para_1", "The Sides support a balanced and just order at sea."), known) == []
    assert check_precedent(Side("en", "para_1", "They met in the morning to speak of trade and fisheries."), known) == []


@pytest.mark.parametrize(
    ("language", "old", "new", "message"),
    [
        ("ru", "на китайском, русском и английском", "на китайском и русском", "does not name en"),
        ("zh-Hans", "中文、俄文和英文", "中文、俄文、英文和法文", "names fr"),
        ("en", "all texts being equally authentic", "the English text shall prevail", "contradict"),
        ("ru", "причём все тексты имеют одинаковую силу", "и подписано", "what force"),
    ],
)
def test_the_closing_formula_is_compared(language: str, old: str, new: str, message: str) -> None:
    versions = {tag: version("communique", tag) for tag in LANGUAGES} | {language: changed("communique", language, old, new)}
    assert any(message in item.message for item in check(versions) if item.code == "CLOSING")


@pytest.mark.parametrize("name", NAMES)
def test_texts_that_agree_have_no_errors_and_no_warnings(name: str) -> None:
    found = check({language: version(name, language) for language in LANGUAGES}, Context(encoder=bundled_encoder()))
    assert [item for item in found if item.severity != "info"] == []


def test_one_error_is_one_finding_with_all_its_languages_and_words() -> None:
    versions = {tag: version("communique", tag) for tag in LANGUAGES} | {"ru": changed("communique", "ru", "1,25 млрд", "1,35 млрд")}
    found = [item for item in check(versions) if item.code == "NUM"]
    assert {item.eid for item in found} == {"para_2"}
    assert all("ru" in item.languages for item in found)
    start, end = next(item.spans["ru"][0] for item in found if item.spans["ru"])
    assert versions["ru"].by_eid()["para_2"].text[start:end].startswith("1,35 млрд")


def test_a_reference_that_leads_elsewhere_or_nowhere_is_an_error() -> None:
    versions = {tag: version("agreement", tag) for tag in LANGUAGES} | {
        "zh-Hans": changed("agreement", "zh-Hans", "根据第三条第二款", "根据第三条第九款")
    }
    messages = [item.message for item in check(versions) if item.code == "REF"]
    assert any("leads to art_3__para_9" in message for message in messages)
    assert any("References differ" in message for message in messages)


def test_a_waived_error_stays_visible_and_no_longer_blocks() -> None:
    versions = {tag: version("communique", tag) for tag in LANGUAGES} | {"ru": changed("communique", "ru", "14 из 18", "15 из 18")}
    found = check(versions)
    assert blocking(found)
    waived = waive(found, {item.key: "The host counts the open measure as done." for item in found})
    assert blocking(waived) == []
    assert [item.message for item in waived] == [item.message for item in found]
