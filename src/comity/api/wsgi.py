"""The web server's entry: opens the node, catches up, starts the exchange."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.desk.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from comity.desk.node import catch_up, worker  # noqa: E402 - needs Django set up
from comity.desk.operate import background  # noqa: E402  # after what it needs is set

catch_up()
worker().start()
background.start()
