"""Evidence and dossiers from before get what new ones have."""

import json
from importlib import import_module

import pytest
from django.apps import apps

from certification.applications.models import Dossier, DossierFile
from certification.applications.services import cite, submit
from institutions.models import Evidence, EvidenceRevision
from tests.applications.factories import add_version, make_file, make_ready_draft
from tests.factories import make_application, make_evidence, make_institution

pytestmark = pytest.mark.django_db


def test_earlier_evidence_is_found_as_new_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    migration = import_module("institutions.migrations.0005_search_text_of_evidence")
    monkeypatch.setattr(migration, "BATCH", 2)
    institution = make_institution()
    for number in range(5):
        revision = make_evidence(institution, title=f"Łódź {number}", tags=["rada"])
        EvidenceRevision.objects.create(
            evidence=revision.evidence,
            number=2,
            url="https://plan.example",
            sha256="0",
            added_by=revision.added_by,
        )
    written = [f"lodz {number} rada https://plan.example" for number in range(5)]
    Evidence.objects.update(search_text="")

    migration.fill(apps, None)

    assert list(Evidence.objects.order_by("pk").values_list("search_text", flat=True)) == written


def test_earlier_libraries_get_their_sums() -> None:
    migration = import_module("institutions.migrations.0010_sums_of_a_library")
    revision = make_evidence(make_institution(), title="Łąka", tags=["rada"])
    add_version(revision.evidence, b"%PDF-1.7 newer", by=revision.added_by)
    Evidence.objects.update(size=0, sort_title="")

    migration.fill(apps, None)

    evidence = Evidence.objects.get()
    assert evidence.size == sum(evidence.revisions.values_list("size", flat=True)) > 0
    assert evidence.sort_title.startswith("laka")


def test_earlier_dossiers_get_the_files_of_their_manifests() -> None:
    """A submission as it was kept before: the manifest alone names the files."""
    migration = import_module(
        "certification.applications.migrations.0004_files_of_earlier_dossiers"
    )
    draft = make_ready_draft()
    by = draft.opened_by
    first = make_file(draft.institution, by=by)
    second = add_version(first.evidence, b"%PDF-1.7 other", by=by)
    for criterion, revision in zip(draft.criteria(), (first, second, first), strict=False):
        cite(draft, criterion, revision, by=by)
    submit(draft, by=by, declared=True)
    today = draft.dossiers.get()
    earlier = make_application()
    dossier = Dossier.objects.create(
        application=earlier, number=1, manifest=today.manifest, sha256="0" * 64, frozen_by=by
    )
    before = set(DossierFile.objects.filter(dossier=today).values_list("revision", flat=True))

    migration.read_from_manifests(Alone(dossier), None)

    files = DossierFile.objects.filter(dossier=dossier).values_list("revision", flat=True)
    assert set(files) == before == {first.pk, second.pk}
    assert json.loads(dossier.manifest)["answers"]


def test_dossier_without_answers_gets_no_files() -> None:
    migration = import_module(
        "certification.applications.migrations.0004_files_of_earlier_dossiers"
    )
    application = make_application()
    dossier = Dossier.objects.create(
        application=application,
        number=1,
        manifest="{}",
        sha256="0" * 64,
        frozen_by=application.opened_by,
    )
    migration.read_from_manifests(Alone(dossier), None)
    assert not DossierFile.objects.exists()


class Alone:
    """The apps of the migration, with one dossier alone: those of today have their files."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def get_model(self, app: str, name: str) -> object:
        if name != "Dossier":
            return apps.get_model(app, name)
        dossiers = Dossier.objects.filter(pk=self.dossier.pk)
        return type("Dossiers", (), {"objects": dossiers})
