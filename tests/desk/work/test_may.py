"""Actions and the reasons against them, as every page shows them."""

from __future__ import annotations

import re

from django.template import Context, Template

from comity.desk.design.may import barred

A, B, C = ({"label": label, "url": f"/{label}/"} for label in ("Sign", "Change", "Leave"))


def shown(*actions: dict[str, str]) -> str:
    return Template("{% load design %}{% may actions %}").render(Context({"actions": actions}))


def test_a_reason_that_bars_all_is_said_once_without_naming_them() -> None:
    found = barred([A | {"why": "Not yet."}, B | {"why": "Not yet."}])
    assert [(r["text"], r["labels"]) for r in found["reasons"]] == [("Not yet.", [])]
    assert len({a["id"] for a in found["actions"]}) == 1


def test_a_reason_that_bars_some_names_them_and_their_buttons_name_it() -> None:
    html = shown(A, B | {"why": "Closed."}, C | {"why": "Bound."})
    assert 'href="/Sign/"' in html
    assert "/Change/" not in html
    described = re.findall(r'aria-disabled="true" aria-describedby="([\w-]+)"', html)
    assert described == re.findall(r'<p class="hint why" id="([\w-]+)">', html)
    assert len(set(described)) == 2
    assert "Change: Closed." in html
    assert "Leave: Bound." in html


def test_what_changes_something_is_sent_by_a_form_and_only_if_it_may() -> None:
    post = {"post": "yes"}
    assert '<form class="inline" method="post" action="/Sign/">' in shown(A | post)
    assert "<form" not in shown(A | post | {"why": "No."})
