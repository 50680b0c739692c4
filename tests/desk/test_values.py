"""A value and the cells of a row: everything that is data is escaped, and nothing shows as a Python object."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

TABLE = '{% include "design/table.html" with columns=columns rows=rows heads=heads only %}'
VALUE = "{% load design %}{% value it %}"
BAD = '"><script>x</script>'


@pytest.mark.parametrize(
    "it", [BAD, *({key: BAD} for key in ("text", "code", "note", "url")), {"text": "a", "lang": BAD}, {"sources": [{"name": BAD}]}]
)
def test_what_is_data_never_becomes_markup(it: object) -> None:
    assert "<script" not in Template(VALUE).render(Context({"it": it}))


@pytest.mark.parametrize(
    ("it", "html"),
    [
        ("plain", "plain"),
        (mark_safe("<b>made here</b>"), "<b>made here</b>"),
        ({"text": "", "lang": ""}, ""),
        ({"code": "A1"}, '<code class="raw">A1</code>'),
        ({"text": "Договор", "code": "A1", "lang": "ru"}, '<span lang="ru">Договор</span> <code>A1</code>'),
        ({"text": "a", "url": "/a/", "note": "n"}, '<a href="/a/">a</a> <span class="lng">n</span>'),
        ({"code": "A1", "url": "/a/"}, '<a href="/a/"><code class="raw">A1</code></a>'),
    ],
)
def test_a_value_is_shown_with_what_it_has(it: object, html: str) -> None:
    assert Template(VALUE).render(Context({"it": it})) == html


def test_a_row_names_its_head_and_its_columns_on_narrow_pages() -> None:
    rows = [[{"text": "a", "nowrap": True}, {"text": "1", "num": True, "label": BAD}, {"text": "2", "num": True, "nowrap": True}]]
    html = Template(TABLE).render(Context({"columns": ["x", "y", "z"], "rows": rows, "heads": True}))
    assert '<th scope="row" class="nowrap"><span>a</span></th><td class="num" data-l="&quot;&gt;&lt;script&gt;' in html
    assert '<td class="num nowrap"><span>2</span></td>' in html
    assert "<script" not in html
