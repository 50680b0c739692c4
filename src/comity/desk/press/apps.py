"""The app of the press desk."""

from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "comity.desk.press"
    label = "press"
