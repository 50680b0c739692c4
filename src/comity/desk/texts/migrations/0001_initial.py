"""Tables of this app, mirrored from the record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="TextRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("mechanism", models.CharField(db_index=True, max_length=64)),
                ("meeting", models.CharField(blank=True, db_index=True, max_length=64)),
                ("kind", models.CharField(max_length=20)),
                ("stage", models.CharField(max_length=12)),
                ("versions", models.JSONField()),
                ("titles", models.JSONField(default=dict)),
                ("answers", models.CharField(blank=True, db_index=True, max_length=64)),
                ("proposer", models.CharField(max_length=32)),
                ("said", models.CharField(max_length=30)),
                ("act", models.CharField(max_length=64)),
                ("history", models.JSONField(default=list)),
                ("steps", models.JSONField(default=list)),
                ("in_force", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-said", "id"),
            },
        ),
    ]
