"""Negotiating a text on the desk: brackets, checks in the margin, findings set aside, versions against each other, Word files back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity.desk.accounts.models import Officer
from comity.desk.node import the_node
from comity.desk.record.models import Draft
from comity.desk.texts.models import Pairing, Proposal, TextRow, Waiver
from comity.desk.texts.working import Work
from comity.texts.imports.word import structure_docx
from comity.texts.redline import redline
from comity.texts.returned import proposals
from comity.texts.word import redline_docx
from desk import rows

pytestmark = pytest.mark.django_db

OPEN = {
    "zh-Hans": rows.WORDS["zh-Hans"].replace("每年应送交", "[@kelmor: 每年 | @arvena: 每两年]应送交"),
    "ru": rows.WORDS["ru"].replace("ежегодно направляют", "[@kelmor: ежегодно | @arvena: раз в два года] направляют"),
    "en": rows.WORDS["en"].replace("every year", "[@kelmor: every year | @arvena: every two years]"),
}


@pytest.fixture
def someone() -> Officer:
    return rows.officer("secretary")


@pytest.fixture
def desk(someone: Officer) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(someone.user)
    return client


def forward(name: str = "text", words: dict[str, str] | None = None, **more: Any) -> TextRow:
    rows.mechanism()
    return rows.text(name, stage="forward", by="kelmor", versions=rows.files(words), thread=rows.an_id(name), **more)


def begun(desk: Client, row: TextRow) -> Draft:
    answer = desk.post(f"/texts/work/?answers={row.id}")
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.get(done=False)


def words(draft: Draft, eid: str) -> dict[str, str]:
    return Work.of(Draft.objects.get(pk=draft.pk)).words(eid)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def act(desk: Client, draft: Draft, action: str, eid: str = "art_2", **more: str) -> str:
    answer = desk.post("/texts/work/act/", {"draft": draft.key, "action": action, "eid": eid} | more, follow=True)
    return answer.content.decode()


def edited(desk: Client, draft: Draft, eid: str, **more: str) -> Any:
    mark = Work.of(Draft.objects.get(pk=draft.pk)).mark(eid)
    return desk.post("/texts/work/provision/", {"draft": draft.key, "eid": eid, "mark": mark} | more, headers={"HX-Request": "true"})


def test_a_draft_begins_with_the_words_of_the_text_it_answers(desk: Client) -> None:
    row = forward(words=OPEN)
    draft = begun(desk, row)
    assert draft.working["answers"] == row.id
    assert words(draft, "art_2")["en"].startswith("Each side shall send a list of laws [@kelmor")
    shown = page(desk, f"/texts/work/?draft={draft.key}")
    assert "It cannot be adopted yet" in shown
    assert "Brackets are open in 中文, Русский, English." in shown


def test_a_bracket_shows_each_side_by_seal_and_name_in_the_language_of_its_words(desk: Client) -> None:
    shown = page(desk, f"/texts/{forward(words=OPEN).id}/")
    for side in ("凯尔莫议会", "Парламент Кельмора", "Parliament of Kelmor"):
        assert re.search(rf'<span class="who"><svg[^>]*seal[\s\S]*?</svg>\s*{side}</span>', shown) or f"{side}</span>" in shown
    assert shown.count('class="alt"') == 6
    assert "[@kelmor" not in shown


def test_an_alternative_is_accepted_in_every_language_and_undone(desk: Client) -> None:
    draft = begun(desk, forward(words=OPEN))
    before = words(draft, "art_2")
    act(desk, draft, "accept", number="1", sides="arvena")
    assert words(draft, "art_2") == {
        "zh-Hans": "各方每两年应送交法律清单。",
        "ru": "Стороны раз в два года направляют перечень законов.",
        "en": "Each side shall send a list of laws every two years.",
    }
    assert "What stood before is back." in act(desk, draft, "undo")
    assert words(draft, "art_2") == before
    assert "There is nothing to undo" in act(desk, draft, "undo")


def test_other_words_are_agreed_offered_or_a_bracket_is_dropped(desk: Client) -> None:
    draft = begun(desk, forward(words=OPEN))
    act(desk, draft, "offer", number="1", words_en="every three years")
    assert "@arvena: every three years" in words(draft, "art_2")["en"]
    act(desk, draft, "merge", number="1", words_en="regularly", **{"words_ru": "регулярно", "words_zh-Hans": "定期"})
    assert words(draft, "art_2")["zh-Hans"] == "各方定期应送交法律清单。"
    again = begun_again(desk)
    act(desk, again, "drop", number="1")
    assert words(again, "art_2")["en"] == "Each side shall send a list of laws."


def begun_again(desk: Client) -> Draft:
    Draft.objects.all().delete()
    desk.post(f"/texts/work/?answers={rows.an_id('text')}")
    return Draft.objects.get()


def test_a_bracket_is_opened_around_words_of_the_other_side(desk: Client) -> None:
    draft = begun(desk, forward())
    act(desk, draft, "open", "art_1", marked_en="by 31 March 2027", words_en="by 30 June 2027")
    assert words(draft, "art_1")["en"] == "The Sides shall draw up a joint plan [@kelmor: by 31 March 2027 | @arvena: by 30 June 2027]."
    assert "does not stand exactly once" in act(desk, draft, "open", "art_1", marked_en="by 1 May", words_en="x")


def test_what_is_typed_is_checked_before_it_is_kept(desk: Client) -> None:
    draft = begun(desk, forward())
    typed = words(draft, "art_1")["en"].replace("2027", "2028")
    said = edited(desk, draft, "art_1", words_en=typed, check="1").content.decode()
    assert 'English <b lang="en">31 March 2028</b>' in said
    assert '中文 <b lang="zh-Hans">2027年3月31日</b>' in said
    assert "<textarea" not in said.split("details")[0]
    assert words(draft, "art_1")["en"] != typed


def test_a_provision_is_saved_and_its_row_comes_back_with_what_no_longer_agrees(desk: Client) -> None:
    draft = begun(desk, forward())
    typed = words(draft, "art_1")["en"].replace("2027", "2028")
    row = edited(desk, draft, "art_1", words_en=typed).content.decode()
    assert row.lstrip().startswith('<section class="row prov" id="art_1"')
    assert "Error: The dates differ" in row
    assert '<mark class="at-stop">31 March 2028</mark>' in row
    assert words(draft, "art_1")["en"] == typed


def test_words_whose_bracket_cannot_be_read_are_refused_and_stay_typed(desk: Client) -> None:
    draft = begun(desk, forward())
    before = words(draft, "art_1")
    row = edited(desk, draft, "art_1", words_en="By [@arvena: March.").content.decode()
    assert "is opened here and not closed" in row
    assert words(draft, "art_1") == before


def test_words_that_would_become_other_provisions_are_refused(desk: Client) -> None:
    plain = {
        lang: "\n\n".join(line.split(" ", 1 if lang == "zh-Hans" else 2)[-1] for line in said.split("\n\n"))
        for lang, said in rows.WORDS.items()
    }
    draft = begun(desk, forward(words=plain))
    before = words(draft, "para_1")
    for typed in ("", "Article 7"):
        row = edited(desk, draft, "para_1", words_en=typed).content.decode()
        assert "would be read as other provisions" in row
    assert words(draft, "para_1") == before


def test_a_colleagues_change_of_the_same_provision_is_not_overwritten(desk: Client) -> None:
    draft = begun(desk, forward())
    mark = Work.of(draft).mark("art_1")
    edited(desk, draft, "art_1", words_en="The Sides shall draw up a plan by 31 March 2027.")
    late = {"draft": draft.key, "eid": "art_1", "mark": mark, "words_en": "Other words."}
    assert "A colleague has changed this provision" in desk.post("/texts/work/provision/", late).content.decode()
    assert "Other words." not in words(draft, "art_1")["en"]


def differing() -> TextRow:
    return forward(words={"en": rows.WORDS["en"].replace("2027", "2028")})


def findings_of(shown: str, code: str) -> list[str]:
    form = shown.split(f'name="code" value="{code}"')[0].rsplit("<form", 1)[1]
    return re.findall(r'name="finding" value="([0-9a-f]{16})"', form)


def test_a_finding_is_set_aside_with_a_reason_that_stays_visible_and_is_taken_up_again(desk: Client) -> None:
    row = differing()
    shown = page(desk, f"/texts/{row.id}/")
    assert "Error: The dates differ" in shown
    keys = findings_of(shown, "DATE")
    body = {"thread": row.thread, "finding": keys, "code": "DATE", "eid": "art_1", "next": f"/texts/{row.id}/"}
    assert "Give a reason" in desk.post("/texts/set-aside/", body, follow=True).content.decode()
    desk.post("/texts/set-aside/", body | {"reason": "The English year is meant."})
    assert Waiver.objects.count() == len(keys) == 1
    shown = page(desk, f"/texts/{row.id}/")
    assert "Set aside: The dates differ" in shown
    assert "The English year is meant." in shown
    assert '<mark class="at-waived">31 March 2028</mark>' in shown
    assert "It cannot be adopted yet" not in shown
    desk.post("/texts/set-aside/", body | {"resume": "1"})
    assert not Waiver.objects.exists()


def adopting(row: TextRow) -> dict[str, str]:
    return {"mechanism": row.mechanism, "text": row.id, "meeting": "", "audience": "parties", "continue": "1"}


def test_a_text_with_an_error_is_adopted_only_when_it_was_set_aside_and_the_act_says_why(desk: Client) -> None:
    row = differing()
    refused = desk.post("/texts/adopt/", adopting(row))
    assert refused.status_code == 422
    assert "It cannot be adopted yet." in refused.content.decode()
    keys = findings_of(page(desk, f"/texts/{row.id}/"), "DATE")
    desk.post("/texts/set-aside/", {"thread": row.thread, "finding": keys, "code": "DATE", "eid": "art_1", "reason": "Meant so."})
    assert desk.post("/texts/adopt/", adopting(row)).status_code == 302
    draft = Draft.objects.get()
    waiver = draft.body["waivers"][0]
    assert (waiver["code"], waiver["eid"], waiver["by"]) == ("DATE", "art_1", "arvena")
    assert the_node().files.read(draft.files[waiver["reasons"][0]["file"]]) == b"Meant so."


def test_a_text_with_an_open_bracket_is_not_adopted_whatever_is_set_aside(desk: Client) -> None:
    row = forward(words=OPEN)
    shown = page(desk, f"/texts/{row.id}/")
    assert "It cannot be adopted yet: see above." in shown
    refused = desk.post("/texts/adopt/", adopting(row))
    assert refused.status_code == 422
    assert "Brackets are open" in refused.content.decode()


def test_a_draft_is_handed_over_with_its_open_brackets_by_side(desk: Client) -> None:
    row = forward(words=OPEN)
    draft = begun(desk, row)
    answer = desk.post("/texts/work/act/", {"draft": draft.key, "action": "continue"})
    assert answer.headers["Location"] == f"/desk/drafts/{draft.key}/"
    body = Draft.objects.get().body
    assert body["answers"] == row.id
    assert body["brackets"] == [{"eid": "art_2", "number": 1, "sides": ["kelmor", "arvena"], "langs": ["zh-Hans", "ru", "en"]}]


def test_two_versions_are_compared_token_by_token_in_every_language(desk: Client) -> None:
    row = forward()
    later = {lang: words.replace("2027", "2028") for lang, words in rows.WORDS.items()}
    second = rows.text("second", stage="forward", by="arvena", versions=rows.files(later), answers=row.id, thread=row.thread)
    shown = page(desk, f"/texts/{second.id}/compare/?old={row.act}&new={second.act}")
    assert shown.count("<del>2027</del><ins>2028</ins>") == 3
    assert "1 provision stands unchanged" in shown or "provisions stand unchanged" in shown
    assert "put forward by Parliament of Kelmor" in shown
    assert "put forward by Parliament of Kelmor" in page(desk, f"/texts/{second.id}/")


def test_a_word_file_holds_the_changes_against_an_earlier_version_as_tracked_changes(desk: Client) -> None:
    row = forward()
    draft = begun(desk, row)
    edited(desk, draft, "art_2", words_ru="Стороны раз в год направляют перечень законов.")
    answer = desk.get(f"/texts/work/word/?draft={draft.key}&lang=ru&old={row.act}")
    assert "attachment" in answer.headers["Content-Disposition"]
    data = answer.content
    assert structure_docx(data, "ru").version.by_eid()["art_2"].text == "Стороны раз в год направляют перечень законов."
    found = proposals(data)
    assert [(p.old, p.new) for p in found] == [
        (f"Статья 2 {rows.version('ru').by_eid()['art_2'].text}", "Статья 2 Стороны раз в год направляют перечень законов.")
    ] or "ежегодно" in found[0].old
    clean = desk.get(f"/texts/{row.id}/word/?lang=zh-Hans").content
    assert "法律清单" in zipfile.ZipFile(io.BytesIO(clean)).read("word/document.xml").decode()


def returned_file(draft: Draft, eid: str, change: Callable[[str], str], lang: str = "ru") -> SimpleUploadedFile:
    from comity.desk.texts.composing import with_words

    version = Work.of(draft).versions[lang]
    changed = with_words(version, {eid: change(version.by_eid()[eid].text)})
    data = redline_docx(redline(version, changed), lang, author="Dara Ostin", date="2026-11-20T09:00:00Z")
    return SimpleUploadedFile("back.docx", data)


def test_a_returned_word_file_is_taken_over_change_by_change_and_undone(desk: Client) -> None:
    draft = begun(desk, forward())
    before = words(draft, "art_2")
    upload = returned_file(draft, "art_2", lambda text: text.replace("ежегодно", "раз в год"))
    desk.post("/texts/work/returned/", {"draft": draft.key, "lang": "ru", "file": upload})
    one = Proposal.objects.get()
    assert (one.eid, one.author, one.lang) == ("art_2", "Dara Ostin", "ru")
    shown = page(desk, f"/texts/work/returned/?draft={draft.key}")
    assert "<del>ежегодно</del><ins>раз в год</ins>" in shown
    desk.post("/texts/work/returned/", {"draft": draft.key, "proposal": one.pk, "action": "accept"})
    assert "раз в год" in words(draft, "art_2")["ru"]
    assert Proposal.objects.get().state == "accepted"
    desk.post("/texts/work/returned/", {"draft": draft.key, "proposal": one.pk, "action": "undo"})
    assert words(draft, "art_2") == before
    assert Proposal.objects.get().state == "open"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<a>" + b" " * 80_000_000 + b"</a>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "lang", "said"),
    [
        (b"not a zip at all", "ru", "This is not a Word file."),
        (bomb(), "ru", "It would unpack to"),
        (None, "zh-Hans", "not written in the script of 中文"),
        (b"", "fr", "Say which language the file is in."),
    ],
    ids=["no zip", "a bomb", "another language", "a language the draft does not have"],
)
def test_a_hostile_or_wrong_word_file_is_refused_with_place_and_remedy(desk: Client, data: bytes | None, lang: str, said: str) -> None:
    draft = begun(desk, forward())
    upload = SimpleUploadedFile("back.docx", data) if data is not None else returned_file(draft, "art_2", lambda text: text + " Да.")
    answer = desk.post("/texts/work/returned/", {"draft": draft.key, "lang": lang, "file": upload})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Proposal.objects.exists()


def test_provisions_under_other_numbers_are_paired_until_an_officer_confirms_them(desk: Client) -> None:
    more = "第一条 双方应于2027年3月31日前制定联合计划。\n\n双方另行商定。\n\n各方每年应送交法律清单。"
    plain = {
        "zh-Hans": more.replace("第一条 ", ""),
        "ru": "Стороны разработают совместный план до 31 марта 2027 года.\n\nСтороны ежегодно направляют перечень законов.",
        "en": "The Sides shall draw up a joint plan by 31 March 2027.\n\nEach side shall send a list of laws every year.",
    }
    row = forward(words=plain)
    shown = page(desk, f"/texts/{row.id}/")
    assert "Same provision, other number" in shown
    said = re.search(r'name="pair" value="([^"]+)"', shown)
    assert said
    desk.post("/texts/set-aside/", {"thread": row.thread, "pair": said[1], "next": f"/texts/{row.id}/"})
    assert Pairing.objects.count() == 1
    confirmed = page(desk, f"/texts/{row.id}/")
    assert "Confirmed by Ilena Maret." in confirmed
    said = re.search(r'name="unpair" value="([^"]+)"', confirmed)
    assert said
    desk.post("/texts/set-aside/", {"thread": row.thread, "unpair": said[1], "next": f"/texts/{row.id}/"})
    assert not Pairing.objects.exists()


def test_what_one_language_says_in_two_provisions_is_confirmed_as_one_shown_to_all_and_undone(desk: Client) -> None:
    plain = {
        "en": "The Sides shall draw up a joint plan. They shall send lists of laws.\n\nKelmor shall host the meeting in 2028.",
        "ru": "Стороны разработают план.\n\nОни направляют перечни законов.\n\nКельмор проведёт заседание в 2028 году.",
        "zh-Hans": "双方制定联合计划。\n\n双方互送法律清单。\n\n凯尔莫于2028年主办会议。",
    }
    row = forward(words=plain)
    shown = page(desk, f"/texts/{row.id}/")
    assert "Only in one of two languages" in shown
    found = [v for v in re.findall(r'name="pair" value="([^"]+)"', shown) if "," in v]
    assert found
    assert found[0].split()[:2] == ["zh-Hans", "en"]
    desk.post("/texts/set-aside/", {"thread": row.thread, "pair": found[0], "next": f"/texts/{row.id}/"})
    assert sorted(map(len, Pairing.objects.get().eids)) == [1, 2]
    for reader in (desk, Client(HTTP_ACCEPT_LANGUAGE="en")):
        said = page(reader, f"/texts/{row.id}/")
        assert "Said in other pieces" in said
        assert "Confirmed by Ilena Maret." in said
        assert "together with" in said
        assert "not in this language" not in said
    undo = re.search(r'name="unpair" value="([^"]+)"', page(desk, f"/texts/{row.id}/"))
    assert undo
    desk.post("/texts/set-aside/", {"thread": row.thread, "unpair": undo[1], "next": f"/texts/{row.id}/"})
    assert not Pairing.objects.exists()
    assert "Only in one of two languages" in page(desk, f"/texts/{row.id}/")


def test_nobody_but_officers_reaches_drafts_proposals_or_what_was_set_aside(desk: Client) -> None:
    row = differing()
    draft = begun(desk, row)
    public = Client()
    for address in (
        f"/texts/work/?draft={draft.key}",
        f"/texts/work/returned/?draft={draft.key}",
        f"/texts/work/word/?draft={draft.key}&lang=en",
    ):
        assert "/account/login/" in public.get(address).headers.get("Location", "")
    assert public.post("/texts/set-aside/", {"thread": row.thread, "finding": "0" * 16, "reason": "x"}).status_code == 302
    assert not Waiver.objects.exists()
    open_page = public.get(f"/texts/{row.id}/").content.decode()
    assert "The dates differ" not in open_page
    assert draft.key not in open_page
