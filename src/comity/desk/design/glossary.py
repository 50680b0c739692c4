"""The words that pages use in a sense of their own, each explained in a sentence or two."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means here."""

    key: str
    word: str | Promise
    means: str | Promise


TERMS = (
    Term("act", _("Act"), _("One thing that a party says, or all parties say together, in exact bytes that are signed.")),
    Term("audience", _("Audience"), _("Who may see an act and its files: the parties, or the public, at once or from a day.")),
    Term("authentic", _("Equally authentic"), _("A text holds in each of its languages alike; none is the original of the others.")),
    Term(
        "checkpoint",
        _("Checkpoint"),
        _("A signed statement of how long a log is and to which root its entries lead. Nothing before it can be changed unseen."),
    ),
    Term("cosignature", _("Cosignature"), _("Another party’s signature under a checkpoint: it has seen and judged these entries.")),
    Term(
        "entry", _("Entry"), _("One line of a log: the digest of an act, this party’s signatures, and what it had seen of the other logs.")
    ),
    Term("fingerprint", _("Fingerprint"), _("The SHA-256 of exact bytes. Whoever has the same fingerprint has the same bytes.")),
    Term("in-force", _("In force"), _("All parties whose signature is asked for have signed the same bytes.")),
    Term("log", _("Log"), _("What one party has signed in one mechanism, in order. It only grows.")),
    Term("observed", _("Observed"), _("A public source says so. Nobody signed it, and sources may contradict each other.")),
    Term("pouch", _("Pouch"), _("A whole record as one file, which can be verified anywhere and carried by hand.")),
    Term("proof", _("Proof"), _("A small file that shows, without the rest of the log, that an entry lies in it.")),
    Term("put-forward", _("To put forward"), _("To show the other side a text for comment. It binds nobody.")),
    Term(
        "record", _("Record"), _("The logs of all parties of a mechanism, with their acts and files. No side owns it; each keeps it whole.")
    ),
    Term(
        "standing",
        _("Standing"),
        _("Who has signed: one side, all sides, or nobody. It is reckoned from the signatures, never set by hand."),
    ),
    Term(
        "withdraw",
        _("To withdraw"),
        _("To take one’s signature back from an act that is not in force. The act stays in the record as withdrawn."),
    ),
)
BY_KEY = {term.key: term for term in TERMS}
