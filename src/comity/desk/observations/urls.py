"""Addresses of observed mechanisms."""

from django.urls import path

from comity.desk.observations import publishing, views

app_name = "observations"
urlpatterns = [
    path("", views.index, name="index"),
    path("log/", publishing.page, name="log"),
    path("log.zip", publishing.archive, name="archive"),
    path("log/<path:path>", publishing.file, name="log-file"),
    path("<slug:case>/", views.detail, name="detail"),
    path("<slug:case>/<slug:kind>/", views.listing, name="list"),
    path("<slug:case>/sources/<str:source>/release/", views.release, name="release"),
    path("<slug:case>/sources/<str:source>/move/", views.move, name="move"),
    path("<slug:case>/sources/<str:source>/retract/", views.retract, name="retract"),
    path("<slug:case>/<slug:kind>/<str:id>/", views.thing, name="thing"),
    path("<slug:case>/<slug:kind>/<str:id>/correct/<slug:claim>/", views.correct, name="correct"),
    path("<slug:case>/<slug:kind>/<str:id>/take-back/", views.take_back, name="take-back"),
]
