"""The verbs that the journal holds, oldest first."""

from certification.audit.models import Event


def verbs():
    return list(Event.objects.order_by("seq").values_list("verb", flat=True))
