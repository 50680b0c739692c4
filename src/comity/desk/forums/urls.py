"""Addresses of forums. Fixed words go before the forums' own short names (``library.RESERVED``)."""

from django.urls import path

from comity.desk.forums import views

app_name = "forums"
urlpatterns = [
    path("", views.index, name="index"),
    path("import/", views.drop, name="import"),
    path("jobs/<slug:key>/", views.job, name="job"),
    path("jobs/<slug:key>/progress/", views.progress, name="progress"),
    path("position/", views.position, name="position"),
    path("agree-position/", views.agree_position, name="agree-position"),
    path("sheet/<slug:mechanism>/<slug:forum>/<int:session>/", views.sheet, name="sheet"),
    path("<slug:forum>/", views.forum, name="forum"),
    path("<slug:forum>/report/", views.report, name="report"),
    path("<slug:forum>/report.csv", views.report_csv, name="report-csv"),
    path("<slug:forum>/pair/", views.pair, name="pair"),
    path("<slug:forum>/divergences/", views.divergences, name="divergences"),
    path("<slug:forum>/divergences.csv", views.divergences_csv, name="divergences-csv"),
    path("<slug:forum>/votes/", views.votes, name="votes"),
    path("<slug:forum>/votes/<str:event>/", views.call, name="call"),
    path("<slug:forum>/votes/<str:event>/popolo.json", views.popolo, name="popolo"),
    path("<slug:forum>/points/", views.points, name="points"),
    path("<slug:forum>/bloc/", views.bloc, name="bloc"),
    path("<slug:forum>/bloc/votes/", views.bloc_votes, name="bloc-votes"),
    path("<slug:forum>/blocs/", views.blocs, name="blocs"),
    path("<slug:forum>/blocs.csv", views.blocs_csv, name="blocs-csv"),
    path("<slug:forum>/figure/<slug:name>.<slug:kind>", views.figure, name="figure"),
    path("<slug:forum>/brief.<slug:kind>", views.brief, name="brief"),
]
