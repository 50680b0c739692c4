"""A paper as HTML: an `<article class="paper">` for print preview, without styles or scripts of its own."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from comity.papers.model import Paper
from comity.papers.plain import Json, plain

_MARKS = {"insert": "ins", "delete": "del", "quiet": "small", "code": "code"}


def _lang(tag: Json | None, given: str = "") -> str:
    return f' lang="{escape(given)}"' if given else f' lang="{escape(_bcp(tag))}"' if tag else ""


def _bcp(tag: Json) -> str:
    """Back to BCP 47 from language and region, with the script where the region stands for it."""
    scripts = {("zh", "CN"): "zh-Hans", ("zh", "TW"): "zh-Hant"}
    return scripts.get((tag["lang"], tag["region"]), str(tag["lang"]))


def _runs(items: Iterable[Json]) -> str:
    out = []
    for item in items:
        text = escape(item["text"]).replace("\n", "<br>")
        for wanted, name in ((item["bold"], "strong"), (item["italic"], "em"), (item["mark"], _MARKS.get(item["mark"], ""))):
            text = f"<{name}>{text}</{name}>" if wanted else text
        if item["href"]:
            text = f'<a href="{escape(item["href"])}">{text}</a>'
        out.append(f"<span{_lang(item['tag'])}>{text}</span>" if item["tag"] else text)
    return "".join(out)


def _numbered(block: Json) -> str:
    number = f'<span class="paper-number">{escape(block["number"])}</span> ' if block["number"] else ""
    return number + _runs(block["runs"])


def _table(block: Json) -> str:
    def cell(tag: str, index: int, runs: list[Json]) -> str:
        classes = ' class="num"' if index in block["numeric"] else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{classes}>{_runs(runs)}</{tag}>"

    caption = f"<caption>{escape(block['caption'])}</caption>" if block["caption"] else ""
    head = "".join(cell("th", index, runs) for index, runs in enumerate(block["head"]))
    body = "".join("<tr>" + "".join(cell("td", index, runs) for index, runs in enumerate(row)) + "</tr>" for row in block["rows"])
    return f'<table class="paper-table">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _beside(block: Json) -> str:
    heads = "".join(f'<th scope="col"{_lang(tag)}>{escape(head)}</th>' for head, tag in zip(block["heads"], block["tags"], strict=True))
    rows = []
    for row in block["rows"]:
        cells = (
            f"<td{_lang(tag)}>{'—' if cell is None else ''.join(map(_block, cell))}</td>"
            for cell, tag in zip(row, block["tags"], strict=True)
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table class="paper-beside"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _block(block: Json) -> str:  # one case per kind of block
    classes = f' class="paper-{block["align"]}"' if block.get("align", "start") != "start" else ""
    match block["t"]:
        case "heading":
            level = min(6, block["level"] + 2)
            return f"<h{level}{classes}{_lang(block['tag'])}>{_numbered(block)}</h{level}>"
        case "paragraph":
            inner = _runs(block["runs"])
            return f"<p{classes}{_lang(block['tag'])}>{f'<small>{inner}</small>' if block['small'] else inner}</p>"
        case "item":
            number = block["number"] or "•"
            return f'<p class="paper-item paper-depth-{block["depth"]}"{_lang(block["tag"])}>{_numbered({**block, "number": number})}</p>'
        case "table":
            return _table(block)
        case "beside":
            return _beside(block)
        case "facts":
            facts = "".join(f"<div><dt>{escape(fact['label'])}</dt><dd>{_runs(fact['runs'])}</dd></div>" for fact in block["facts"])
            return f'<dl class="paper-facts">{facts}</dl>'
        case "signatures":
            cells = "".join(f"<div>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</div>" for lines in block["blocks"])
            return f'<div class="paper-signatures"{_lang(block["tag"])}>{cells}</div>'
        case "chart":
            caption = f"<figcaption>{escape(block['caption'])}</figcaption>" if block["caption"] else ""
            return f'<figure class="paper-chart" role="img" aria-label="{escape(block["alt"])}">{block["svg"]}{caption}</figure>'
        case "break":
            return '<div class="paper-break"></div>'
        case _:
            return "<hr>"


def _foot(foot: Json) -> str:
    if not (foot["words"] or foot["digests"]):
        return ""
    seal = f'<span class="paper-seal" role="img" aria-label="{escape(foot["seal-alt"])}">{foot["seal"]}</span>' if foot["seal"] else ""
    words = f"<p>{escape(foot['words'])}</p>" if foot["words"] else ""
    digests = "".join(f"<p><code>{escape(digest)}</code></p>" for digest in foot["digests"])
    return f'<footer class="paper-foot">{seal}<div>{words}{digests}</div></footer>'


def _part(part: Json, register: str) -> str:
    kind = f'<p class="paper-kind">{escape(part["kind"])}</p>' if part["kind"] else ""
    subtitle = f'<p class="paper-subtitle">{escape(part["subtitle"])}</p>' if part["subtitle"] else ""
    head = f"<header>{kind}<h2>{escape(part['title'])}</h2>{subtitle}</header>"
    body = "\n".join(map(_block, _stepwise(part["blocks"])))
    return f'<article class="paper paper-{register}"{_lang(None, part["language"])}>{head}\n{body}\n{_foot(part["foot"])}</article>'


def _stepwise(blocks: list[Json]) -> list[Json]:
    """Headings go down one level at a time, so that who hears the page misses none: an article without a chapter follows the title."""
    found, outer = [], 0
    for block in blocks:
        if block["t"] == "heading":
            outer = min(block["level"], outer + 1)
            block = {**block, "level": outer}
        found.append(block)
    return found


def html(paper: Paper) -> str:
    """The paper as one `<article>` per part, each with its language and an `<h2>` for its title, all words escaped.

    Drawings stand in it as they are, once they are found to hold nothing but drawing.

    Raises Unsafe or Malformed for a drawing that is more than a drawing.
    """
    data = plain(paper)
    return "\n".join(_part(part, data["register"]) for part in data["parts"])
