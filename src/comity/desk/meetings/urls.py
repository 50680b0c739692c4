"""Addresses of meetings."""

from django.urls import path

from comity.desk.meetings import downloads, views

app_name = "meetings"
urlpatterns = [
    path("", views.index, name="index"),
    path("convene/", views.convene, name="convene"),
    path("agenda/", views.agenda, name="agenda"),
    path("delegation/", views.delegation, name="delegation"),
    path("close/", views.close, name="close"),
    path("calendar/<slug:mechanism>.ics", downloads.feed, name="feed"),
    path("<slug:meeting>/", views.detail, name="detail"),
    path("<slug:meeting>/meeting.ics", downloads.calendar, name="calendar"),
    path("<slug:meeting>/agenda/", views.printed_agenda, name="agenda-print"),
    path("<slug:meeting>/minutes/", views.draft_minutes, name="draft-minutes"),
    path("<slug:meeting>/last-time/", views.last_time, name="last-time"),
    path("<slug:meeting>/extracts/", views.extracts_list, name="extracts"),
    path("<slug:meeting>/extracts/<int:number>/<str:lang>/", views.extract, name="extract"),
    path("<slug:meeting>/extracts/<int:number>/<str:lang>.akn.xml", downloads.extract_file, name="extract-file"),
    path("<slug:meeting>/extracts/<int:number>/<str:lang>.docx", downloads.extract_word, name="extract-word"),
    path("<slug:meeting>/papers/", views.papers, name="papers"),
    path("<slug:meeting>/papers/all.zip", downloads.zipped, name="zip"),
    path("<slug:meeting>/papers/<path:name>", downloads.paper, name="paper"),
]
