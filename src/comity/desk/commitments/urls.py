"""Addresses of commitments."""

from django.urls import path

from comity.desk.commitments import views

app_name = "commitments"
urlpatterns = [
    path("", views.index, name="index"),
    path("undertake/", views.undertake, name="undertake"),
    path("report/", views.report, name="report"),
    path("assess/", views.assess, name="assess"),
    path("assign/", views.assign, name="assign"),
    path("list/", views.listed, name="list"),
    path("<slug:commitment>/", views.detail, name="detail"),
]
