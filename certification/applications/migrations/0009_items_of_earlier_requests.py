"""What earlier requests for completion named becomes items; their one text says why."""

from django.db import migrations


def name_items(apps, schema_editor):
    request, item = (
        apps.get_model("applications", name) for name in ("CompletionRequest", "CompletionItem")
    )
    item.objects.bulk_create(
        item(request_id=row.completionrequest_id, criterion_id=row.criterion_id)
        for row in request.criteria.through.objects.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("applications", "0008_formal_check_completion_and_calls")]
    operations = [
        migrations.RunPython(name_items, migrations.RunPython.noop),
        migrations.RemoveField(model_name="completionrequest", name="criteria"),
    ]
