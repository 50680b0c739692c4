"""Addresses of the press desk."""

from django.urls import path

from comity.desk.press import views

app_name = "press"
urlpatterns = [
    path("", views.index, name="index"),
    path("paste/", views.paste, name="paste"),
    path("tokens/", views.tokens, name="tokens"),
    path("words/<str:fragment>/", views.words_of, name="words"),
    path("<slug:key>/", views.source, name="source"),
    path("<slug:key>/describe/", views.describe, name="describe"),
    path("<slug:key>/decide/", views.decide, name="decide"),
    path("<slug:key>/line/", views.line, name="line"),
    path("<slug:key>/remove/", views.remove, name="remove"),
    path("<slug:key>/original/", views.original, name="original"),
    path("<slug:key>/export/<slug:form>/", views.export, name="export"),
    path("<slug:key>/<str:label>/edit/", views.edit, name="edit"),
    path("<slug:key>/<str:label>/draft/", views.draft, name="draft"),
]
