"""Addresses of meetings."""

from django.urls import path

from comity.desk.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.index, name="index"),
    path("convene/", views.convene, name="convene"),
    path("<slug:meeting>/", views.detail, name="detail"),
    path("<slug:meeting>/meeting.ics", views.calendar, name="calendar"),
]
