"""Who may work on the press desk. Pure: it looks at an officer's role, never at a request."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comity.desk.accounts.policy import Person, Why


def why_not_review(person: Person | None, party: str) -> Why:
    """Why this person may not hand in or review sources; empty if she may. On an observer's node its operator may too."""
    if person is None:
        return _("Sign in to work on the press desk.")
    if person.role != "reader" or (not party and person.operator):
        return ""
    return _("A reader cannot review sources. Ask the secretary of your delegation for another role.")
