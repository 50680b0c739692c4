"""All addresses of a node: the exchange, the public record, and the desk's."""

from django.urls import include, path, re_path

from comity.api import exchange, press
from comity.desk.urls import handler403, handler404, handler500

urlpatterns = [
    path("exchange/1/shared", exchange.shared),
    path("exchange/1/wake", exchange.wake),
    path("exchange/1/add-checkpoint", exchange.add_checkpoint),
    re_path(r"^exchange/1/record/(?P<mechanism>[0-9a-f]{64})/(?P<path>[\w/.+-]+)$", exchange.record),
    path("record/shared", exchange.public_shared),
    re_path(r"^record/(?P<mechanism>[0-9a-f]{64})/(?P<path>[\w/.+-]+)$", exchange.public_record, name="public-record"),
    path("api/press/sources", press.sources, name="press-sources"),
    path("api/press/sources/<slug:key>", press.source, name="press-source"),
    path("api/press/openapi.json", press.openapi, name="press-openapi"),
    path("", include("comity.desk.urls")),
]

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
