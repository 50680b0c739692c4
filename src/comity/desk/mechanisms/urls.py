"""Addresses of mechanisms and of the people in their offices."""

from django.urls import path

from comity.desk.mechanisms import views

app_name = "mechanisms"
urlpatterns = [
    path("", views.index, name="index"),
    path("found/", views.found, name="found"),
    path("appoint/", views.appoint, name="appoint"),
    path("body/", views.body, name="body"),
    path("series/", views.series, name="series"),
    path("mandate/", views.mandate, name="mandate"),
    path("plan/", views.plan, name="plan"),
    path("outcome/", views.outcome, name="outcome"),
    path("rotate-keys/", views.rotate_keys, name="rotate-keys"),
    path("accede/", views.accede, name="accede"),
    path("leave/", views.leave, name="leave"),
    path("succeed-log/", views.succeed_log, name="succeed-log"),
    path("next-root/", views.unsigned_root, name="unsigned-root"),
    path("<slug:mechanism>/", views.detail, name="detail"),
    path("<slug:mechanism>/people/", views.people, name="people"),
    path("<slug:mechanism>/acts/", views.acts, name="acts"),
    path("<slug:mechanism>/bodies/", views.bodies, name="bodies"),
    path("<slug:mechanism>/governance/", views.governance, name="governance"),
    path("<slug:mechanism>/mandates/", views.mandates, name="mandates"),
    path("<slug:mechanism>/years/<int:year>/", views.year, name="year"),
]
