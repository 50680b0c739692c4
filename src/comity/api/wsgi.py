"""The web server's entry: opens the node, catches up, starts the exchange."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.desk.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402  # needs Django set up

from comity.desk.node import catch_up, worker  # noqa: E402 - needs Django set up
from comity.desk.operate import background  # noqa: E402  # after what it needs is set

len(get_resolver().url_patterns)  # all pages are read now, not while somebody waits for the first
catch_up()
gc.collect()
gc.freeze()  # the code and the record stay: no collection during a request passes over them again
worker().start()
background.start()
