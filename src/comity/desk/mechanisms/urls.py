"""Addresses of mechanisms and of the people in their offices."""

from django.urls import path

from comity.desk.mechanisms import views

app_name = "mechanisms"
urlpatterns = [
    path("", views.index, name="index"),
    path("found/", views.found, name="found"),
    path("appoint/", views.appoint, name="appoint"),
    path("<slug:mechanism>/", views.detail, name="detail"),
    path("<slug:mechanism>/people/", views.people, name="people"),
    path("<slug:mechanism>/acts/", views.acts, name="acts"),
]
