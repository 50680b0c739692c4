"""Rule 12: destroying a file's content changes nothing in the state, and it does not come back."""

from __future__ import annotations

from node.parliaments import Parliament, exchange, founded

VERSIONS = [{"lang": "en", "status": "authentic", "file": "text.en.akn.xml"}]


def test_a_redacted_file_is_gone_on_both_nodes_and_stays_gone_while_the_state_is_the_same(two: tuple[Parliament, Parliament]) -> None:
    arvena, kelmor = two
    mechanism = founded(arvena, kelmor)
    text = arvena.say("texts/put-forward/1", mechanism, {"kind": "communique", "versions": VERSIONS}, {"text.en.akn.xml": b"<private/>"})
    exchange(mechanism, arvena, kelmor)
    (sha,) = arvena.node.replica(mechanism).act(text).files.values()
    assert kelmor.node.files.has(sha)

    redaction = arvena.say("acts/redact/1", mechanism, {"act": text, "files": [sha]})
    exchange(mechanism, arvena, kelmor)
    assert arvena.node.files.has(sha)
    kelmor.countersign(mechanism, redaction)
    exchange(mechanism, arvena, kelmor)

    assert not arvena.node.files.has(sha)
    assert not kelmor.node.files.has(sha)
    assert arvena.node.wanted_files(mechanism) == []
    before = arvena.digest(mechanism)
    arvena.node.forget()
    assert arvena.digest(mechanism) == before == kelmor.digest(mechanism)
    assert arvena.node.replica(mechanism).standing(text).status == "in_force"
