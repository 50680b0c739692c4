"""Where the gallery stands: include these at ``design/``."""

from __future__ import annotations

from django.urls import path

from comity.desk.design import views

app_name = "design"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("<slug:page>/", views.gallery, name="gallery-page"),
]
