"""Addresses of joint texts."""

from django.urls import path

from comity.desk.language.views import approve_term
from comity.desk.texts import negotiating, views

app_name = "texts"
urlpatterns = [
    path("", views.index, name="index"),
    path("put-forward/", views.put_forward, name="put-forward"),
    path("adopt/", views.adopt, name="adopt"),
    path("correct/", views.correct, name="correct"),
    path("comment/", views.comment, name="comment"),
    path("work/", negotiating.work, name="work"),
    path("work/provision/", negotiating.provision, name="provision"),
    path("work/act/", negotiating.act, name="act"),
    path("work/returned/", negotiating.returned, name="returned"),
    path("work/word/", negotiating.draft_word, name="draft-word"),
    path("set-aside/", negotiating.set_aside, name="set-aside"),
    path("approve-term/", approve_term, name="approve-term"),
    path("<slug:text>/", views.detail, name="detail"),
    path("<slug:text>/compare/", negotiating.compare, name="compare"),
    path("<slug:text>/word/", negotiating.word, name="word"),
]
