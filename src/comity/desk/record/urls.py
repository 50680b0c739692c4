"""Addresses of acts, drafts, inbox, outbox and the record."""

from django.urls import path

from comity.desk.record import carry, ledgers, signing
from comity.desk.record.views import inbox, outbox

app_name = "record"
urlpatterns = [
    path("inbox/", inbox, name="inbox"),
    path("outbox/", outbox, name="outbox"),
    path("drafts/<slug:key>/", signing.draft, name="draft"),
    path("acts/<slug:act_id>/", signing.act, name="act"),
    path("acts/<slug:act_id>/statement.json", carry.statement, name="statement"),
    path("acts/<slug:act_id>/envelope.json", carry.envelope, name="envelope"),
    path("acts/<slug:act_id>/<str:party>.tlog-proof", carry.proof, name="proof"),
    path("files/<slug:sha256>/", carry.file, name="file"),
    path("record/", ledgers.index, name="index"),
    path("record/<slug:mechanism>/", ledgers.detail, name="detail"),
    path("record/<slug:mechanism>/entries/", ledgers.entries, name="entries"),
    path("record/<slug:mechanism>/verify/", ledgers.verify, name="verify"),
    path("export/", carry.export, name="export"),
    path("export/<slug:mechanism>.zip", carry.download, name="download"),
    path("import/", carry.receive, name="import"),
]
