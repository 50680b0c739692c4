"""Addresses of the desk, one room each, named as the rooms are."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from comity.desk.record import views as record

urlpatterns: list[URLPattern | URLResolver] = [
    path("", record.home, name="home"),
    path("account/", include("comity.desk.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("mechanisms/", include("comity.desk.mechanisms.urls")),
    path("meetings/", include("comity.desk.meetings.urls")),
    path("texts/", include("comity.desk.texts.urls")),
    path("commitments/", include("comity.desk.commitments.urls")),
    path("press/", include("comity.desk.press.urls")),
    path("language/", include("comity.desk.language.urls")),
    path("forums/", include("comity.desk.forums.urls")),
    path("observed/", include("comity.desk.observations.urls")),
    path("desk/", include("comity.desk.record.urls")),
    path("node/", include("comity.desk.operate.urls")),
    path("work/", include("comity.desk.work.urls")),
]

if settings.DEBUG or settings.NODE.demonstration:
    urlpatterns.append(path("design/", include("comity.desk.design.urls")))

handler403 = "comity.desk.errors.forbidden"
handler404 = "comity.desk.errors.not_found"
handler500 = "comity.desk.errors.server_error"
