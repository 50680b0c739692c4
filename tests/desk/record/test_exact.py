"""Rule 10: what is signed are the files' bytes, and the signing page shows all that stands in exactly these bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.desk.record.sheet import sheet_of
from comity.errors import Malformed, Unsafe
from comity.node.files import FileStore
from comity.record.statement import Statement, Subject
from comity.terms.act import URN, Act
from comity.terms.ids import digest
from comity.texts.akn import read_akn, to_akn
from comity.texts.model import Provision, TextMeta, TextVersion

WORDS = st.text(st.sampled_from("abcяжц公报条 .,"), min_size=1, max_size=40).map(lambda s: " ".join(s.split())).filter(bool)
META = TextMeta(date="2026-11-20", slug="text", author="arvena", languages=("en",))


@st.composite
def versions(draw: st.DrawFn) -> TextVersion:
    """A title and a few articles, each with a paragraph or two."""
    articles = []
    for number, texts in enumerate(draw(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4)), 1):
        eid = f"art_{number}"
        children = tuple(Provision(f"{eid}__para_{n}", num=f"{n}.", text=words) for n, words in enumerate(texts, 1))
        articles.append(Provision(eid, num=f"Article {number}", children=children))
    return TextVersion(language="en", title=draw(WORDS), provisions=tuple(articles))


def an_act(sha256: str) -> tuple[Act, bytes]:
    predicate = {
        "audience": {"to": "parties"},
        "basis": {"self/state": []},
        "body": {"kind": "communique", "versions": [{"lang": "en", "status": "authentic", "file": "text.en.akn.xml"}]},
        "mechanism": "a" * 64,
        "membership": "a" * 64,
        "proposer": "arvena",
        "refs": [],
        "relies": {},
        "said": "2026-11-20T10:00:00+00:00",
        "salt": "b" * 64,
        "signatories": ["arvena"],
    }
    payload = Statement((Subject("text.en.akn.xml", sha256),), URN + "texts/put-forward/1", predicate).to_bytes()
    return Act.from_statement(digest(payload), Statement.from_bytes(payload)), payload


@given(version=versions())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_rule_10_the_signing_page_shows_every_word_of_the_bytes_that_are_signed(
    version: TextVersion, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = FileStore(tmp_path_factory.mktemp("files"))
    act, payload = an_act(files.put_bytes(to_akn(version, META)))
    (shown,) = sheet_of(act, payload, files, {}).texts
    assert shown["head"] == version.title
    whole = "\n".join(shown["paragraphs"])
    for provision in version.walk():
        assert provision.num in whole
        assert provision.text in whole


@given(version=versions(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_rule_10_a_text_has_one_form_so_other_bytes_are_another_text_or_none(version: TextVersion, data: st.DataObject) -> None:
    exact = to_akn(version, META)
    at = data.draw(st.integers(0, len(exact) - 1))
    changed = exact[:at] + bytes([exact[at] ^ data.draw(st.integers(1, 127))]) + exact[at + 1 :]
    try:
        read = read_akn(changed)
    except (Malformed, Unsafe):
        return
    assert to_akn(read.version, read.meta) == changed
