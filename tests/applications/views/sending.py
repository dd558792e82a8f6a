"""What a person sends, and what they get back."""

from django.urls import reverse

from certification.applications.models import Citation
from tests.applications.factories import add_version
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
        place = {f"place-of-{revision.pk}": "s. 4"}
        return url(name, application, "A1.1"), typed | {"revision": revision.pk} | place
    if name == "evidence_search":
        return url(name, application, "A1.1"), typed
    if name in {"uncite", "citation_place", "cite_newest"}:
        citation = Citation.objects.create(
            answer=answer,
            revision=make_evidence(application.institution),
            added_by=application.opened_by,
        )
        if name == "cite_newest":
            add_version(citation.revision.evidence, b"%PDF-1.7 nowsze", by=application.opened_by)
        place = {f"c{citation.pk}-place": "s. 7"}
        return url(name, application, "A1.1", citation.pk), typed | place
    asked = {"why-A1.1": "Brakuje umowy.", "working_days": "7", "exception": "Nowe okoliczności."}
    saved = {"point": "request", "request-result": "met", "request-version": 1, "request-note": "x"}
    with_reason = {"reason": "Choroba księgowej.", "working_days": "7"}
    data = {
        "application_submit": DECLARED,
        "completion_request": asked,
        "formal_check_save": saved,
        "extension_ask": {"wish": "Choroba księgowej."},
        "extension_decide": with_reason,
    }
    return url(name, application), data.get(name, {})
