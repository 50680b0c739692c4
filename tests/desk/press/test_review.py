"""The review: what a person decides becomes observations with their evidence, and can be taken back."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings as Changed

from comity.desk.accounts.models import Officer
from comity.desk.mechanisms.models import MechanismRow
from comity.desk.meetings.models import MeetingRow
from comity.desk.observations.state import observed
from comity.desk.press import reviewing
from comity.desk.press.models import Proposal, Source
from comity.desk.record.models import Draft
from comity.errors import Refused
from comity.observations.log import ObservationLog
from comity.observations.model import RETRACTED, Fragment
from desk.press.conftest import ARTICLE, CASE, HandIn
from desk.rows import act, an_id, officer, text

pytestmark = pytest.mark.django_db


def labels(source: Source, state: str = Proposal.OPEN) -> set[str]:
    return set(source.proposals.filter(state=state).values_list("label", flat=True))


def fragments() -> tuple[Fragment, ...]:
    return ObservationLog(settings.HOME.folder / "observations").open().fragments


def meeting(ordinal: int, day: str) -> MeetingRow:
    """A meeting that the record holds."""
    act(f"m{ordinal}", "meetings/convene/1")
    row = {"mechanism": an_id("mechanism"), "series": f"{an_id('mechanism')}#main", "ordinal": ordinal, "mode": "in_person"}
    return MeetingRow.objects.create(
        id=an_id(f"m{ordinal}"), first_day=day, last_day=day, places=[], act=an_id(f"m{ordinal}"), in_force=True, **row
    )


def confidences(source: Source, **known: float) -> None:
    """Set them by hand, so that the test does not hang on how a reader is calibrated."""
    for label in labels(source):
        source.proposals.filter(label=label).update(confidence=known.get(label, 0.7))


def decide(desk: Client, source: Source, action: str, label: str = "", **more: str) -> str:
    answer = desk.post(f"/press/{source.key}/decide/", {"action": action, "label": label} | more, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_fragment_names_the_side_and_the_desk_keeps_who_of_it_reviewed(desk: Client, hand_in: HandIn, ilena: Officer) -> None:
    source = hand_in()
    reviewing.accept(ilena, source, ["M1", "P1"])
    assert not any("Ilena" in one.to_bytes().decode() for one in fragments())
    assert source.proposals.get(label="M1").by == ilena.user
    assert "accepted · Ilena Maret" in desk.get(f"/press/{source.key}/").content.decode()


def test_what_is_accepted_is_an_observation_that_keeps_source_words_reader_and_reviewer(hand_in: HandIn, ilena: Officer) -> None:
    source = hand_in()
    reviewing.accept(ilena, source, ["M1"])
    one = next(f for f in fragments() if f.claim == "meeting")
    assert one.about == f"{CASE}/meetings/main-4"
    assert one.value["ordinal"] == 4
    assert one.value["dates"] == {"start": "2026-11-12"}
    proposal = source.proposals.get(label="M1")
    start, end = proposal.spans[0]
    assert one.selector["exact"] == ARTICLE[start:end]
    assert ARTICLE[start - 32 : start] == one.selector["prefix"]
    assert one.read["reader"].startswith("rules ")
    assert (one.read["reviewer"], one.read["span"]) == ("National Assembly of Arvena", f"{start}-{end}")
    said = observed()[CASE].one("sources", one.source)
    assert said is not None
    assert said.get("source")["sha256"] == source.original
    assert said.get("source")["address"] == "https://lakewire.example/rivers"


def test_the_observed_line_shows_what_was_just_accepted(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    assert "Nothing is observed here yet" in desk.get("/observed/").content.decode()
    assert f'href="/observed/{CASE}/"' in decide(desk, source, "accept", "M1")
    page = unescape(desk.get(f"/observed/{CASE}/").content.decode())
    assert f"/observed/{CASE}/meetings/main-4/" in page
    assert "12 November 2026" in page


def test_a_rejected_proposal_enters_no_record(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    decide(desk, source, "reject", "P1")
    assert labels(source, Proposal.REJECTED) == {"P1"}
    assert not (settings.HOME.folder / "observations").exists()


def test_undoing_takes_an_observation_back_by_one_more_fragment(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    decide(desk, source, "accept", "M1")
    before = fragments()
    decide(desk, source, "undo")
    assert fragments()[: len(before)] == before, "nothing is deleted"
    assert {f.claim for f in fragments()[len(before) :]} == {RETRACTED}
    case = observed()[CASE]
    assert not case.all("meetings")
    assert not case.all("sources")
    assert labels(source) >= {"M1"}


def test_what_was_undone_can_be_accepted_again(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    for action in ("accept", "undo"):
        decide(desk, source, action, "M1")
    decide(desk, source, "accept", "M1")
    assert [m.id for m in observed()[CASE].all("meetings")] == ["main-4"]


def test_undo_opens_the_last_decision_first_whatever_it_was(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    decide(desk, source, "accept", "P1")
    decide(desk, source, "reject", "P2")
    decide(desk, source, "undo")
    assert labels(source, Proposal.REJECTED) == set()
    assert labels(source, Proposal.ACCEPTED) == {"P1"}


def test_an_edited_proposal_is_accepted_as_edited_and_says_so(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    fields = {"who": "Tovan Brel\nOrla Venn", "nature": "joint", "words": "send the list of water laws", "due": "2027-03"}
    desk.post(f"/press/{source.key}/C1/edit/", fields)
    one = next(f for f in fragments() if f.claim == "commitment")
    assert one.value["who"] == ["Tovan Brel", "Orla Venn"]
    assert (one.value["nature"], one.value["due"]) == ("joint", "2027-03")
    assert one.read["edited"] == "yes"
    assert one.selector["exact"].startswith("We will send"), "the words of the source stay what they were"


def test_a_wrong_edit_comes_back_with_its_reason_and_changes_nothing(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    answer = desk.post(f"/press/{source.key}/C1/edit/", {"who": "x", "nature": "joint", "words": "x", "due": "soon"})
    assert answer.status_code == 422
    assert 'id="C1_due-error"' in answer.content.decode()
    assert "C1" in labels(source)


def test_a_conflict_with_the_record_is_shown_before_accepting(desk: Client, hand_in: HandIn) -> None:
    known = meeting(3, "2026-11-12")
    page = unescape(desk.get(f"/press/{hand_in().key}/").content.decode())
    assert 'class="pair"' in page
    assert "Conflict." in page
    assert "No. 4, 12 November 2026" in page
    assert "No. 3, 12 November 2026" in page
    assert f'href="/meetings/{known.id}/"' in page


def test_accepting_all_leaves_out_what_is_below_the_line_and_what_contradicts(desk: Client, hand_in: HandIn) -> None:
    meeting(3, "2026-11-12")
    source = hand_in()
    confidences(source, M1=0.97, P1=0.92, P2=0.92, S2=0.88)
    page = unescape(desk.get(f"/press/{source.key}/").content.decode())
    assert "M1 stays open" in page
    assert "3 proposals are accepted." in decide(desk, source, "bulk")
    assert labels(source, Proposal.ACCEPTED) == {"P1", "P2", "S2"}
    assert all(p.confidence >= source.line for p in source.proposals.filter(state=Proposal.ACCEPTED))
    assert "M1" in labels(source)


def test_the_line_can_be_moved_and_then_more_is_accepted_at_once(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    confidences(source, C1=0.79, S1=0.8, S2=0.88, P1=0.92, P2=0.92, M1=0.97)
    desk.post(f"/press/{source.key}/line/", {"line": "0,8"})
    decide(desk, source, "bulk")
    assert labels(source) == {"C1", "S3"}


@pytest.mark.parametrize("line", ["", "much", "2", "-1", "nan"])
def test_a_line_that_is_no_share_is_refused(desk: Client, hand_in: HandIn, line: str) -> None:
    source = hand_in()
    answer = desk.post(f"/press/{source.key}/line/", {"line": line}, follow=True)
    assert "from 0 to 1" in answer.content.decode()
    assert Source.objects.get(pk=source.key).line == 0.85


def test_the_effort_of_the_review_is_counted_and_shown(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    decide(desk, source, "accept", "M1", keys="3", seconds="20")
    page = decide(desk, source, "reject", "P1", keys="1", seconds="61")
    assert "4 keystrokes, 1 min 21 s" in page
    assert "1 accepted (0 edited), 1 rejected, 5 to go." in page


def test_a_source_is_done_when_nothing_is_open(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    for label in labels(source):
        decide(desk, source, "reject", label)
    assert Source.objects.get(pk=source.key).state == Source.DONE
    decide(desk, source, "undo")
    assert Source.objects.get(pk=source.key).state == Source.REVIEW


def test_two_sources_of_one_meeting_are_one_version_and_a_third_that_differs_stands_beside_it(hand_in: HandIn, ilena: Officer) -> None:
    texts = (ARTICLE, ARTICLE.replace("looked", "look"), ARTICLE.replace("Ostrel on 12 November", "Talinda on 13 November"))
    for text_of in texts:
        reviewing.accept(ilena, hand_in(text_of), ["M1"])
    (held,) = observed()[CASE].all("meetings")
    assert [len(v.sources) for v in held.versions("meeting")] == [2, 1]
    assert held.disputed


def test_a_pledge_that_is_reported_as_kept_becomes_a_finding_about_it(hand_in: HandIn, ilena: Officer) -> None:
    reviewing.accept(ilena, hand_in(), ["C1"])
    later = (
        ARTICLE.partition("\n\n")[0] + "\n\nThe Arvena–Kelmor Committee met. Arvena has sent the first list of its water laws before March."
    )
    source = hand_in(later, date="2027-03-20")
    assert source.proposals.filter(kind="finding").count() == 1
    reviewing.accept(ilena, source, ["F1"])
    case = observed()[CASE]
    (pledge,) = case.all("commitments")
    (found,) = case.findings()[pledge.id]
    assert found.get("finding")["finding"] == "kept"
    assert found.get("finding")["date"] == "2027-03-20"


def test_without_a_mechanism_nothing_is_accepted_until_one_is_chosen(hand_in: HandIn, ilena: Officer, desk: Client) -> None:
    source = hand_in("The Speaker of the Riksdag said the session will open on Monday.\n\nAnna Berg, speaker of the house, thanked them.")
    assert source.case == ""
    with pytest.raises(Refused, match="Which mechanism"):
        reviewing.accept(ilena, source, [source.proposals.first().label])
    desk.post(f"/press/{source.key}/describe/", {"case": CASE})
    source.refresh_from_db()
    reviewing.accept(ilena, source, [source.proposals.first().label])


def test_a_source_is_read_again_when_its_day_is_said(desk: Client, hand_in: HandIn) -> None:
    source = hand_in(ARTICLE.replace("12 November 2026", "Monday").replace("18 Nov. ", ""), date="")
    assert source.proposals.get(label="M1").value["date"] is None
    desk.post(f"/press/{source.key}/describe/", {"date": "2026-11-18"})
    assert source.proposals.get(label="M1").value["date"] == "2026-11-16"


def test_a_draft_is_begun_from_an_accepted_meeting(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    decide(desk, source, "accept", "M1")
    answer = desk.post(f"/press/{source.key}/M1/draft/")
    draft = Draft.objects.get()
    assert answer["Location"] == f"/meetings/convene/?draft={draft.key}"
    assert (draft.type, draft.body) == ("meetings/convene/1", {})
    assert draft.working["first_day"] == "2026-11-12"
    assert 'value="Ostrel"' in desk.get(answer["Location"]).content.decode()


def test_a_draft_is_begun_from_an_accepted_commitment_at_the_provision_that_is_most_like_it(desk: Client, hand_in: HandIn) -> None:
    text()
    source = hand_in(
        ARTICLE.replace("We will send the first list of our water laws before the end of March", "We will send a list of laws every year")
    )
    decide(desk, source, "accept", "C1")
    answer = desk.post(f"/press/{source.key}/C1/draft/")
    assert "eid=art_2" in answer["Location"]
    assert desk.get(answer["Location"]).status_code == 200


def test_a_reader_may_look_but_not_decide(client: Client, hand_in: HandIn) -> None:
    source = hand_in()
    client.force_login(officer("reader").user)
    page = client.get(f"/press/{source.key}/").content.decode()
    assert 'value="accept"' not in page
    assert "A reader cannot review sources." in page
    answer = client.post(f"/press/{source.key}/decide/", {"action": "accept", "label": "M1"}, follow=True)
    assert "A reader cannot review sources." in answer.content.decode()
    assert not labels(source, Proposal.ACCEPTED)


def test_a_decided_proposal_is_not_decided_twice(hand_in: HandIn, ilena: Officer) -> None:
    source = hand_in()
    reviewing.accept(ilena, source, ["P1"])
    for again in (lambda: reviewing.accept(ilena, source, ["P1"]), lambda: reviewing.reject(ilena, source, "P1")):
        with pytest.raises(Refused, match="decided already"):
            again()


def test_observed_facts_lead_back_to_the_words_in_their_source(desk: Client, hand_in: HandIn) -> None:
    source = hand_in()
    decide(desk, source, "accept", "M1")
    page = desk.get(f"/observed/{CASE}/meetings/main-4/").content.decode()
    (link,) = re.findall(r'href="(/press/words/[0-9a-f]{64}/)"', page)
    answer = desk.get(link)
    assert answer["Location"] == f"/press/{source.key}/?on=M1#t-M1"
    assert 'id="t-M1"' in desk.get(f"/press/{source.key}/").content.decode()


def test_the_public_of_an_observer_sees_the_words_but_not_the_source(
    client: Client, committee: MechanismRow, hand_in: HandIn, ilena: Officer, observer: None, settings: Changed
) -> None:
    source = hand_in()
    reviewing.accept(ilena, source, ["M1"])
    (link,) = re.findall(r'href="(/press/words/[0-9a-f]{64}/)"', client.get(f"/observed/{CASE}/meetings/main-4/").content.decode())
    page = unescape(client.get(link).content.decode())
    assert "fourth meeting in Ostrel" in page
    assert "have learned to read" not in page
    assert source.key not in re.sub(r"p-[0-9a-f]{12}", "", page)


@pytest.mark.parametrize(("day", "at"), [("2026-11-18", "main-4"), ("2026-11-30", ""), ("2026-11-02", ""), ("", "")])
def test_what_is_said_is_said_at_the_meeting_of_the_week_before_and_at_no_other(hand_in: HandIn, ilena: Officer, day: str, at: str) -> None:
    reviewing.accept(ilena, hand_in(date=day), ["M1", "S1"])
    said = next(f.value for f in fragments() if f.claim == "statement")
    assert said.get("at", "") == at


def test_what_a_source_tells_in_its_own_voice_is_reviewed_on_demand_as_reported_facts(desk: Client, hand_in: HandIn) -> None:
    source = hand_in(ARTICLE + "\nThe weir of Ostrel was repaired in the spring by workers of both countries.\n")
    before = labels(source)
    page = decide(desk, source, "narration")
    added = labels(source) - before
    assert added
    assert "fact reported" in page
    assert "narration" not in page, "once is enough"
    told = source.proposals.filter(label__in=added)
    assert any("weir of Ostrel was repaired" in p.value["words"] for p in told)
    decide(desk, source, "accept", sorted(added)[0])
    (said,) = [f.value for f in fragments() if f.claim == "statement"]
    assert said["kind"] == "fact_reported"
    assert "speaker" not in said


def test_a_text_that_is_here_already_says_so(desk: Client, hand_in: HandIn) -> None:
    first, second = hand_in(), hand_in()
    page = desk.get(f"/press/{second.key}/").content.decode()
    assert "The same text is here already" in page
    assert f'href="/press/{first.key}/"' in page
