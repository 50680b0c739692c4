"""Laws side by side, which stay on the node; and texts on paper."""

from __future__ import annotations

import hashlib
import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from comity.desk.language import meaning
from comity.desk.language.models import Comparison
from comity.desk.record.models import ActRow
from comity.papers import can_print
from desk import rows

pytestmark = pytest.mark.django_db
OLD = "Law on waters\n\nArticle 1. It is about waters.\n\nArticle 2. Waters are free for all.\n\nArticle 3. It is in force from 2024.\n"
NEW = OLD.replace("free for all", "free for all who ask").replace("Article 3.", "Article 3. Fish are counted every year.\n\nArticle 4.")


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(rows.officer("drafter").user)
    return client


def upload(**more: object) -> dict[str, object]:
    files = {side: SimpleUploadedFile(f"{side}.txt", text.encode()) for side, text in (("left", OLD), ("right", NEW))}
    return {"name": "Waters", "left_lang": "en", "right_lang": "en", "kind": "versions", **files, **more}


def test_two_versions_of_a_law_are_matched_by_article_and_shown_with_what_changed(desk: Client) -> None:
    answer = desk.post("/language/laws/", upload())
    row = Comparison.objects.get()
    assert answer.headers["Location"] == f"/language/laws/{row.pk}/"
    page = desk.get(f"/language/laws/{row.pk}/?lang=en").content.decode()
    assert "<ins> who ask</ins>" in page or "who ask</ins>" in page
    assert "3 matches · 0 only in the first · 1 only in the second" in page
    only = desk.get(f"/language/laws/{row.pk}/?lang=en&show=right").content.decode()
    assert "Fish are counted" in only
    assert "free for all" not in only


def test_a_person_confirms_a_match_and_takes_it_back(desk: Client) -> None:
    side = {"lang": "en", "title": "L", "units": [{"eid": "art_1", "num": "Article 1", "heading": "", "text": "Waters."}]}
    match = {"source": ["art_1"], "target": ["art_1"], "similarity": 0.7, "kind": "related", "verdict": "", "by": ""}
    row = Comparison.objects.create(name="Two", kind="laws", left=side, right=side, matches=[match])
    desk.post(f"/language/laws/{row.pk}/match/0/", {"verdict": "yes"})
    row.refresh_from_db()
    assert (row.matches[0]["verdict"], row.matches[0]["by"]) == ("yes", "Ilena Maret")
    assert "confirmed by Ilena Maret" in desk.get(f"/language/laws/{row.pk}/?lang=en").content.decode()
    assert "related,0.700,yes,Ilena Maret" in desk.get(f"/language/laws/{row.pk}/comparison.csv").content.decode()
    desk.post(f"/language/laws/{row.pk}/match/0/", {"verdict": ""})
    row.refresh_from_db()
    assert row.matches[0]["verdict"] == ""
    assert desk.post(f"/language/laws/{row.pk}/match/7/", {"verdict": "yes"}).status_code in (400, 403, 409, 422)


def test_a_comparison_is_carried_away_as_word(desk: Client) -> None:
    desk.post("/language/laws/", upload())
    data = desk.get(f"/language/laws/{Comparison.objects.get().pk}/comparison.docx").content
    cells = [cell.text for row in docx.Document(io.BytesIO(data)).tables[0].rows for cell in row.cells]
    assert any("Fish are counted" in cell for cell in cells)


def test_what_is_handed_to_the_other_side_says_who_confirmed_what_of_which_words(desk: Client) -> None:
    side = {"lang": "en", "title": "L", "units": [{"eid": "art_1", "num": "Article 1", "heading": "", "text": "Waters."}]}
    match = {"source": ["art_1"], "target": ["art_1"], "similarity": 0.7, "kind": "related", "verdict": "yes", "by": "Ilena Maret"}
    row = Comparison.objects.create(name="Two", kind="laws", left=side, right=side, matches=[match])
    document = docx.Document(io.BytesIO(desk.get(f"/language/laws/{row.pk}/comparison.docx?lang=en").content))
    said = "\n".join([p.text for p in document.paragraphs] + [cell.text for r in document.tables[0].rows for cell in r.cells])
    assert "70 % · confirmed by Ilena Maret" in said
    assert hashlib.sha256(b"Article 1\tWaters.").hexdigest() in said
    if can_print():
        assert desk.get(f"/language/laws/{row.pk}/comparison.pdf").content.startswith(b"%PDF")


