"""Addresses of the operator's pages and of the demonstration."""

from django.urls import path

from comity.desk.operate import demonstration, views

app_name = "operate"
urlpatterns = [
    path("", views.index, name="index"),
    path("backups/<str:name>", views.backup_file, name="backup"),
    path("card.json", views.card, name="card"),
    path("about/", views.about, name="about"),
    path("glossary/", views.glossary, name="glossary"),
    path("reset/", demonstration.reset, name="reset"),
    path("enter/", demonstration.enter, name="enter"),
    path("summary.json", demonstration.summary, name="summary"),
]
