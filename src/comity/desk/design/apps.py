"""The Django app of the design room."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Static files, templates and tags; no models."""

    name = "comity.desk.design"
    label = "design"
    default = True