def test_what_cannot_be_compared_is_told_at_its_field(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "bundled_encoder", lambda: None)
    empty = desk.post("/language/laws/?lang=en", upload(left=SimpleUploadedFile("a.docx", b"PK, but no Word file")))
    assert empty.status_code == 422
    assert "left" in empty.context["form"].errors
    without = desk.post("/language/laws/?lang=en", upload(kind="laws"))
    assert "needs the encoder" in str(without.context["form"].errors["kind"])
    mixed = desk.post("/language/laws/?lang=en", upload(right_lang="ru"))
    assert "kind" in mixed.context["form"].errors
    assert not Comparison.objects.exists()


def test_comparisons_are_seen_by_officers_only(desk: Client, client: Client) -> None:
    row = Comparison.objects.create(name="Two", kind="laws", left={}, right={}, matches=[])
    client.logout()
    for path in ("/language/laws/", f"/language/laws/{row.pk}/", f"/language/laws/{row.pk}/comparison.csv"):
        assert "/account/login" in client.get(path).headers["Location"]


def paper(client: Client, which: str) -> bytes:
    return client.get(f"/language/paper/{rows.an_id('text')}/{which}/pdf").content


def test_each_sides_copy_names_itself_first_and_has_the_digests_at_its_foot(client: Client) -> None:
    rows.mechanism()
    text = rows.text()
    for party, names in (("arvena", ("阿尔维纳国民议会", "凯尔莫议会")), ("kelmor", ("凯尔莫议会", "阿尔维纳国民议会"))):
        words = " ".join(PdfReader(io.BytesIO(paper(client, f"copy-{party}"))).pages[0].extract_text().split())
        own, other = (words.rindex(name) for name in names)
        first = [words.index(name, words.index("第二条")) for name in names]
        assert first[0] < first[1], party
        assert own >= first[0]
        assert other >= first[1]
        digest = text.versions[0]["sha256"]
        assert " ".join(digest[at : at + 4] for at in range(0, 64, 4)) in words
    assert paper(client, "copy-kelmor") == paper(client, "copy-kelmor")


def test_clean_copies_and_all_languages_side_by_side_are_printed(client: Client) -> None:
    rows.mechanism()
    rows.text()
    assert "Стороны разработают" in PdfReader(io.BytesIO(paper(client, "text-ru"))).pages[0].extract_text().replace("\n", " ")
    beside = PdfReader(io.BytesIO(paper(client, "beside"))).pages[0].extract_text()
    assert "joint plan" in beside
    assert "联合计划" in beside
    page = client.get(f"/language/paper/{rows.an_id('text')}/copy-kelmor/html?lang=en").content.decode()
    assert 'lang="zh-Hans"' in page
    assert "style=" not in page.partition("<main")[2]


def test_open_brackets_are_printed_by_the_sides_names_and_no_copy_is_made_to_be_signed(client: Client) -> None:
    rows.mechanism()
    words = {lang: f"{rows.WORDS[lang].rstrip()} [@arvena: A1 | @kelmor:]" for lang in rows.LANGUAGES}
    rows.text(stage="forward", versions=rows.files(words))
    address = f"/language/paper/{rows.an_id('text')}"
    page = client.get(f"{address}/?lang=en").content.decode()
    assert "1 bracket is open" in page
    assert "copy-arvena" not in page
    refused = client.get(f"{address}/copy-arvena/pdf?lang=en")
    assert refused.status_code == 409
    assert "while words are open" in refused.content.decode()
    clean = client.get(f"{address}/text-en/html?lang=en").content.decode()
    assert "[National Assembly of Arvena: A1 | Parliament of Kelmor: —]" in clean
    assert "@arvena" not in client.get(f"{address}/beside/html?lang=en").content.decode()


def test_a_paper_that_is_not_there_or_not_public_is_not_found(client: Client) -> None:
    rows.mechanism()
    text = rows.text()
    for which in ("copy-sorvell/pdf", "text-fr/pdf", "beside/exe", "x/pdf"):
        assert client.get(f"/language/paper/{text.id}/{which}").status_code == 404
    ActRow.objects.filter(pk=text.act).update(audience="parties")
    assert client.get(f"/language/paper/{text.id}/").status_code == 404
    assert client.get(f"/language/paper/{text.id}/text-en/pdf").status_code == 404


def test_without_typst_the_page_says_so_and_offers_word(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    rows.mechanism()
    rows.text()
    page = client.get(f"/language/paper/{rows.an_id('text')}/?lang=en").content.decode()
    assert "This node makes no PDFs" in page
    assert "/pdf" not in page
    assert client.get(f"/language/paper/{rows.an_id('text')}/copy-arvena/docx").status_code == 200
