"""The app's name and label."""

from django.apps import AppConfig


class Config(AppConfig):
    name = "comity.desk.forums"
    label = "forums"
