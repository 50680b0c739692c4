"""Imports: what is read, what is reported, and that nothing is half imported."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from comity.bench import forums as bench
from comity.errors import Malformed, Unsafe
from comity.forums import store
from comity.forums.importers.generic import import_generic
from comity.forums.importers.longcsv import import_long
from comity.forums.importers.mapping import Reading, read_mapping
from comity.forums.importers.report import ImportRefused, ImportReport
from comity.forums.importers.undl import import_undl
from comity.forums.invented import invented_assembly
from comity.forums.model import Forum, Option, Origin, RollCalls, Stage, Voter
from comity.forums.popolo import vote_event
from comity.forums.states import ISO2
from comity.forums.views import Unit, view

FORUM = Forum("unga", {"en": "General Assembly"})
HEADER = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title,agenda_title,subjects,"
    "total_yes,total_no,total_abstentions,total_non_voting,total_ms"
)


def undl(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "voting.csv"
    path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
    return path


def row(
    vote: str = "Y",
    code: str = "FRA",
    name: str = "FRANCE",
    event: str = "1",
    date: str = "2020-12-01",
    session: str = "75",
    title: str = "On peace",
    totals: str = ",,,,",
) -> str:
    whole_title = f"{title} : resolution / adopted by the General Assembly"
    return f"{event},{code},{name},{vote},{date},{session},A/RES/75/{event},{whole_title},PEACE,PEACE|WAR,{totals}"


def test_the_long_format_is_read_whole(imported: tuple[RollCalls, ImportReport], unga_folder: Path) -> None:
    calls, report = imported
    assert calls.options.shape[0] == report.events == 6017
    assert report.rows == 922_882
    counts = Counter(calls.options.ravel().tolist())
    with gzip.open(unga_folder / "votes.csv.gz", "rt") as file:
        told = Counter(r["vote"] for r in csv.DictReader(file))
    assert [counts[o] for o in (Option.YES, Option.ABSTAIN, Option.NO, Option.ABSENT)] == [told[v] for v in "1238"]


def test_exactly_the_roll_calls_whose_printed_totals_differ_from_their_votes_are_reported(
    imported: tuple[RollCalls, ImportReport], unga_folder: Path
) -> None:
    """Recounted here from the file by the standard library; blank totals are zeros in this source."""
    counted: dict[str, Counter[str]] = {}
    with gzip.open(unga_folder / "votes.csv.gz", "rt") as file:
        for r in csv.DictReader(file):
            counted.setdefault(r["rcid"], Counter())[r["vote"]] += 1
    with gzip.open(unga_folder / "rollcalls.csv.gz", "rt", encoding="utf-8") as file:
        differ = {
            r["rcid"]
            for r in csv.DictReader(file)
            if [int(r[c] or 0) for c in ("yes", "abstain", "no")] != [counted[r["rcid"]][v] for v in "123"]
        }
    assert {m.event for m in imported[1].mismatches} == differ
    assert sum(m.session == 71 for m in imported[1].mismatches) == 71


def test_members_for_whom_no_absence_is_coded_have_unknown_cells_never_invented_absences(imported: tuple[RollCalls, ImportReport]) -> None:
    calls, report = imported
    codes = view(calls, Unit.CODE)
    usa = codes.options[:, codes.find("USA")]
    assert (usa == Option.UNKNOWN).sum() == 47
    assert not (usa == Option.ABSENT).any()
    assert any(n.kind == "unknown absences" and n.count == 19 for n in report.notes)


def test_paragraph_and_amendment_votes_are_kept_apart(unga: RollCalls) -> None:
    stages = Counter(e.stage for e in unga.events)
    assert stages[Stage.AMENDMENT] == 311
    assert stages[Stage.PARAGRAPH] == 834  # 991 flagged, 157 of them amendments to a paragraph
    assert {t.origin for e in unga.events for t in e.topics} == {Origin.CODED}


def test_the_official_layout_gives_the_same_votes_as_the_long_format(unga: RollCalls, unga_folder: Path) -> None:
    calls, report = import_undl(unga_folder / "official_layout_sample.csv", FORUM)
    assert calls.options.shape == (8, 193)
    assert report.mismatches == []
    states, official = view(unga, Unit.STATE), view(calls, Unit.STATE)
    for i, e in enumerate(calls.events):
        old = states.options[unga.index[e.id.removeprefix("S")]]
        for u, key in enumerate(official.keys):
            known = old[states.keys.index(key)]
            assert known == official.options[i, u] or (known == Option.UNKNOWN and official.options[i, u] == Option.ABSENT)


def test_columns_are_found_by_name_in_any_order_and_number(tmp_path: Path) -> None:
    path = undl(tmp_path, "2020-12-01,N,NAM,7,A/RES/75/7", header="date,ms_vote,ms_code,undl_id,resolution")
    calls, _ = import_undl(path, FORUM)
    assert calls.voters[0].state == "NAM"
    assert calls.events[0].session == 75
    assert calls.options[0, 0] == Option.NO


def test_na_is_text_not_a_missing_value(tmp_path: Path) -> None:
    path = undl(tmp_path, "NA,NAM,NA,Y,2020-12-01,75,A/RES/75/1,NA,NA,NA,,,,,")
    calls, _ = import_undl(path, FORUM)
    assert (calls.events[0].id, calls.events[0].title) == ("NA", "NA")


def test_a_missing_column_names_what_is_there_and_offers_the_mapping(tmp_path: Path) -> None:
    path = undl(tmp_path, "1,FRA,Y,2020-12-01,A/RES/75/1", header="undl_id,COUNTRY,ms_vote,date,resolution")
    with pytest.raises(ImportRefused) as refused:
        import_undl(path, FORUM)
    assert refused.value.report.problems[0].offer == {"ms_code": "?"}
    assert "COUNTRY" in refused.value.report.problems[0].places[0]
    calls, _ = import_undl(path, FORUM, Reading(columns={"ms_code": "COUNTRY"}))
    assert calls.voters[0].state == "FRA"


def test_an_unknown_country_is_refused_with_its_rows_and_a_mapping_settles_it(tmp_path: Path) -> None:
    path = undl(tmp_path, row(), row(code="FRX", name="FRANCE METROPOLITAINE", event="2"))
    with pytest.raises(ImportRefused) as refused:
        import_undl(path, FORUM)
    problem = refused.value.report.problems[0]
    assert (problem.kind, problem.places) == ("unknown code", ("voting.csv row 3",))
    calls, _ = import_undl(path, FORUM, Reading(codes={"FRX": "FRA"}))
    assert {v.state for v in calls.voters} == {"FRA"}


def test_a_vote_that_stands_twice_is_refused_with_both_rows(tmp_path: Path) -> None:
    path = undl(tmp_path, row("Y"), row("Y", code="DEU", name="GERMANY"), row("N"))
    with pytest.raises(ImportRefused) as refused:
        import_undl(path, FORUM)
    assert refused.value.report.problems[0].kind == "duplicate vote"
    assert refused.value.report.problems[0].places == ("voting.csv rows 2, 4 (FRA: 1)",)


def test_two_states_under_one_code_are_told_apart_by_name_or_refused(tmp_path: Path) -> None:
    old = {"date": "1980-12-01", "session": "35"}
    named = undl(tmp_path, row("Y", "YAR", "YEMEN ARAB REPUBLIC", **old), row("N", "YAR", "YEMEN PEOPLE'S REPUBLIC", **old))
    assert {v.state for v in import_undl(named, FORUM)[0].voters} == {"YAR", "YMD"}
    vague = undl(tmp_path, row("Y", "YAR", "ONE", **old), row("N", "YAR", "OTHER", **old))
    with pytest.raises(ImportRefused) as refused:
        import_undl(vague, FORUM)
    assert refused.value.report.problems[0].offer == {"YAR|ONE": "YAR or YMD"}
    calls, _ = import_undl(vague, FORUM, Reading(codes={"YAR|ONE": "YAR", "YAR|OTHER": "YMD"}))
    assert {v.state for v in calls.voters} == {"YAR", "YMD"}


def test_one_code_for_both_germanies_in_one_vote_is_refused(tmp_path: Path) -> None:
    old = {"date": "1980-12-01", "session": "35"}
    path = undl(tmp_path, row("Y", "DEU", "GERMANY", **old), row("N", "DEU", "GERMAN DEMOCRATIC REPUBLIC", **old))
    with pytest.raises(ImportRefused, match="stand twice"):
        import_undl(path, FORUM)
    calls, _ = import_undl(path, FORUM, Reading(codes={"DEU|GERMAN DEMOCRATIC REPUBLIC": "DDR"}))
    assert {v.state for v in calls.voters} == {"FRG", "DDR"}


def test_totals_that_disagree_are_reported_and_not_repaired(tmp_path: Path) -> None:
    path = undl(tmp_path, row("Y", totals="2.0,0.0,0.0,0.0,1.0"))
    calls, report = import_undl(path, FORUM)
    assert calls.events[0].totals.yes == 2
    assert [(m.official.yes, m.counted.yes) for m in report.mismatches] == [(2, 1)]


def test_rows_that_contradict_each_other_about_a_roll_call_are_refused(tmp_path: Path) -> None:
    path = undl(tmp_path, row(), row(code="DEU", name="GERMANY", date="2020-12-02"))
    with pytest.raises(ImportRefused) as refused:
        import_undl(path, FORUM)
    assert "row 3 (1): date = '2020-12-02'; row 2: '2020-12-01'" in refused.value.report.problems[0].places


def test_an_unknown_option_is_refused_and_can_be_mapped(tmp_path: Path) -> None:
    path = undl(tmp_path, row("Q"))
    with pytest.raises(ImportRefused, match="none that is known"):
        import_undl(path, FORUM)
    calls, _ = import_undl(path, FORUM, Reading(options={"q": Option.NOT_PARTICIPATING}))
    assert calls.options[0, 0] == Option.NOT_PARTICIPATING


def test_a_latin_1_file_is_read_and_the_report_says_so(tmp_path: Path) -> None:
    path = undl(tmp_path, row(code="CIV", name="CÔTE D'IVOIRE"), encoding="latin-1")
    calls, report = import_undl(path, FORUM)
    assert calls.voters[0].state == "CIV"
    assert report.notes[0].kind == "encoding"


def test_a_quoted_title_may_run_over_lines(tmp_path: Path) -> None:
    calls, _ = import_undl(
        undl(tmp_path, row(title='"On peace,\nand war"').replace('" : res', " : res").replace("Assembly,PEACE,", 'Assembly",PEACE,')), FORUM
    )
    assert calls.events[0].title == "On peace,\nand war"


def test_votes_of_special_sessions_go_to_the_regular_session_of_their_date(tmp_path: Path) -> None:
    calls, report = import_undl(
        undl(tmp_path, row(session="11emsp", date="2022-03-02"), row(session="11emsp", date="2022-10-12", event="2")), FORUM
    )
    assert [e.session for e in calls.events] == [76, 77]
    assert report.notes[0].count == 2


def test_progress_runs_to_the_end_of_the_file(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = undl(tmp_path, *(row(event=str(i)) for i in range(100)))
    import_undl(path, FORUM, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)
    assert seen == sorted(seen)


def test_a_weighted_forum_keeps_weights_beside_votes(tmp_path: Path) -> None:
    path = tmp_path / "council.csv"
    path.write_text("vote_id;x\n".replace(";", ",") + "", encoding="utf-8")
    path.write_text("ref,who,how,when,votes\n1,Big,oui,2020-01-02,12\n1,Small,non,2020-01-02,3\n", encoding="utf-8")
    reading = read_mapping(
        '{"columns": {"event": "ref", "voter": "who", "option": "how", "date": "when", "weight": "votes"},'
        ' "options": {"oui": "yes", "non": "no"}, "registry": "none"}',
        place="mapping",
    )
    calls, _ = import_generic(path, Forum("council", {"en": "Council"}), reading)
    assert calls.weights is not None
    assert dict(zip((v.code for v in calls.voters), calls.weights[0].tolist(), strict=True)) == {"Big": 12.0, "Small": 3.0}
    assert calls.options[0].tolist() == [Option.YES, Option.NO]


@pytest.mark.parametrize("text", ["[]", "{", '{"colums": {}}', '{"options": {"x": "maybe"}}', '{"registry": "eu"}'])
def test_a_mapping_that_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        read_mapping(text, place="mapping.json")


def test_votes_on_unknown_roll_calls_or_by_unknown_countries_are_refused_with_their_rows(tmp_path: Path) -> None:
    (tmp_path / "rollcalls.csv").write_text("rcid,session,date,yes,abstain,no\n1,1,1946-01-01,1,0,0\n", encoding="utf-8")
    (tmp_path / "countries.csv").write_text("ccode,iso3,name\n2,USA,United States\n", encoding="utf-8")
    (tmp_path / "votes.csv").write_text("rcid,ccode,vote\n1,2,1\n9,2,1\n1,99,1\n1,2,7\n", encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        import_long(tmp_path, FORUM)
    assert [(p.kind, p.places) for p in refused.value.report.problems] == [
        ("unknown roll call", ("votes row 3 ('9')",)),
        ("unknown code", ("votes row 4 ('99')",)),
        ("unknown option", ("votes row 5 ('7')",)),
    ]


def test_a_roll_call_that_stands_twice_in_the_long_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rollcalls.csv").write_text(
        "rcid,session,date,yes,abstain,no\n1,1,1946-01-01,1,0,0\n1,1,1946-01-02,1,0,0\n", encoding="utf-8"
    )
    (tmp_path / "countries.csv").write_text("ccode,iso3,name\n2,USA,United States\n", encoding="utf-8")
    (tmp_path / "votes.csv").write_text("rcid,ccode,vote\n1,2,1\n", encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        import_long(tmp_path, FORUM)
    assert refused.value.report.problems[0].places == ("rollcalls row 2 (1)", "rollcalls row 3 (1)")


def test_what_is_stored_is_what_was_imported(demo: RollCalls, tmp_path: Path) -> None:
    store.save(demo, None, tmp_path)
    back = store.load(tmp_path, "demo")
    assert back.events == demo.events
    assert back.voters == demo.voters
    assert np.array_equal(back.options, demo.options)
    assert back.forum.invented
    assert store.forums_in(tmp_path) == ["demo"]


def test_a_changed_file_is_noticed_at_loading(demo: RollCalls, tmp_path: Path) -> None:
    home = store.save(demo, None, tmp_path)
    options = np.load(home / "options.npy")
    options[0, 0] = 3 if options[0, 0] != 3 else 1
    np.save(home / "options.npy", options)
    with pytest.raises(Malformed, match="not what was imported"):
        store.load(tmp_path, "demo")


def test_a_failing_import_leaves_the_one_in_use(demo: RollCalls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(demo, None, tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(OSError, match="no space"):
        store.save(demo.select(demo.sessions > 3), None, tmp_path)
    monkeypatch.undo()
    assert store.load(tmp_path, "demo").digest == demo.digest
    assert len(list((tmp_path / "demo").iterdir())) == 2


def test_a_changed_title_is_noticed_at_loading(demo: RollCalls, tmp_path: Path) -> None:
    events = store.save(demo, None, tmp_path) / "events.jsonl"
    events.write_text(events.read_text(encoding="utf-8").replace("straits", "streets"), encoding="utf-8")
    with pytest.raises(Malformed, match="not what was imported"):
        store.load(tmp_path, "demo")


def test_importing_the_same_votes_again_keeps_what_was_estimated_from_them(demo: RollCalls, tmp_path: Path) -> None:
    (store.save(demo, None, tmp_path) / "estimates").mkdir()
    (store.in_use(tmp_path, "demo") / "estimates" / "x.json").write_text("{}", encoding="utf-8")
    again = store.save(demo, None, tmp_path)
    assert (again / "estimates" / "x.json").is_file()
    assert store.in_use(tmp_path, "demo") == again
    assert len(list((tmp_path / "demo").iterdir())) == 2


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert import_undl(undl(tmp_path, row(), encoding="utf-8-sig"), FORUM)[0].events[0].id == "1"


def test_a_row_that_breaks_off_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="CSV") as refused:
        import_undl(undl(tmp_path, row(), "2,FRA,FRANCE"), FORUM)
    assert "voting.csv" in refused.value.place


def test_rows_of_a_state_before_it_held_its_seat_are_noted_and_kept(imported: tuple[RollCalls, ImportReport]) -> None:
    note = next(n for n in imported[1].notes if n.kind == "outside its tenure")
    assert "710 = CHN: 9 rows" in note.places


@pytest.mark.parametrize("forum", ["..", "../unga", "a/b", "", "UNGA"])
def test_a_forum_name_cannot_lead_out_of_its_folder(forum: str, tmp_path: Path) -> None:
    with pytest.raises(Unsafe):
        store.load(tmp_path, forum)


def test_a_roll_call_is_a_popolo_vote_event(imported: tuple[RollCalls, ImportReport]) -> None:
    calls = imported[0]
    at = calls.index["1111"]
    said = vote_event(calls, at)
    counted = {c["option"]: c["value"] for c in said["counts"]}
    assert counted["no"] == 25
    assert said["comity:official_counts"]["no"] == 24
    assert len(said["votes"]) == sum(counted.values()) == len(calls.voters) - sum(said["comity:unlisted"].values())


def test_a_file_in_the_official_layout_gives_back_the_matrix_it_was_written_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The benchmark's generator and the importer check each other, on states with real codes."""
    invented = invented_assembly(seed=2, sessions=4, states=20, items=12)
    codes = [c for c in sorted(ISO2) if c not in ("CHN", "RUS", "SRB", "DEU", "YEM", "CZE", "SVK")][:20]
    real = RollCalls(FORUM, invented.events, tuple(Voter(c, c, c, c, c.title()) for c in codes), invented.options, "")
    monkeypatch.setattr(bench, "_calls", lambda: real)
    path = tmp_path / "official.csv"
    rows = bench.write_official(path, 0.05)
    calls, report = import_undl(path, FORUM)
    assert report.rows == rows
    assert report.mismatches == []
    assert [v.code for v in calls.voters] == codes
    by_symbol = {e.symbol: i for i, e in enumerate(calls.events)}
    for i, e in enumerate(real.events[: len(calls.events)]):
        assert np.array_equal(calls.options[by_symbol[f"A/RES/{e.session}/{i}"]], real.options[i])


def test_all_that_is_wrong_with_a_file_stands_in_one_report(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    rows = ["1,CHN,yes", "1,XQZ,yes", "1,CHN,no", "2,CHN,maybe", "2,DEU,yes,", "2,DEU,no"]
    path.write_text("event,voter,option,date\n" + "".join(f"{r.rstrip(',')},1985-05-01\n" for r in rows), encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        import_generic(path, FORUM)
    told = {p.kind: p.places for p in refused.value.report.problems}
    assert told == {
        "unknown option": ("row 5 ('maybe')",),
        "unknown code": ("bad.csv row 3",),
        "duplicate vote": ("bad.csv rows 2, 4 (CHN: 1)", "bad.csv rows 6, 7 (DEU: 2)"),
    }


def test_a_file_in_which_no_code_is_known_is_refused_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("event,voter,option,date\n1,XQZ,yes,1985-05-01\n1,XQZ,yes,1985-05-01\n", encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        import_generic(path, FORUM)
    assert [p.kind for p in refused.value.report.problems] == ["unknown code"]
