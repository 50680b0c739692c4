"""Tables of this app, mirrored from the record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AssessmentRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("mechanism", models.CharField(db_index=True, max_length=64)),
                ("commitment", models.CharField(db_index=True, max_length=64)),
                ("party", models.CharField(max_length=32)),
                ("finding", models.CharField(max_length=12)),
                ("reports", models.JSONField(default=list)),
                ("notes", models.JSONField()),
                ("said", models.CharField(max_length=30)),
                ("current", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="CommitmentRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("mechanism", models.CharField(db_index=True, max_length=64)),
                ("text", models.CharField(db_index=True, max_length=64)),
                ("version", models.CharField(max_length=64)),
                ("marks", models.JSONField()),
                ("quotes", models.JSONField()),
                ("eid", models.CharField(max_length=120)),
                ("nature", models.CharField(max_length=14)),
                ("by", models.JSONField()),
                ("bound", models.CharField(max_length=2000)),
                ("due_from", models.CharField(blank=True, max_length=10)),
                ("due_by", models.CharField(blank=True, max_length=10)),
                ("due_last", models.DateField(db_index=True, null=True)),
                ("areas", models.JSONField(default=list)),
                ("said", models.CharField(max_length=30)),
                ("act", models.CharField(max_length=64)),
                ("in_force", models.BooleanField(default=False)),
                ("reported", models.BooleanField(default=False)),
                ("closed", models.BooleanField(default=False)),
                ("agreed", models.CharField(blank=True, max_length=12)),
                ("differs", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-said", "id"),
            },
        ),
        migrations.CreateModel(
            name="ReportRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("mechanism", models.CharField(db_index=True, max_length=64)),
                ("commitment", models.CharField(db_index=True, max_length=64)),
                ("party", models.CharField(max_length=32)),
                ("progress", models.CharField(max_length=12)),
                ("when", models.CharField(max_length=10)),
                ("evidence", models.JSONField()),
                ("notes", models.JSONField()),
                ("said", models.CharField(max_length=30)),
                ("current", models.BooleanField(default=True)),
            ],
        ),
    ]
