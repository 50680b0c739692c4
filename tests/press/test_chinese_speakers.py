"""Who speaks, and who is bound, in Chinese lists, behind quotation marks alone, in wishes that follow, and without a name."""

from __future__ import annotations

import pytest

from comity.press.readers import read

SPOKEN = [
    (
        "与会各方忆及上届会议的决定，\n\n一、重申湖水是各国的共同财富；\n\n二、呼吁各国政府取消过境收费。",
        [("与会各方", "湖水是各国的共同财富"), ("与会各方", "各国政府取消过境收费")],
    ),
    (
        "议员科林·哈勒姆打了个比方：“水不会自己停下。”",
        [("科林·哈勒姆", "水不会自己停下")],
    ),
    (
        "议长特奥多尔·万斯说，谈判按计划进行。阿方愿承认证书，也希望索方尽快处理养老金问题。",
        [("特奥多尔·万斯", "谈判按计划进行"), ("特奥多尔·万斯", "阿方愿承认证书"), ("特奥多尔·万斯", "索方尽快处理养老金问题")],
    ),
    (
        "议会新闻处通报说，渡轮恢复通航。该处负责人补充道，票价保持不变。",
        [("议会新闻处", "渡轮恢复通航"), ("该处负责人", "票价保持不变")],
    ),
    (
        "一名不愿透露姓名的索方官员对本报记者说，协定要等到明年春天。",
        [("索方官员", "协定要等到明年春天")],
    ),
    (
        "议长玛丽塔·奥斯卡宁抱怨，手续拖了两年。她接着说：“现在只能往前走。”",
        [("玛丽塔·奥斯卡宁", "手续拖了两年"), ("玛丽塔·奥斯卡宁", "现在只能往前走")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SPOKEN, ids=[s[0][:12] for s in SPOKEN])
def test_who_speaks_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(s.speaker, text[slice(*s.span)]) for s in read(text, "zh").statements] == expected


UNDERTAKEN = [
    ("与会各方指出，\n\n一、注意到凯尔莫方面将于10月提交方案。", [("pledge", ("凯尔莫方面",), "凯尔莫方面将于10月提交方案")]),
    ("下次会议将移师贝尔马尔，日期待定。", [("plan", ("下次会议",), "下次会议将移师贝尔马尔")]),
    (
        "与会各方决定第九届论坛于2028年在林德港举行，青年网络首次会议于2027年4月召开。",
        [("plan", (), "第九届论坛于2028年在林德港举行"), ("plan", (), "青年网络首次会议于2027年4月召开")],
    ),
    ("议员科林·哈勒姆说，湖水不应成为筹码。", []),
]


@pytest.mark.parametrize(("text", "expected"), UNDERTAKEN, ids=[s[0][:12] for s in UNDERTAKEN])
def test_a_commitment_names_the_side_that_is_bound_and_leaves_out_what_is_open(
    text: str, expected: list[tuple[str, tuple[str, ...], str]]
) -> None:
    assert [(c.nature, c.who, text[slice(*c.span)]) for c in read(text, "zh").commitments] == expected
