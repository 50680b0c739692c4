"""Addresses of an officer's work, and of search."""

from django.urls import path

from comity.desk.work import views

app_name = "work"
urlpatterns = [
    path("", views.index, name="index"),
    path("search/", views.search, name="search"),
    path("notifications/", views.notices, name="notices"),
    path("notifications/<int:pk>/", views.open_notice, name="open"),
    path("notifications/settings/", views.wishes, name="wishes"),
    path("remarks/", views.remark, name="remark"),
    path("remarks/<int:pk>/", views.change_remark, name="change-remark"),
    path("behalf/<slug:key>/", views.behalf, name="behalf"),
]
