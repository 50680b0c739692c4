"""What can be done with a text now, and why not: each action stands, with its reason beside it if it cannot be taken."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.desk.accounts.policy import why_not_draft
from comity.desk.record.models import ActRow
from comity.desk.show import officer_of
from comity.desk.texts.models import TextRow


def actions(
    request: HttpRequest, row: TextRow, act: ActRow | None, adoption: TextRow | None, hindered: bool = False
) -> list[dict[str, Any]]:
    """What can be done, as ``design/may.html`` shows it; the main one first.

    ``hindered``: checks or brackets stand against adopting the text as it is.
    """
    refusal = str(why_not_draft(officer_of(request), settings.NODE.party, row.mechanism))
    common = {"mechanism": row.mechanism}
    if row.stage == "forward":
        adopted = _("It has been adopted already.") if adoption and adoption.in_force else ""
        proposed = _("An adoption of it is proposed already; open that one.") if adoption and not adopted else ""
        open_still = _("It cannot be adopted yet: see above.") if hindered else ""
        work = _action(_("Work on a new version"), "texts:work", {"answers": row.id}, refusal or adopted)
        work["post"] = True
        adopt = _action(_("Adopt this text"), "texts:adopt", common | {"text": row.id}, refusal or adopted or proposed or open_still)
        found = [work, adopt] if hindered else [adopt, work]
    else:
        waits = "" if row.in_force else _("The text is not in force yet; open the act to sign it.")
        split = _("The text is disputed: two acts are in force for it.") if act and act.disputed else ""
        bar = refusal or waits or split
        found = [
            _action(_("Mark a commitment"), "commitments:undertake", common | {"text": row.id}, bar),
            _action(_("Correct"), "texts:correct", common | {"text": row.id}, bar),
            _action(_("Replace by a new text"), "texts:adopt", common | {"supersedes": row.id}, bar),
        ]
    found.append(_action(_("Comment"), "texts:comment", common | {"text": row.id}, refusal))
    for place, action in enumerate(found):
        action["kind"] = "quiet" if place else ""
    return found


def _action(label: str, view: str, query: dict[str, str], reason: str) -> dict[str, Any]:
    return {"label": label, "url": f"{reverse(view)}?{urlencode(query)}", "why": reason}
