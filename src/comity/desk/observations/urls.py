"""Addresses of observed mechanisms."""

from django.urls import path

from comity.desk.observations import views

app_name = "observations"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:case>/", views.detail, name="detail"),
    path("<slug:case>/<slug:kind>/", views.listing, name="list"),
    path("<slug:case>/<slug:kind>/<str:id>/", views.thing, name="thing"),
]
