"""Addresses of the room of words."""

from django.urls import path

from comity.desk.language import views

app_name = "language"
urlpatterns = [
    path("", views.index, name="index"),
    path("paper/<slug:text>/", views.copies, name="copies"),
    path("paper/<slug:text>/<str:which>/<str:form>", views.paper, name="paper"),
    path("terms/", views.terms, name="terms"),
    path("terms/take/", views.take, name="take"),
    path("terms/find/", views.find, name="find"),
    path("terms/set-aside/<int:candidate>/", views.dismiss, name="dismiss"),
    path("terms/register.<str:form>", views.export, name="export"),
    path("terms/<slug:term>/", views.term, name="term"),
    path("laws/", views.laws_index, name="laws"),
    path("laws/<int:pk>/", views.comparison, name="comparison"),
    path("laws/<int:pk>/comparison.<str:form>", views.comparison_file, name="comparison-file"),
    path("laws/<int:pk>/match/<int:number>/", views.judge, name="judge"),
]
