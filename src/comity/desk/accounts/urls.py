"""Addresses of accounts. They stand before allauth's, so that what a node without mail cannot do is no page at all."""

from django.urls import path, re_path

from comity.desk.accounts import views

app_name = "accounts"
urlpatterns = [
    path("me/", views.index, name="index"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    re_path(r"^(?:email|confirm-email|password/set|password/reset|login/code)/", views.by_mail),
]
