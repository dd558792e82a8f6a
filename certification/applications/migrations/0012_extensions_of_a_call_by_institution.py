"""More time in a call is given to an institution, whether it has begun an application or not."""

import certification.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0011_papers"),
        ("institutions", "0008_size_of_a_library"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.DeleteModel("CallExtension"),  # of which no row was written yet
        migrations.CreateModel(
            name="CallExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField(verbose_name="new last day")),
                ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                ("granted_at", models.DateTimeField(default=certification.clock.now)),
                ("call", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="extensions", to="applications.call")),
                ("granted_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("institution", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="institutions.institution", verbose_name="institution")),
            ],
            options={"ordering": ["pk"]},
        ),
    ]
