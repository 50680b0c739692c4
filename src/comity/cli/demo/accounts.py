"""Tables and accounts of one demonstration node; run as a process of its own, because Django's settings belong to one node.

``python -m comity.cli.demo.accounts HOUSE '{"persona": "key id"}'`` with COMITY_HOME set.
"""

from __future__ import annotations

import json
import os
import sys

from comity.cli.demo.people import HOUSES, listed


def main() -> None:
    """Migrate, make the personas, mirror the record; the observer also takes in its cases."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "comity.desk.settings"
    import django

    django.setup()
    from allauth.mfa.totp.internal.auth import generate_totp_secret
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from comity.desk.accounts import factor
    from comity.desk.accounts.models import Officer
    from comity.desk.node import catch_up

    call_command("migrate", verbosity=0)
    keys = json.loads(sys.argv[2])
    house = next(h for h in HOUSES if h.key == sys.argv[1])
    for persona in house.personas:
        user, new = User.objects.get_or_create(username=persona.key)
        if new:
            user.set_unusable_password()  # signed in from the start page only
            user.save()
            factor.enrol(user, generate_totp_secret())
        Officer.objects.update_or_create(
            user=user,
            defaults={
                "role": persona.role,
                "names": listed(persona.names),
                "title": listed(persona.title),
                "keyid": keys.get(persona.key, ""),
                "operator": persona.operator,
            },
        )
    catch_up()
    if not house.party:
        _observe()
    from comity.cli.demo.press import hand_in

    hand_in(house)
    from comity.cli.demo import language

    language.hand_in(house)
    from comity.cli.demo.forums import settle

    settle()
    from comity.cli.demo import work

    work.leave(house)


def _observe() -> None:
    """The observer's real cases, from public sources; what is there already is not added again."""
    from pathlib import Path

    import comity.observations
    from comity.cli.observe import take_in
    from comity.cli.opening import home
    from comity.observations.case import read_case

    for path in sorted((Path(comity.observations.__file__).parent / "cases").glob("*.yaml")):
        take_in(home(), read_case(path.read_bytes(), place=path.name))


if __name__ == "__main__":
    main()
