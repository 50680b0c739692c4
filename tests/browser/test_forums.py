"""Forums in a browser: a file is dropped and settled, a mark opens its roll calls, and two delegations agree how to vote."""

from __future__ import annotations

import importlib
import re

import pytest
from playwright.sync_api import FilePayload

from browser.conftest import Sit
from browser.desk import Desk
from browser.nodes import Nodes

for _name in ("numba", "pyarrow"):
    try:
        importlib.import_module(_name)
    except ImportError:
        pytest.skip("the optional extra 'forums' is not installed", allow_module_level=True)

CSV = (
    "event,voter,option,date,title,topics\n"
    "1,AA,yes,2024-05-01,Locks and bridges,water\n"
    "1,BB,yeah,2024-05-01,Locks and bridges,water\n"
    "2,AA,no,2025-05-01,Locks and bridges,water\n"
    "2,BB,yes,2025-05-01,Locks and bridges,water\n"
)


def sheet_of(desk: Desk, session: int) -> str:
    desk.open("/forums/demo/")
    hrefs = desk.page.eval_on_selector_all("a[href^='/forums/sheet/']", "all => all.map(a => a.getAttribute('href'))")
    return next(h for h in hrefs if h.endswith(f"/{session}/"))


def test_a_dropped_file_is_settled_by_a_mapping_and_then_read(seeded: Nodes, sit: Sit) -> None:
    sela = sit(seeded, "arvena", "en", "sela")
    sela.open("/forums/")
    sela.page.locator('input[name="forum"][value="other"]').check()
    sela.page.locator('[name="short"]').fill("locks")
    sela.page.locator('[name="name"]').fill("Commission of Locks")
    sela.page.locator("#id_files").set_input_files(FilePayload(name="locks.csv", mimeType="text/csv", buffer=CSV.encode()))
    sela.press(sela.page.locator("#drop button"))
    sela.page.locator(".problem").first.wait_for()
    assert "row 3 ('yeah')" in sela.page.locator(".problem").first.inner_text()
    assert sela.page.locator(".problem").count() == 3, "the codes AA and BB name no state, and that is said at once"
    sela.page.locator('[name="options"]').fill("yeah = yes")
    sela.page.locator('input[name="registry"][value="none"]').check()
    sela.press(sela.page.locator('button[name="again"]'))
    sela.page.wait_for_url("**/forums/locks/report/**")  # the page of the job goes on by itself
    sela.open("/forums/locks/divergences/?a=AA&b=BB")
    assert "opposite" in sela.page.locator("main tbody").inner_text()


def test_charts_run_under_the_policy_and_every_mark_opens_its_roll_calls(seeded: Nodes, sit: Sit) -> None:
    sela = sit(seeded, "arvena", "en", "sela")
    heard: list[str] = []
    sela.page.on("console", lambda m: heard.append(m.text) if m.type in ("error", "warning") else None)
    sela.page.on("pageerror", lambda error: heard.append(str(error)))
    sela.open("/forums/demo/pair/")
    sela.page.locator("#fig-topics .vega-embed svg").wait_for()
    mark = sela.page.locator("#fig-alignment .vega-embed svg path[aria-roledescription='point']").last
    sela.press(mark)
    assert sela.path() == "/forums/demo/votes/"
    shown = int(sela.page.locator(".counts b").first.inner_text())
    assert sela.page.locator("main tbody tr").count() == min(40, shown)
    sela.open("/forums/demo/bloc/")
    sela.page.locator("canvas").wait_for()
    sela.page.locator("canvas").hover(position={"x": 300, "y": 20})
    assert re.search(r"\d roll calls", sela.page.locator("#matrix-says").inner_text())
    assert not heard


def test_without_scripts_the_figures_are_drawn_and_their_marks_are_links(seeded: Nodes, sit: Sit) -> None:
    sela = sit(seeded, "arvena", "ru", "sela", script=False)
    sela.open("/forums/demo/pair/")
    assert sela.page.locator("#fig-alignment .fig__wide svg").count() == 1
    sela.open(sela.page.locator("#fig-topics .fig__wide svg a").first.get_attribute("href") or "")
    assert sela.page.locator("main tbody tr").count()


def test_each_side_fills_its_column_and_both_agree_how_to_vote(seeded: Nodes, sit: Sit) -> None:
    tovan, aren = sit(seeded, "arvena", "en", "tovan"), sit(seeded, "kelmor", "zh-hans", "aren")
    where = sheet_of(tovan, 26)
    item = tovan.page.locator(".sheet__item")
    tovan.open(where)
    fill = item.nth(2).locator('a[href^="/forums/position/"]').get_attribute("href")
    assert fill
    said = tovan.sign(tovan.draft(fill, {"line": "abstain", "owner": "Committee on transport", "wording_en": "We shall explain our vote."}))
    aren.wait_for(where, f'main a[href="/desk/acts/{said}/"]')
    agree = aren.page.locator(".sheet__item").nth(2).locator('a[href^="/forums/agree-position/"]').get_attribute("href")
    assert agree
    act = aren.sign(aren.draft(agree, {"agreed": "vote", "vote": "abstain"}))
    tovan.countersign(act)
    for desk in (tovan, aren):
        desk.wait_for(where, f'.sheet__col--joint .sheet__said a[href="/desk/acts/{act}/"]')
        assert desk.page.locator(".outcome--awaited").count() >= 2


def test_a_bloc_is_named_and_every_point_of_its_cohesion_opens_roll_calls(seeded: Nodes, sit: Sit) -> None:
    sela = sit(seeded, "arvena", "en", "sela")
    sela.open("/forums/demo/blocs/")
    sela.page.locator("#name").fill("Straits Five")
    sela.page.locator("#lines").fill("ARV\nKEL\nSOR 2005")
    sela.press(sela.page.get_by_role("button", name="Keep"))
    sela.press(sela.page.get_by_role("link", name="Straits Five", exact=True))
    chart = sela.page.locator("#fig-cohesion .vega-embed")
    chart.wait_for()
    sela.press(chart.locator("path[aria-roledescription='point']").last)
    assert sela.path() == "/forums/demo/bloc/votes/"
    shown = int(sela.page.locator(".counts b").first.inner_text())
    assert sela.page.locator("main tbody tr").count() == min(40, shown)
