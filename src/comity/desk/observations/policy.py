"""Who may release what a side observes. Pure: it looks at an officer's role, never at a request."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from comity.desk.accounts.policy import Person, Why


def why_not_release(person: Person | None, party: str, mechanism: str) -> Why:
    """Why this person may not release a source, or take a release back; empty for who speaks for the side in this mechanism.

    ``mechanism`` is its id in the record, empty for one that is only observed: that takes a role that holds everywhere.
    """
    if not party:
        return _("An observer’s node shows everything that it observes.")
    if person is None:
        return _("Sign in to release a source.")
    if person.role_in(mechanism) in ("secretary", "signatory"):
        return ""
    return _("Only a secretary or a signatory releases what this node observed.")
