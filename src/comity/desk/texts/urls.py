"""Addresses of joint texts."""

from django.urls import path

from comity.desk.texts import views

app_name = "texts"
urlpatterns = [
    path("", views.index, name="index"),
    path("put-forward/", views.put_forward, name="put-forward"),
    path("adopt/", views.adopt, name="adopt"),
    path("correct/", views.correct, name="correct"),
    path("comment/", views.comment, name="comment"),
    path("<slug:text>/", views.detail, name="detail"),
]
