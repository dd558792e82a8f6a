"""Deleting evidence: what was never submitted goes, everything else stays and says why."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client

from certification.applications.dossiers import faults
from certification.applications.models import Application, Citation, DossierFile
from certification.applications.services import cite, submit, withdraw
from certification.applications.states import State
from certification.audit.models import Event
from certification.errors import CannotDo, Stale
from institutions import keeping
from institutions.models import Evidence, EvidenceRevision, EvidenceTag, Institution, User
from institutions.services.deleting import Kept, delete_evidence, delete_version
from institutions.services.evidence import revise_evidence
from institutions.services.library import change_evidence
from institutions.states import MemberRole
from tests.applications.factories import add_version, make_file, make_ready_draft
from tests.factories import make_evidence, make_institution, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(institution: Institution, by: User) -> Application:
    return make_ready_draft(institution=institution, by=by)


@pytest.fixture
def document(institution: Institution, by: User) -> EvidenceRevision:
    return make_file(institution, by=by)


def cited(draft: Application, revision: EvidenceRevision, by: User) -> Citation:
    return cite(draft, draft.criteria()[0], revision, by=by)


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


# --- what goes ------------------------------------------------------------------------------


def test_evidence_goes_with_its_versions_tags_and_files(
    institution: Institution, by: User, django_capture_on_commit_callbacks: Any
) -> None:
    revision = make_file(institution, by=by)
    evidence = revision.evidence
    add_version(evidence, b"%PDF-1.7 newer", by=by)
    EvidenceTag.objects.create(evidence=evidence, institution=evidence.institution, text="rada")
    with django_capture_on_commit_callbacks(execute=True):
        delete_evidence(evidence, by=by)
    assert not Evidence.objects.exists()
    assert not EvidenceRevision.objects.exists()
    assert not EvidenceTag.objects.exists()
    assert files() == []
    event = Event.objects.get(verb="institutions.delete_evidence")
    assert event.facts == {"versions": 2, "sha256": event.facts["sha256"]}
    assert len(event.facts["sha256"]) == 64


def test_file_stays_until_the_commit(
    document: EvidenceRevision, by: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        delete_evidence(document.evidence, by=by)
        assert len(files()) == 1


def test_second_click_changes_nothing(document: EvidenceRevision, by: User) -> None:
    evidence = document.evidence
    delete_evidence(Evidence.objects.get(pk=evidence.pk), by=by)
    delete_evidence(evidence, by=by)
    assert Event.objects.filter(verb="institutions.delete_evidence").count() == 1


def test_version_added_meanwhile_stops_the_deletion(document: EvidenceRevision, by: User) -> None:
    add_version(document.evidence, b"%PDF-1.7 newer", by=by)
    with pytest.raises(Stale):
        delete_evidence(document.evidence, by=by, newest=1)
    assert document.evidence.revisions.count() == 2


def test_one_version_goes_and_the_others_keep_their_numbers(
    institution: Institution, by: User, django_capture_on_commit_callbacks: Any
) -> None:
    first = make_file(institution, by=by)
    evidence = first.evidence
    second = add_version(evidence, b"%PDF-1.7 with a PESEL", by=by)
    add_version(evidence, b"%PDF-1.7 without", by=by)
    with django_capture_on_commit_callbacks(execute=True):
        delete_version(evidence, 2, by=by)
        delete_version(evidence, 2, by=by)  # a second click
    assert list(evidence.revisions.values_list("number", flat=True)) == [1, 3]
    assert len(files()) == 2
    event = Event.objects.get(verb="institutions.delete_version")
    assert event.facts == {"number": 2, "sha256": second.sha256}


def test_name_of_a_deleted_version_finds_nothing_more(institution: Institution, by: User) -> None:
    evidence = make_evidence(institution, by=by).evidence
    EvidenceRevision.objects.create(
        evidence=evidence, number=2, url="https://pomylka.example", sha256="0", added_by=by
    )
    change_evidence(evidence, by=by, title="Inny")
    assert Evidence.objects.matching("pomylka").exists()
    delete_version(evidence, 2, by=by)
    assert not Evidence.objects.matching("pomylka").exists()


def test_only_version_does_not_go_alone(document: EvidenceRevision, by: User) -> None:
    with pytest.raises(CannotDo):
        delete_version(document.evidence, 1, by=by)
    assert document.evidence.revisions.count() == 1


def test_citation_of_a_withdrawn_draft_goes_too(
    draft: Application, document: EvidenceRevision, by: User
) -> None:
    """Nobody can change a withdrawn application, and it was never submitted."""
    cited(draft, document, by)
    withdraw(draft, by=by)
    (reason,) = keeping.reasons([document], user=by)
    assert not reason.binding
    delete_evidence(document.evidence, by=by)
    assert not Citation.objects.exists()
    assert Event.objects.filter(verb="applications.uncite").count() == 1


# --- what stays -----------------------------------------------------------------------------


def test_cited_evidence_stays_and_says_where(
    draft: Application, document: EvidenceRevision, by: User
) -> None:
    citation = cited(draft, document, by)
    before = Event.objects.count()
    with pytest.raises(Kept) as refused:
        delete_evidence(document.evidence, by=by)
    (reason,) = refused.value.reasons
    code = citation.answer.criterion.code
    assert code in reason.text
    assert reason.url == f"/wnioski/{draft.pk}/odpowiedzi/{code}/"
    assert (Event.objects.count(), len(files())) == (before, 1)


def test_submitted_evidence_stays_for_good(
    draft: Application, document: EvidenceRevision, by: User
) -> None:
    cited(draft, document, by)
    submit(draft, by=by, declared=True)
    Citation.objects.all().delete()  # as a completion does
    withdraw(draft, by=by)
    with pytest.raises(Kept) as refused:
        delete_evidence(document.evidence, by=by)
    (reason,) = refused.value.reasons
    assert reason.url == f"/wnioski/{draft.pk}/akta/1/"
    assert draft.number in reason.text


def test_cited_version_survives_whatever_is_done_to_the_evidence(
    draft: Application, document: EvidenceRevision, by: User
) -> None:
    """It is revised, described anew, and deletion is tried: the dossier still verifies."""
    evidence = document.evidence
    cited(draft, document, by)
    submit(draft, by=by, declared=True)
    add_version(evidence, b"%PDF-1.7 newer", by=by)
    change_evidence(evidence, by=by, title="Nowy tytuł", tags=["nowa"])
    for attempt in (
        lambda: delete_evidence(evidence, by=by),
        lambda: delete_version(evidence, 1, by=by),
    ):
        with pytest.raises(Kept):
            attempt()
    delete_version(evidence, 2, by=by)
    assert EvidenceRevision.objects.get(pk=document.pk).sha256 == document.sha256
    assert list(faults(draft.dossiers.get())) == []


def test_reasons_name_no_case_that_the_person_may_not_see(
    draft: Application, document: EvidenceRevision, by: User
) -> None:
    cited(draft, document, by)
    submit(draft, by=by, declared=True)
    stranger = make_member(make_institution())
    for reason in keeping.reasons([document], user=stranger):
        assert draft.number not in reason.text
        assert reason.url == ""


# --- the database has the last word ----------------------------------------------------------


def raw(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        connection.check_constraints()


def test_database_refuses_to_change_a_version(document: EvidenceRevision) -> None:
    with pytest.raises(IntegrityError):
        raw("UPDATE institutions_evidencerevision SET sha256 = 'x' WHERE id = %s", document.pk)


def test_database_refuses_to_delete_a_cited_version(
    draft: Application, document: EvidenceRevision, by: User
) -> None:
    cited(draft, document, by)
    with pytest.raises(IntegrityError):
        raw("DELETE FROM institutions_evidencerevision WHERE id = %s", document.pk)


def test_database_refuses_to_delete_a_frozen_version(
    draft: Application, document: EvidenceRevision, by: User
) -> None:
    cited(draft, document, by)
    submit(draft, by=by, declared=True)
    Citation.objects.all().delete()
    with pytest.raises(IntegrityError):
        raw("DELETE FROM institutions_evidencerevision WHERE id = %s", document.pk)
    with pytest.raises(IntegrityError):
        raw("DELETE FROM applications_dossierfile WHERE revision_id = %s", document.pk)
    assert DossierFile.objects.count() == 1


def test_database_lets_a_version_go_that_nothing_points_at(document: EvidenceRevision) -> None:
    raw("DELETE FROM institutions_evidencerevision WHERE id = %s", document.pk)
    assert not EvidenceRevision.objects.exists()


def test_pointer_that_nobody_registered_still_keeps(
    draft: Application, document: EvidenceRevision, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cited(draft, document, by)
    monkeypatch.setattr(keeping, "_finders", [])
    monkeypatch.setattr(keeping, "_let_go", [])
    with pytest.raises(Kept):
        delete_evidence(document.evidence, by=by)
    assert Evidence.objects.exists()
    assert not Event.objects.filter(verb="institutions.delete_evidence").exists()


@pytest.mark.django_db(transaction=True)
def test_citing_and_deleting_at_once_leaves_one_winner(
    draft: Application, document: EvidenceRevision, by: User
) -> None:
    """Either it is cited and stays, or it is gone and the citation is refused; no half of each."""
    start, outcomes = threading.Barrier(2), []

    def run(verb: Any) -> None:
        start.wait()
        try:
            verb()
            outcomes.append("done")
        except CannotDo:
            outcomes.append("refused")
        finally:
            connection.close()

    verbs = (
        lambda: cited(draft, document, by),
        lambda: delete_evidence(document.evidence, by=by),
    )
    threads = [threading.Thread(target=run, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
    assert Citation.objects.count() == EvidenceRevision.objects.count() == len(files())


# --- the pages ------------------------------------------------------------------------------


@pytest.fixture
def editor(institution: Institution, signed_in: Any) -> Client:
    return signed_in(make_member(institution, MemberRole.EDITOR))


def test_page_asks_and_then_deletes(editor: Client, document: EvidenceRevision) -> None:
    address = f"/dowody/{document.evidence_id}/usun/"
    page = editor.get(address)
    assert (page.status_code, page.context["kept"]) == (200, [])
    response = editor.post(address, {"newest": "1"})
    assert (response.status_code, response["Location"]) == (302, "/dowody/")
    assert not Evidence.objects.exists()
    assert editor.get(address).status_code == 404


def test_page_says_why_it_cannot_be(
    editor: Client, draft: Application, document: EvidenceRevision, by: User
) -> None:
    citation = cited(draft, document, by)
    address = f"/dowody/{document.evidence_id}/usun/"
    page = editor.get(address).content.decode()
    assert f'href="/wnioski/{draft.pk}/odpowiedzi/{citation.answer.criterion.code}/"' in page
    assert 'name="newest"' not in page
    response = editor.post(address, {"newest": "1"})
    assert response.status_code == 409
    assert Evidence.objects.exists()


def test_page_shows_what_came_meanwhile(editor: Client, institution: Institution, by: User) -> None:
    evidence = make_evidence(institution, by=by).evidence
    editor.get(f"/dowody/{evidence.pk}/usun/")
    revise_evidence(evidence, by=by, text="Nowa treść")
    response = editor.post(f"/dowody/{evidence.pk}/usun/", {"newest": "1"})
    assert (response.status_code, response.context["newest"]) == (409, 2)
    again = editor.post(f"/dowody/{evidence.pk}/usun/", {"newest": "2"})
    assert again.status_code == 302


def test_page_deletes_one_version(editor: Client, institution: Institution, by: User) -> None:
    evidence = make_evidence(institution, by=by).evidence
    address = f"/dowody/{evidence.pk}/usun/1/"
    assert editor.get(address).context["is_only"]
    assert editor.post(address).status_code == 409
    revise_evidence(evidence, by=by, text="Nowa treść")
    assert not editor.get(address).context["is_only"]
    response = editor.post(address)
    assert response["Location"] == f"/dowody/{evidence.pk}/"
    assert list(evidence.revisions.values_list("number", flat=True)) == [2]
    assert editor.get(address).status_code == 404


def test_number_that_is_none_deletes_as_if_unsaid(
    institution: Institution, by: User, signed_in: Any
) -> None:
    for nonsense in ("9" * 5000, "²", "-1", "\0"):
        evidence = make_evidence(institution, by=by).evidence
        address = f"/dowody/{evidence.pk}/usun/"
        assert signed_in(by).post(address, {"newest": nonsense}).status_code == 302


@pytest.mark.parametrize("address", ["/dowody/{}/usun/", "/dowody/{}/usun/1/"])
def test_others_delete_nothing(document: EvidenceRevision, signed_in: Any, address: str) -> None:
    reader = signed_in(make_member(document.evidence.institution, MemberRole.READER))
    outsider = signed_in(make_member(make_institution()))
    for client, expected in ((reader, 403), (outsider, 404)):
        for method in (client.get, client.post):
            assert method(address.format(document.evidence_id)).status_code == expected
    assert Evidence.objects.exists()


def test_case_of_every_state_keeps_what_it_cites(institution: Institution, by: User) -> None:
    """All but a withdrawn one, whether or not its dossier names the file."""
    application = make_ready_draft(institution=institution, by=by)
    revision = make_evidence(institution, by=by)
    cited(application, revision, by)
    for state in State:
        row = Application.objects.filter(pk=application.pk)
        row.update(state=state, number="x", submitted_by=by, submitted_at=application.opened_at)
        (reason,) = keeping.reasons([revision], user=by)
        assert reason.binding == (state != State.WITHDRAWN)
