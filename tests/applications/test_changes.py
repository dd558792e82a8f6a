"""What a completion changed, told from the dossiers."""

import pytest
from django.urls import reverse

from certification.applications import services
from certification.applications.changes import by_completions, of_dossier, since_last_dossier
from certification.applications.models import Citation
from certification.applications.states import State
from tests.applications.factories import add_version, ask, make_file, make_ready_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """Submitted with one file, and asked to complete A1.1."""
    application = make_ready_draft()
    cite(application, make_file(application.institution, title="Statut"))
    services.submit(application, by=application.opened_by, declared=True)
    application.__class__.objects.update(state=State.COMPLETION)
    ask(application)
    application.refresh_from_db()
    return application


def cite(application, revision):
    answer = application.answers.get(criterion__code="A1.1")
    return Citation.objects.create(answer=answer, revision=revision, added_by=application.opened_by)


def test_nothing_changed(case):
    assert since_last_dossier(case) == {}


def test_text_and_evidence_of_one_criterion(case, signed_in):
    old = Citation.objects.get()
    cite(case, add_version(old.revision.evidence, b"%PDF-1.7 nowy", by=case.opened_by))
    old.delete()
    cite(case, make_file(case.institution, b"%PDF-1.7 x", title="Umowa"))
    case.answers.filter(criterion__code="A1.1").update(text="Odpowiedź na A1.1, dopisana.")

    services.complete(case, by=case.opened_by, answer="Dopisane.")

    changes = of_dossier(case.dossiers.last())
    assert list(changes) == ["A1.1"]
    change = changes["A1.1"]
    assert [each.text for each in change.words if each.change == "added"] == [", dopisana"]
    assert [piece["title"] for piece in change.added] == ["Umowa"]
    assert [(each.old["revision"], each.new["revision"]) for each in change.renewed] == [(1, 2)]
    assert change.removed == []
    address = reverse("dossier_changes", args=[case.pk, 2])
    page = signed_in(case.opened_by).get(address).content.decode()
    assert "zamieniono" in page
    assert "Umowa" in page
    assert "Dopisane." in page


def test_changed_criteria_are_marked_in_the_whole_text(case, signed_in):
    whole = reverse("application_answers", args=[case.pk]) + "?widok=calosc"
    client = signed_in(case.opened_by)
    assert "Zmienione w uzupełnieniu" not in client.get(whole).content.decode()
    Citation.objects.all().delete()
    services.complete(case, by=case.opened_by, answer="")

    page = client.get(whole).content.decode()

    assert list(by_completions(case)) == ["A1.1"]
    assert page.count("Zmienione w uzupełnieniu") == 1
    assert reverse("dossier_changes", args=[case.pk, 2]) + "#A1.1" in page


def test_the_first_dossier_changed_nothing(case, signed_in):
    assert of_dossier(case.dossiers.get()) == {}
    address = reverse("dossier_changes", args=[case.pk, 1])
    assert signed_in(case.opened_by).get(address).status_code == 404
