"""What a person sends, and what they get back."""

from datetime import timedelta

from django.urls import reverse

from certification import clock
from certification.applications.models import Citation
from tests.factories import level, make_evidence

CANARY = "Kanarek z obcej instytucji"
DECLARED = {"true": "on", "authorised": "on", "lawful": "on"}


def url(name, application, *args):
    return reverse(name, args=[application.pk, *args])


def page_of(response):
    return response.content.decode()


def post_of(name, application):
    """What a person sends to one address, when everything is in order."""
    first = application.criteria().get(code="A1.1")
    answer = application.answers.filter(criterion=first).first()
    typed = {
        "text": "Nowy tekst.",
        "self_rating": level(application.standard_set, 2).pk,
        "version": answer.version if answer else 0,
    }
    if name == "answer_edit":
        return url(name, application, "A1.1"), typed
    if name == "cite":
        revision = make_evidence(application.institution)
        return url(name, application, "A1.1"), typed | {"revision": revision.pk, "page": "4"}
    if name == "uncite":
        citation = Citation.objects.create(
            answer=answer,
            revision=make_evidence(application.institution),
            added_by=application.opened_by,
        )
        return url(name, application, "A1.1", citation.pk), typed
    asked = {
        "reason": "Brakuje umowy.",
        "criteria": [first.pk],
        "deadline": (clock.today() + timedelta(days=7)).isoformat(),
    }
    data = {"application_submit": DECLARED, "completion_request": asked}
    return url(name, application), data.get(name, {})
