"""Signed notes, checkpoints and cosignatures."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadProof, BadSignature, ComityError, Malformed, Untrusted
from comity.record.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint, sign_checkpoint
from comity.record.cosignature import cosign, cosigned_at, merge, witness_name, witness_verifier
from comity.record.keys import PublicKey
from comity.record.merkle import EMPTY_ROOT
from comity.record.note import COSIGNATURE, Note, Verifier, sign_note
from record.maker import key
from record.vectors import vectors

ORIGIN = "arvena.example/5f0c91ab"
LOG, WITNESS, OTHER = key("log"), key("witness"), key("other")
NOTE = sign_checkpoint(Checkpoint(ORIGIN, 7, b"r" * 32), LOG)

# The example of c2sp.org/signed-note, and one that Go's sumdb/note accepts.
EXAMPLE = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
GO_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
GO_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"


def test_the_example_of_the_specification_reads_and_writes_back() -> None:
    note = Note.parse(EXAMPLE)
    assert note.text.endswith("\n\ned è subito sera.\n")
    assert [(one.name, one.key_id.hex()) for one in note.signatures] == [("quasimodo.example/salvatore", "367ba04b")]
    assert note.to_str() == EXAMPLE


def test_a_note_that_other_tools_signed_verifies_under_its_vkey_only() -> None:
    verifier = Verifier.from_vkey(GO_VKEY)
    assert verifier.vkey == GO_VKEY
    assert Note.parse(GO_NOTE).verify([verifier]) == (verifier,)
    with pytest.raises(BadSignature):
        Note.parse(GO_NOTE.replace("example message", "exemplar message")).verify([verifier])
    with pytest.raises(BadSignature):
        Note.parse(GO_NOTE).verify([Verifier("example.com/foo", LOG.public)])


@pytest.mark.parametrize(
    "vkey", ["", "a+b", GO_VKEY[:-4], GO_VKEY.replace("530d903a", "530d903b"), GO_VKEY.replace("+Aeky", "+Beky"), "a b" + GO_VKEY]
)
def test_a_vkey_that_does_not_hold_together_is_refused(vkey: str) -> None:
    with pytest.raises(ComityError):
        Verifier.from_vkey(vkey)


def test_a_line_of_an_unknown_key_is_kept_and_ignored_wherever_it_stands() -> None:
    note = Note.parse(NOTE)
    grease = sign_note("anything\n", ORIGIN, OTHER)
    for lines in ((grease, *note.signatures), (*note.signatures, grease)):
        greased = Note(note.text, lines).to_str()
        assert Note.parse(greased).to_str() == greased
        assert open_checkpoint(greased, ORIGIN, LOG.public).size == 7


def test_a_bad_line_of_a_known_key_refuses_the_note_even_beside_a_good_one() -> None:
    note = Note.parse(NOTE)
    bad = sign_note("another text\n", ORIGIN, OTHER)
    with pytest.raises(BadSignature):
        Note(note.text, (*note.signatures, bad)).verify([Verifier(ORIGIN, LOG.public), Verifier(ORIGIN, OTHER.public)])


LINE = NOTE.split("\n\n")[1]
TEXT = NOTE.split("\n\n")[0] + "\n"


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        TEXT,
        TEXT + "\n",
        TEXT + LINE,
        TEXT + "\n" + LINE[:-1],
        TEXT + "\n" + LINE + "\n",
        TEXT + "\n" + LINE.replace("\n", "\r\n"),
        TEXT + "\n" + LINE.replace("— ", "- "),
        TEXT + "\n" + LINE.replace("— ", "—  "),
        TEXT + "\n" + LINE.replace("— ", "—\u00a0"),
        TEXT + "\n" + LINE.replace(f"{ORIGIN} ", f"{ORIGIN}  "),
        TEXT + "\n" + "— name\n",
        TEXT + "\n" + "— na+me AAAAAAA=\n",
        TEXT + "\n" + "— na\u3000me AAAAAAA=\n",
        TEXT + "\n" + "— name AAAA\n",
        TEXT + "\n" + "— name AAAAAAB=\n",
        TEXT + "\n" + "— name AAAAAAA\n",
        TEXT + "\n" + "— name AAAAAAA=\ttail\n",
        TEXT + "\n" + LINE + LINE,
        TEXT.replace("7", "7\t") + "\n" + LINE,
        TEXT + "\n" + "".join(f"— name{number} AAAAAAA=\n" for number in range(65)),
        "x" * 300_000 + "\n\n" + LINE,
        b"\xff\n\n" + LINE.encode(),
        "\ud800\n\n" + LINE,
    ],
    ids=range(25),
)
def test_notes_in_any_other_form_are_refused(note: str | bytes) -> None:
    with pytest.raises(Malformed, match=r"^here"):
        Note.parse(note, place="here")


def test_sixteen_signatures_and_more_are_read() -> None:
    assert len(Note.parse(TEXT + "\n" + "".join(f"— name{number} AAAAAAA=\n" for number in range(64))).signatures) == 64


def signed(text: str) -> str:
    return Note(text, (sign_note(text, ORIGIN, LOG),)).to_str()


ROOT64 = base64.b64encode(b"r" * 32).decode()


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n7\n",
        f"{ORIGIN}\n{ROOT64}\n",
        f"7\n{ROOT64}\n",
        f"\n{ORIGIN}\n7\n{ROOT64}\n",
        f"7\n{ORIGIN}\n{ROOT64}\n",
        f"{ORIGIN}\n07\n{ROOT64}\n",
        f"{ORIGIN}\n+7\n{ROOT64}\n",
        f"{ORIGIN}\n-7\n{ROOT64}\n",
        f"{ORIGIN}\n٧\n{ROOT64}\n",
        f"{ORIGIN}\n9223372036854775808\n{ROOT64}\n",
        f"{ORIGIN}\n7\n{ROOT64[:-2]}J=\n",
        f"{ORIGIN}\n7\n{ROOT64[:-1]}\n",
        f"{ORIGIN}\n7\n{ROOT64[:-4]}\n",
        f"{ORIGIN}\n7\n{ROOT64}\nextension\n",
        f"{ORIGIN}\n7 \n{ROOT64}\n",
        f"arvena example\n7\n{ROOT64}\n",
        f"arvena+example\n7\n{ROOT64}\n",
        f"{ORIGIN}\n7\n{ROOT64.replace('c', '-')}\n",
    ],
    ids=range(18),
)
def test_checkpoints_in_any_other_form_are_refused_though_well_signed(text: str) -> None:
    with pytest.raises(Malformed, match=r"^here"):
        open_checkpoint(signed(text), ORIGIN, LOG.public, place="here")


def test_a_checkpoint_opens_under_its_origin_and_key_only() -> None:
    assert open_checkpoint(NOTE, ORIGIN, LOG.public) == Checkpoint(ORIGIN, 7, b"r" * 32) == parse_checkpoint(NOTE)[0]
    assert open_checkpoint(NOTE.encode(), ORIGIN, [OTHER.public, LOG.public]).size == 7
    with pytest.raises(Untrusted):
        open_checkpoint(NOTE, "kelmor.example/5f0c91ab", LOG.public)
    with pytest.raises(BadSignature):
        open_checkpoint(NOTE, ORIGIN, OTHER.public)


def test_a_signature_under_another_name_is_not_the_logs() -> None:
    text = Checkpoint(ORIGIN, 7, b"r" * 32).to_text()
    with pytest.raises(BadSignature):
        open_checkpoint(Note(text, (sign_note(text, "kelmor.example/77aa0102", LOG),)).to_str(), ORIGIN, LOG.public)


def test_two_signatures_from_the_origin_by_one_key_are_refused() -> None:
    with pytest.raises(Malformed):
        open_checkpoint(NOTE + LINE, ORIGIN, LOG.public)


def test_during_a_change_of_keys_the_old_and_the_new_signature_both_open_it() -> None:
    note = Note.parse(NOTE)
    both = Note(note.text, (sign_note(note.text, ORIGIN, OTHER), *note.signatures)).to_str()
    for keys in (LOG.public, OTHER.public, [LOG.public, OTHER.public]):
        assert open_checkpoint(both, ORIGIN, keys).size == 7


def test_an_empty_tree_has_the_empty_root() -> None:
    assert open_checkpoint(sign_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT), LOG), ORIGIN, LOG.public).size == 0
    with pytest.raises(BadProof):
        open_checkpoint(sign_checkpoint(Checkpoint(ORIGIN, 0, b"r" * 32), LOG), ORIGIN, LOG.public)


@given(st.integers(0, len(NOTE.encode()) * 8 - 1))
def test_a_checkpoint_with_any_bit_flipped_does_not_open(bit: int) -> None:
    data = bytearray(NOTE.encode())
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises(ComityError):
        open_checkpoint(bytes(data), ORIGIN, LOG.public)


TESSERA_VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"


def test_the_checkpoints_of_a_tessera_log_open_under_its_key() -> None:
    verifier = Verifier.from_vkey(TESSERA_VKEY)
    for size in range(16):
        note = (vectors("tessera-log") / f"checkpoint.{size}").read_bytes()
        assert open_checkpoint(note, verifier.name, verifier.key).size == size


NAME = witness_name(ORIGIN)
VERIFIER = witness_verifier(ORIGIN, WITNESS.public)


def test_a_cosignature_says_who_and_when() -> None:
    assert NAME == "arvena.example/witness"
    note = merge(NOTE, cosign(NOTE, NAME, WITNESS, 1_790_000_000), [VERIFIER])
    assert cosigned_at(Note.parse(note), VERIFIER) == 1_790_000_000
    assert cosigned_at(Note.parse(NOTE), VERIFIER) is None
    assert open_checkpoint(note, ORIGIN, LOG.public).size == 7


def test_the_example_cosignature_of_the_specification_has_our_layout() -> None:
    example = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        "— witness.example.com/w1 "
        "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    )
    cp, note = parse_checkpoint(example)
    assert cp.size == 20852163
    assert len(note.signatures[1].signature) == 72
    assert int.from_bytes(note.signatures[1].signature[:8], "big") == 1679315147


def test_merging_keeps_the_latest_of_each_witness_sorted_after_the_log() -> None:
    second = witness_verifier("kelmor.example/77aa0102", OTHER.public)
    lines = [
        cosign(NOTE, second.name, OTHER, 50),
        cosign(NOTE, NAME, WITNESS, 200),
        cosign(NOTE, NAME, WITNESS, 100),
    ]
    for witnesses in ([VERIFIER, second], None):
        merged = NOTE
        for line in lines:
            merged = merge(merged, line, witnesses)
        assert [one.name for one in Note.parse(merged).signatures] == [ORIGIN, NAME, second.name]
        assert cosigned_at(Note.parse(merged), VERIFIER) == 200
        assert merge(merged, lines, witnesses) == merged == merge(NOTE, "".join(lines), witnesses)


def test_a_forged_later_line_does_not_push_out_a_good_one() -> None:
    good = merge(NOTE, cosign(NOTE, NAME, WITNESS, 100), [VERIFIER])
    line = Note.parse(good).signatures[1]
    forged = Note("", (type(line)(line.name, line.key_id, (999).to_bytes(8, "big") + line.signature[8:]),)).to_str().lstrip("\n")
    assert merge(good, forged, [VERIFIER]) == good


def test_lines_of_unknown_witnesses_are_not_taken_in() -> None:
    assert merge(NOTE, cosign(NOTE, "stranger.example/witness", OTHER, 5), [VERIFIER]) == NOTE


def test_a_cosignature_binds_its_time_and_its_checkpoint() -> None:
    cosigned = Note.parse(merge(NOTE, cosign(NOTE, NAME, WITNESS, 100), [VERIFIER]))
    line = cosigned.signatures[1]
    later = type(line)(line.name, line.key_id, (101).to_bytes(8, "big") + line.signature[8:])
    for text, changed in ((cosigned.text, later), (cosigned.text.replace("7", "8"), line)):
        with pytest.raises(BadSignature):
            cosigned_at(Note(text, (changed,)), VERIFIER)


def test_a_log_signature_is_no_cosignature_of_the_same_key() -> None:
    plain = Verifier(ORIGIN, LOG.public)
    assert plain.key_id != Verifier(ORIGIN, LOG.public, COSIGNATURE).key_id
    assert cosigned_at(Note.parse(NOTE), Verifier(ORIGIN, LOG.public, COSIGNATURE)) is None


@pytest.mark.parametrize("time", [0, -1, 2**63])
def test_a_time_that_is_none_is_refused(time: int) -> None:
    with pytest.raises(Malformed):
        cosign(NOTE, NAME, WITNESS, time)


def test_keys_are_compared_by_their_bytes() -> None:
    assert PublicKey(LOG.public.raw) == LOG.public
    assert len({PublicKey(LOG.public.raw), LOG.public, WITNESS.public}) == 2
