"""What is frozen, and that every later change of it is found."""

import hashlib
import json

import pytest

from certification import clock
from certification.applications import dossiers, services
from certification.applications.models import Answer, Citation, Dossier
from certification.applications.papers.sheets import report_of
from certification.applications.places import Place
from certification.applications.states import State
from certification.applications.submitted import holds_revision
from certification.documents.typography import day_in_words
from certification.errors import CannotDo
from institutions.models import EvidenceRevision
from tests.factories import make_application

from .factories import PDF, add_version, ask, damage, make_file, make_ready_draft
from .renewal.factories import open_renewal

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted():
    """A submitted application that cites one file, on page 2 of the answer to A1.1."""
    application = make_ready_draft()
    revision = make_file(application.institution, title="Umowa partnerska")
    first = application.criteria().get(code="A1.1")
    services.cite(application, first, revision, by=application.opened_by, place=Place(page=2))
    services.submit(application, by=application.opened_by, declared=True)
    return application


def test_manifest_holds_every_text_and_file_with_its_hash(submitted):
    dossier = submitted.dossiers.get()
    manifest = json.loads(dossier.manifest)
    revision = submitted.answers.get(criterion__code="A1.1").citations.get().revision

    assert manifest["case"] == submitted.number
    assert manifest["institution"]["name"] == submitted.institution.name
    assert manifest["standard_set"]["code"] == submitted.standard_set.code
    assert manifest["declarations"] == ["true", "authorised", "lawful"]
    assert [answer["criterion"] for answer in manifest["answers"]] == [
        "A1.1",
        "A1.2",
        "A2.1",
        "B1.1",
    ]
    text = "Odpowiedź na A1.1."
    assert manifest["answers"][0] == {
        "criterion": "A1.1",
        "self_rating": 2,
        "self_rating_name": "spełnione",
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "confirmed": None,
        "evidence": [
            {
                "id": revision.pk,
                "title": "Umowa partnerska",
                "revision": 1,
                "form": "file",
                "filename": "sprawozdanie żółw.pdf",
                "url": "",
                "size": len(PDF),
                "sha256": hashlib.sha256(PDF).hexdigest(),
                "page": 2,
                "page_to": None,
                "second": None,
                "second_to": None,
                "spot": "",
            }
        ],
    }


def test_manifest_is_canonical(submitted):
    dossier = submitted.dossiers.get()
    again = json.dumps(
        json.loads(dossier.manifest), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )

    assert dossier.manifest == again
    assert dossier.sha256 == hashlib.sha256(again.encode()).hexdigest()


def test_untouched_dossier_agrees(submitted):
    assert list(dossiers.faults(submitted.dossiers.get())) == []


def test_a_changed_byte_of_a_file_is_found(submitted):
    damage(submitted.answers.get(criterion__code="A1.1").citations.get().revision)

    assert len(list(dossiers.faults(submitted.dossiers.get()))) == 1
    assert list(dossiers.faults(submitted.dossiers.get(), files=False)) == []


def test_a_lost_file_is_found(submitted):
    revision = submitted.answers.get(criterion__code="A1.1").citations.get().revision
    revision.file.storage.delete(revision.file.name)

    assert len(list(dossiers.faults(submitted.dossiers.get()))) == 1


def test_a_changed_manifest_is_found(submitted):
    dossier = submitted.dossiers.get()
    dossier.manifest = dossier.manifest.replace("Odpowiedź na A1.1.", "Odpowiedź na A1.1!")

    # the manifest's own hash, the text's hash
    assert len(list(dossiers.faults(dossier))) == 2


def test_a_changed_answer_is_found(submitted):
    Answer.objects.filter(criterion__code="A1.2").update(text="Podmieniona.")

    assert list(dossiers.faults(submitted.dossiers.get())) == [
        "Odpowiedź na A1.2 nie jest tą, którą zamrożono."
    ]


def test_a_changed_place_in_evidence_is_found(submitted):
    Citation.objects.update(page_to=5)

    assert len(list(dossiers.faults(submitted.dossiers.get()))) == 1


