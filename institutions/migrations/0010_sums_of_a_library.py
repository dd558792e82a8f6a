import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Left


def fill(apps, schema_editor):
    """What was added before gets what is written with each piece of evidence from now on."""
    Evidence = apps.get_model("institutions", "Evidence")
    EvidenceRevision = apps.get_model("institutions", "EvidenceRevision")
    EvidenceTag = apps.get_model("institutions", "EvidenceTag")
    sizes = (
        EvidenceRevision.objects.filter(evidence=OuterRef("pk"))
        .order_by()
        .values("evidence")
        .values(bytes=Sum("size"))
    )
    begun = Left("search_text", 200)  # it begins with the title
    Evidence.objects.update(size=Coalesce(Subquery(sizes), 0), sort_title=begun)
    owner = Evidence.objects.filter(pk=OuterRef("evidence")).values("institution")
    EvidenceTag.objects.update(institution=Subquery(owner))


class Migration(migrations.Migration):
    dependencies = [("institutions", "0009_notice_choices")]
    operations = [
        migrations.AddField(
            model_name="evidence",
            name="size",
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="evidence",
            name="sort_title",
            field=models.CharField(blank=True, default="", editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="evidencetag",
            name="institution",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.institution",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
