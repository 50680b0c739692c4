"""When an item of a position sheet is expected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="sheetitem", name="date", field=models.CharField(blank=True, max_length=10, default=""), preserve_default=False
        ),
    ]