@pytest.mark.parametrize("number", [1, 2])
def test_a_dossier_of_an_earlier_format_still_agrees(number, submitted):
    """Format 1 knew of a place no more than its page, and neither who confirmed an answer."""
    old = json.loads(submitted.dossiers.get().manifest)
    old |= {"format": f"cal-dossier/{number}", "dossier": 2}
    for answer in old["answers"]:
        del answer["confirmed"]
        for piece in answer["evidence"]:
            for newer in ("page_to", "second", "second_to", "spot") if number == 1 else ():
                del piece[newer]
    manifest = dossiers.canonical(old)
    dossier = Dossier.objects.create(
        application=submitted,
        number=2,
        manifest=manifest,
        sha256=dossiers.sha256_of(manifest),
        frozen_by=submitted.opened_by,
    )

    assert list(dossiers.faults(dossier)) == []
    pieces = [piece for answer in dossiers.answers_shown(dossier) for piece in answer["evidence"]]
    assert [piece["place"] for piece in pieces] == [Place(page=2)]
    assert {answer["confirmation"] for answer in dossiers.answers_shown(dossier)} == {None}


def test_a_new_title_in_the_library_is_no_fault(submitted):
    evidence = submitted.answers.get(criterion__code="A1.1").citations.get().revision.evidence
    evidence.title = "Inny tytuł"
    evidence.save()

    assert list(dossiers.faults(submitted.dossiers.get())) == []


def test_writing_in_a_completion_is_no_fault_for_the_named_criteria(submitted):
    type(submitted).objects.update(state=State.COMPLETION)
    ask(submitted, "A1.2")
    Answer.objects.filter(criterion__code="A1.2").update(text="Uzupełniana.")
    Answer.objects.filter(criterion__code="B1.1").update(text="Podmieniona.")

    assert list(dossiers.faults(submitted.dossiers.get())) == [
        "Odpowiedź na B1.1 nie jest tą, którą zamrożono."
    ]


def test_an_older_dossier_is_not_held_against_newer_answers(submitted):
    type(submitted).objects.update(state=State.COMPLETION)
    ask(submitted, "A1.2")
    Answer.objects.filter(criterion__code="A1.2").update(text="Uzupełniona.")
    services.complete(submitted, by=submitted.opened_by)

    for dossier in submitted.dossiers.all():
        assert list(dossiers.faults(dossier)) == []


def test_a_case_keeps_the_version_it_cited(submitted):
    revision = submitted.answers.get(criterion__code="A1.1").citations.get().revision
    add_version(revision.evidence, b"%PDF nowsza", by=submitted.opened_by)

    assert list(dossiers.faults(submitted.dossiers.get())) == []
    assert holds_revision(submitted.opened_by, submitted, revision)


def test_a_case_holds_what_it_cites_or_froze(submitted):
    revision = submitted.answers.get(criterion__code="A1.1").citations.get().revision
    newer = add_version(revision.evidence, b"%PDF nowsza", by=submitted.opened_by)
    submitted.answers.get(criterion__code="A1.1").citations.all().delete()

    assert holds_revision(submitted.opened_by, submitted, revision)
    assert not holds_revision(submitted.opened_by, submitted, newer)
    assert not holds_revision(submitted.opened_by, make_application(), revision)


def test_freeze_refuses_a_damaged_file(submitted):
    damage(submitted.answers.get(criterion__code="A1.1").citations.get().revision)

    with pytest.raises(CannotDo, match="Umowa partnerska"):
        services.freeze(submitted, by=submitted.opened_by)


def test_size_of_files_counts_a_file_once(submitted):
    assert dossiers.size_of_files(submitted.dossiers.get()) == len(PDF)


@pytest.mark.parametrize("field", ["text", "url"])
def test_a_note_or_an_address_has_the_hash_of_its_words(field):
    words = "https://example.org/statut"
    revision = EvidenceRevision(**{field: words})
    sha256 = hashlib.sha256(words.encode()).hexdigest()

    assert dossiers.is_intact(revision, sha256)
    assert not dossiers.is_intact(EvidenceRevision(**{field: words + "2"}), sha256)


def test_who_confirmed_is_frozen_and_shown(signed_in):
    renewal = open_renewal()
    by = renewal.opened_by
    services.confirm_answers(renewal, by=by, criteria=list(renewal.criteria()))
    Answer.objects.filter(application=renewal, criterion__code="A1.2").update(
        version=9
    )  # rewritten

    services.submit(renewal, by=by, declared=True)

    dossier = renewal.dossiers.get()
    first, second, *_others = dossiers.answers_shown(dossier)
    assert first["confirmed"]["by"] == by.full_name
    assert clock.day_of(first["confirmation"].at) == clock.today()
    assert second["confirmed"] is None
    assert list(dossiers.faults(dossier)) == []
    printed = [each.confirmed for each in report_of(dossier).criteria()][:2]
    assert printed == [f"{by.full_name}, {day_in_words(clock.today())}", ""]
    page = signed_in(by).get(dossier.get_absolute_url()).content.decode()
    assert page.count("Potwierdzono bez zmian") == len(dossier.contents["answers"]) - 1
