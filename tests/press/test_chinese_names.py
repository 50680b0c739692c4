"""Who is named in a Chinese text, and who is not; a tagger adds persons and takes none away."""

from __future__ import annotations

import pytest

from comity.press.readers import read, reader_named
from comity.press.readers.chinese import assemble
from comity.press.registry import Registry
from comity.press.segment import lay_out

NAMED = [
    ("全国人大常委会副委员长王晨、秘书长杨振武陪同会见。", {"王晨", "杨振武"}),
    ("俄联邦委员会主席马特维延科表示，双方关系良好。", {"马特维延科"}),
    ("会议由双方主持人李建国和安德烈·伊万诺夫共同主持。", {"李建国", "安德烈·伊万诺夫"}),
    ("李强总理5日在北京会见来访的越南国会主席陈青敏。", {"李强", "陈青敏"}),
    ("王毅同志指出，要加强合作。王外长强调，双方应相向而行。", {"王毅"}),
    ("赵乐际委员长同沃洛金主席举行会谈，黄坤明、蔡奇、石泰峰等参加。", {"赵乐际", "沃洛金", "黄坤明", "蔡奇", "石泰峰"}),
    ("法国国民议会议长雅埃尔·布朗-皮韦22日抵达北京。布朗-皮韦表示，法方愿继续对话。", {"雅埃尔·布朗-皮韦"}),
    ("分析人士高文认为，局势平稳。学者于洪君说，应当谈判。", {"高文", "于洪君"}),
    ("时任总理夏巴兹·谢里夫出席。人大常委会工委主任沈春耀作了说明。", {"夏巴兹·谢里夫", "沈春耀"}),
    ("代表团团长康拉德·魏尔坦言，时间不多。", {"康拉德·魏尔"}),
]


@pytest.mark.parametrize(("text", "names"), NAMED, ids=[n[0][:12] for n in NAMED])
def test_a_name_is_found_whole_and_once(text: str, names: set[str]) -> None:
    assert {p.name for p in read(text, "zh").persons} == names


@pytest.mark.parametrize(
    "text",
    [
        "部长级会议通过了金融合作方案。议长会议决定，成立专门小组。主席团常务主席主持会议。",
        "国家元首高度评价双边关系，应当安排连续对话。代表团成员包括议员。",
        "包括能源、金融、农业在内的合作取得成果，双方将加强管理。",
        "委员会主任路线明确，明确任务，强调安全。",
        "据记者张华、李丽报道，会议在维尔堡举行。",
    ],
)
def test_verbs_places_and_reporters_are_no_persons(text: str) -> None:
    assert not read(text, "zh").persons


def test_a_title_behind_a_surname_is_a_mention_of_its_bearer() -> None:
    text = "王毅同志指出，要加强合作。王外长强调，双方应相向而行。"
    (person,) = read(text, "zh").persons
    assert len(person.mentions) == 2
    assert [s.speaker for s in read(text, "zh").statements] == ["王毅", "王毅"]


def test_an_office_behind_the_name_and_one_held_before_are_told() -> None:
    (leader,) = read("赵乐际委员长表示，立法合作重要。", "zh").persons
    (former,) = read("美国国会众议院前议长佩洛西称，这是错误。", "zh").persons
    (posted,) = read("中国驻俄罗斯大使张汉晖说，前景广阔。", "zh").persons
    assert (leader.role, former.role, former.organisation, posted.country) == ("委员长", "前议长", "美国国会众议院", "CN")


def _tagged(text: str, *names: str) -> set[str]:
    """The persons found with a tagger that marks *names*."""
    spans = [(text.find(name), text.find(name) + len(name)) for name in names]
    return {p.name for p in assemble(lay_out(text, "zh"), Registry(), None, persons=spans).persons}


def test_a_tagger_adds_a_chinese_name_and_takes_nothing_away() -> None:
    text = "全国人大代表、小学老师林晓燕的建议得到重视，议长奥尔拉·文恩表示赞赏。"
    assert _tagged(text, "林晓燕", "奥尔拉", "文恩") == {"林晓燕", "奥尔拉·文恩"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("应凯尔莫议会邀请，代表团抵达凯尔莫访问。", "凯尔莫"),
        ("本报奥斯特雷尔11月18日讯，会议开幕。", "奥斯特雷尔"),
        ("团长康拉德·魏尔坦言，时间不多。", "康拉德·魏尔坦言"),
        ("王毅同志指出，要合作。王外长强调，要对话。", "王外长"),
        ("记者张华报道。", "张华"),
    ],
)
def test_what_a_tagger_takes_for_a_person_and_the_text_does_not_is_left_out(text: str, wrong: str) -> None:
    assert wrong not in _tagged(text, wrong)


def test_with_the_tagger_no_person_of_the_rules_is_lost() -> None:
    try:
        name = reader_named("rules+lac").name
    except ImportError as error:
        pytest.skip(f"LAC is not installed: {error}")
    for text, names in NAMED:
        assert names <= {p.name for p in read(text, "zh", reader=name).persons}


def test_the_first_half_of_a_headline_says_nothing() -> None:
    text = "议长会谈：从水开始\n\n议长奥尔拉·文恩说，清单已备好。\n\n文恩：我们守约。"
    assert [(s.speaker, text[slice(*s.span)]) for s in read(text, "zh").statements] == [
        ("奥尔拉·文恩", "清单已备好"),
        ("奥尔拉·文恩", "我们守约"),
    ]
