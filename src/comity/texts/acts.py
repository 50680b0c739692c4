"""What may be said about joint texts.

1. To put forward shows a text to the other side and binds nobody: an act of one party. It says which brackets are open in it, by side.
2. Adopting is an act of all parties over the very files of every language. At least one version is authentic; every version says its
   status. Nothing is adopted in which a bracket is open: neither by its own word, nor by its files being those of a text that was put
   forward with open brackets; nor may a language be missing that was authentic in the text put forward that it adopts.
3. A correction is a further act of all, with the corrected files in full; it names the provisions and languages that change, and the
   record keeps both.
4. Where a check of the languages against each other found something and a person set it aside, the act names the finding and, in a file,
   the reason.
5. A comment is one side's, about a text, one provision or one language of it; it binds nobody. Its words stand in files, one per language.
"""

from __future__ import annotations

from comity.errors import Unsayable
from comity.terms.act import ActType, Known, Plan, Saying, alone, everyone, named
from comity.texts.said import KINDS, STATUSES, Comment, TextSaid, Version, read_comment, read_text

PUT_FORWARD, ADOPT, CORRECT, COMMENT = "texts/put-forward/1", "texts/adopt/1", "texts/correct/1", "texts/comment/1"


def _files(saying: Saying, said: TextSaid) -> None:
    named = [v.file for v in said.versions] + [note.file for waiver in said.waivers for note in waiver.reasons]
    if set(named) != set(saying.files) or len(named) != len(saying.files):
        raise Unsayable("Every version has one file of this act, and every file is a version or a reason.", place="subject")


def _sides(said: TextSaid, parties: tuple[str, ...]) -> None:
    said_of = {side for one in said.brackets for side in one.sides} | {waiver.by for waiver in said.waivers}
    if odd := sorted(said_of - set(parties)):
        raise Unsayable("{proposer} is not a party.", place="body.brackets", proposer=odd[0])


def _common_refs(said: TextSaid, known: Known) -> frozenset[str]:
    refs = set()
    if said.meeting:
        refs.add(named(known, said.meeting, ("meetings/convene",), place="body.meeting").id)
    if said.answers:
        refs.add(named(known, said.answers, ("texts/put-forward",), place="body.answers").id)
    return frozenset(refs)


def _put_forward(saying: Saying, known: Known) -> Plan:
    said = read_text(saying.body)
    _files(saying, said)
    if said.supersedes:
        raise Unsayable("What binds nobody supersedes nothing; say which text it answers.", place="body.supersedes")
    _sides(said, everyone(saying, known))
    return Plan(alone(saying, known), frozenset({"self/state"}), refs=_common_refs(said, known))


def _adopt(saying: Saying, known: Known) -> Plan:
    said = read_text(saying.body)
    _files(saying, said)
    _nothing_open(saying, said, known)
    _sides(said, everyone(saying, known))
    refs = _common_refs(said, known)
    if said.supersedes is None:
        return Plan(everyone(saying, known), frozenset({"self/state"}), refs=refs)
    before = read_text(named(known, said.supersedes, ("texts/adopt",), place="body.supersedes").body)
    if before.supersedes:
        raise Unsayable("Name the act that first adopted the text.", place="body.supersedes")
    return Plan(everyone(saying, known), frozenset({f"{said.supersedes}/state"}), refs=refs)


def _nothing_open(saying: Saying, said: TextSaid, known: Known) -> None:
    """Refuse to adopt what is still open, as far as the record itself can tell."""
    if said.brackets:
        where = ", ".join(one.eid for one in said.brackets)
        raise Unsayable("Brackets are open: {where}.", place="body.brackets", remedy="Agree on the words, then adopt.", where=where)
    if said.answers is None:
        return
    forward = named(known, said.answers, ("texts/put-forward",), place="body.answers")
    before = read_text(forward.body)
    same = {v.lang for v in before.versions if forward.files[v.file] in saying.files.values()}
    if standing := [one for one in before.brackets if same & set(one.langs)]:
        where = ", ".join(one.eid for one in standing)
        raise Unsayable("Brackets are open: {where}.", place="body.answers", remedy="Agree on the words, then adopt.", where=where)
    lost = {v.lang for v in before.versions if v.status == "authentic"} - {v.lang for v in said.versions if v.status == "authentic"}
    if lost:
        raise Unsayable(
            "There is no authentic version in {langs}, which the text put forward had.",
            place="body.versions",
            remedy="Add the version, or put the text forward anew without it.",
            langs=", ".join(sorted(lost)),
        )


def _correct(saying: Saying, known: Known) -> Plan:
    said = read_text(saying.body, correction=True)
    _files(saying, said)
    adopted = named(known, str(said.text), ("texts/adopt",), place="body.text")
    if {(v.lang, v.status) for v in said.versions} != {(v.lang, v.status) for v in read_text(adopted.body).versions}:
        raise Unsayable("A correction has the same languages, each with its status, as the text.", place="body.versions")
    return Plan(everyone(saying, known), frozenset({f"{said.text}/state"}))


def _comment(saying: Saying, known: Known) -> Plan:
    said = read_comment(saying.body)
    if {n.file for n in said.notes} != set(saying.files) or len(said.notes) != len(saying.files):
        raise Unsayable("Every note has one file of this act, and every file is a note.", place="subject")
    text = named(known, said.text, ("texts/put-forward", "texts/adopt"), place="body.text")
    if said.lang and said.lang not in {v.lang for v in read_text(text.body).versions}:
        raise Unsayable("The text has no version in that language.", place="body.lang", remedy="Choose one of its languages.")
    if said.answers is None:
        return Plan(alone(saying, known), frozenset({"self/state"}), refs=frozenset({said.text}))
    answered = named(known, said.answers, ("texts/comment",), place="body.answers")
    if answered.body.get("text") != said.text:
        raise Unsayable("The comment that is answered is about another text.", place="body.answers")
    return Plan(alone(saying, known), frozenset({"self/state"}), refs=frozenset({said.text, said.answers}))


TYPES = (
    ActType(
        PUT_FORWARD,
        _put_forward,
        says="Show a text to the other side; it binds nobody.",
        signers="the party that puts it forward",
        writes="self/state",
        refers="the meeting, and the text put forward that it answers",
    ),
    ActType(
        ADOPT,
        _adopt,
        says="Adopt a text in its languages, each with its status; or replace an adopted one.",
        signers="all parties",
        writes="self/state; or, if it supersedes, <text>/state",
        refers="the meeting, and the text put forward that is adopted",
    ),
    ActType(
        CORRECT,
        _correct,
        says="Correct an adopted text: named provisions in named languages; the record keeps both.",
        signers="all parties",
        writes="<text>/state",
        refers="the text, by its cell",
    ),
    ActType(
        COMMENT,
        _comment,
        says="Comment on a text, a provision or one language of it, or answer a comment; it binds nobody.",
        signers="the party that comments",
        writes="self/state",
        refers="the text, and the comment that it answers",
    ),
)

__all__ = [
    "ADOPT",
    "COMMENT",
    "CORRECT",
    "KINDS",
    "PUT_FORWARD",
    "STATUSES",
    "TYPES",
    "Comment",
    "TextSaid",
    "Version",
    "read_comment",
    "read_text",
]
