"""A mechanism's work in a browser, between two nodes: a working group, a year, a responsible body, new keys; in three languages."""

from __future__ import annotations

from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes


def mechanism_of(desk: Desk) -> str:
    return desk.only("/mechanisms/", "mechanisms")


def test_both_sides_set_up_a_working_group_and_each_appoints_its_co_chair(seeded: Nodes, sit: Sit) -> None:
    tovan, aren, juno = (sit(seeded, *who) for who in (("arvena", "ru", "tovan"), ("kelmor", "zh-hans", "aren"), ("kelmor", "en", "juno")))
    mechanism = mechanism_of(tovan)
    names = {"name_zh": "青年议员工作组", "name_ru": "Рабочая группа молодых депутатов", "name_en": "Working Group of Young Deputies"}
    draft = tovan.draft(f"/mechanisms/body/?mechanism={mechanism}", {**names, "kind": "working-group", "since": "2026-11-24"})
    body = tovan.sign(draft)
    aren.countersign(body)
    person = {"person_en": "Ivo Sand", "body": body, "office": "working-co-chair", "since": "2026-11-24"}
    juno.sign(juno.draft(f"/mechanisms/appoint/?mechanism={mechanism}&body={body}", person))
    tovan.wait_for(f"/mechanisms/{mechanism}/bodies/", "#working-group-of-young-deputies dd a")
    group = tovan.page.locator("#working-group-of-young-deputies")
    assert "Рабочая группа молодых депутатов" in group.inner_text()
    assert "Ivo Sand" in group.inner_text()


def test_a_year_is_planned_and_what_is_dropped_says_why_on_both_nodes(seeded: Nodes, sit: Sit) -> None:
    tovan, aren = sit(seeded, "arvena", "zh-hans", "tovan"), sit(seeded, "kelmor", "ru", "aren")
    mechanism = mechanism_of(tovan)
    items = {"item0_en": "Study visit", "item0_kind": "visit", "item0_when": "2028-05", "item0_whose": ["arvena", "kelmor"]}
    items |= {"item1_en": "Reader of laws", "item1_kind": "publication", "item1_when": "2028-10", "item1_whose": ["kelmor"]}
    plan = tovan.sign(tovan.draft(f"/mechanisms/plan/?mechanism={mechanism}&year=2028", {"year": "2028", **items}))
    aren.countersign(plan)
    said = {"outcome": "dropped", "when": "", "reason_ru": "Нет переводчика."}
    aren.sign(aren.draft(f"/mechanisms/outcome/?mechanism={mechanism}&item={plan}%23i2", said))
    tovan.wait_for(f"/mechanisms/{mechanism}/years/2028/?outcome=dropped", "#i-i2 .reason")
    assert "Нет переводчика." in tovan.page.locator("#i-i2").inner_text()
    assert not tovan.page.locator("#i-i1").count()


def test_a_secretary_names_who_sees_to_a_commitment_and_the_other_side_reads_it(seeded: Nodes, sit: Sit) -> None:
    juno, sela = sit(seeded, "kelmor", "ru", "juno"), sit(seeded, "arvena", "en", "sela")
    juno.open("/commitments/?state=unassigned")
    commitment = str(juno.page.locator('main tbody a[href^="/commitments/"]').first.get_attribute("href")).split("/")[2]
    juno.sign(
        juno.draft(f"/commitments/assign/?commitment={commitment}", {"names_ru": "Архивное управление", "names_en": "Archives Office"})
    )
    sela.wait_for(f"/commitments/{commitment}/", 'dd:has-text("Archives Office")')
    assert sela.page.locator("svg.line").count()


def test_a_new_key_root_is_prepared_by_the_operator_signed_by_a_signatory_and_seen_by_the_other_side(seeded: Nodes, sit: Sit) -> None:
    sela, tovan, anyone = sit(seeded, "arvena", "en", "sela"), sit(seeded, "arvena", "ru", "tovan"), sit(seeded, "kelmor", "zh-hans")
    mechanism = mechanism_of(sela)
    form = f"/mechanisms/rotate-keys/?mechanism={mechanism}"
    sela.open(form)
    assert sela.page.locator('#act [name="officers"]:checked').count() == 2
    draft = sela.draft(form, {"threshold": "1"})
    sela.open(f"{form}&draft={draft.strip('/').split('/')[-1]}")
    assert not sela.page.locator('#act [name="officers"]').count(), "what is prepared is not asked for again"
    tovan.sign(draft)
    anyone.wait_for(f"/mechanisms/{mechanism}/governance/", ".keyroot--old")
    assert "密钥根第2版" in anyone.page.locator("main").inner_text()
