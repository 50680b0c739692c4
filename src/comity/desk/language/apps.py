"""The app's name and label; its full-text table is made after every migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _prepare(using: str = "default", **_named: Any) -> None:
    from comity.desk.language.words_table import prepare

    prepare(using)


class Config(AppConfig):
    name = "comity.desk.language"
    label = "language"

    def ready(self) -> None:
        post_migrate.connect(_prepare, sender=self)
