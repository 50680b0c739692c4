"""The gallery where the desk has it."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("design/", include("comity.desk.design.urls"))]
