"""The frozen dossier, its manifest and its files."""

import json

import pytest

from certification import clock
from certification.applications import services
from certification.applications.models import Application, Citation
from certification.applications.places import Place
from certification.applications.states import State
from institutions.states import Role
from tests.applications.factories import (
    PDF,
    add_version,
    ask,
    damage,
    make_file,
    make_ready_draft,
)
from tests.factories import (
    make_institution,
    make_user,
)
from tests.institutions.documents import pdf

from .sending import page_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def cited():
    """A submitted application of a named institution, with one cited file."""
    application = make_ready_draft()
    revision = make_file(application.institution, title="Umowa partnerska")
    first = application.criteria().get(code="A1.1")
    services.cite(application, first, revision, by=application.opened_by)
    services.submit(application, by=application.opened_by, declared=True)
    return application, revision


def test_dossier_shows_its_hash_and_that_it_agrees(cited, signed_in):
    application, revision = cited

    page = page_of(signed_in(application.opened_by).get(url("dossier_detail", application, 1)))

    assert application.dossiers.get().sha256 in page
    assert revision.sha256[:12] in page
    assert "Zgodne" in page
    assert "Niezgodne" not in page


def test_dossier_says_what_does_not_agree(cited, signed_in):
    application, revision = cited
    damage(revision)

    page = page_of(signed_in(application.opened_by).get(url("dossier_detail", application, 1)))

    assert "Niezgodne" in page
    assert "Umowa partnerska" in page


def test_dossier_reads_large_files_when_asked(cited, signed_in, monkeypatch):
    application, revision = cited
    damage(revision)
    monkeypatch.setattr("certification.applications.views.dossiers.READ_AT_ONCE", 1)
    client, address = signed_in(application.opened_by), url("dossier_detail", application, 1)

    assert "Niezgodne" not in page_of(client.get(address))
    assert "Niezgodne" in page_of(client.get(address, {"sprawdz": "pliki"}))


def test_dossier_that_is_not_there(cited, signed_in):
    application, _revision = cited

    response = signed_in(application.opened_by).get(url("dossier_detail", application, 2))

    assert response.status_code == 404


def test_manifest_is_given_byte_for_byte(cited, signed_in):
    application, _revision = cited

    response = signed_in(application.opened_by).get(url("dossier_manifest", application, 1))

    assert response.content.decode() == application.dossiers.get().manifest
    assert json.loads(response.content)["case"] == application.number
    assert f"akta-cal-w-1-{clock.today().year}-1.json" in response["Content-Disposition"]


@pytest.mark.parametrize(("asked", "kind"), [({}, "attachment"), ({"podglad": "1"}, "inline")])
def test_cited_file(asked, kind, cited, signed_in):
    application, revision = cited
    clerk = make_user(Role.OFFICE)

    response = signed_in(clerk).get(url("cited_file", application, revision.pk), asked)

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith(kind)


def test_cited_file_that_the_case_does_not_cite(cited, signed_in):
    application, revision = cited
    uncited = add_version(revision.evidence, b"%PDF nowa", by=application.opened_by)
    alien = make_file(make_institution())
    client = signed_in(make_user(Role.OFFICE))

    for one in (uncited, alien):
        assert client.get(url("cited_file", application, one.pk)).status_code == 404
        assert client.get(url("cited_view", application, one.pk)).status_code == 404
        assert client.get(url("cited_page", application, one.pk, 1)).status_code == 404


def test_cited_evidence_is_looked_at_below_its_case(signed_in):
    application = make_ready_draft()
    revision = make_file(application.institution, pdf("pierwsza", "park"), title="Umowa")
    first = application.criteria().get(code="A1.1")
    services.cite(application, first, revision, by=application.opened_by, place=Place(page=2))
    services.submit(application, by=application.opened_by, declared=True)
    client = signed_in(make_user(Role.OFFICE))

    dossier = page_of(client.get(url("dossier_detail", application, 1)))
    page = page_of(client.get(url("cited_view", application, revision.pk), {"strona": "2"}))

    assert f'href="{url("cited_view", application, revision.pk)}?strona=2"' in dossier
    assert "Strona 2 z 2" in page
    assert "park" in page
    assert f'src="{url("cited_page", application, revision.pk, 2)}?szer=1200"' in page
    assert f'href="{application.get_absolute_url()}"' in page
    # nothing on the page leads into the library, which is closed to the office
    assert "/dowody/wersje/" not in page


def test_cited_file_once_frozen_stays_open_to_the_case(cited, signed_in):
    application, revision = cited
    Application.objects.update(state=State.COMPLETION)
    ask(application)
    services.uncite(Citation.objects.get(), by=application.opened_by)

    response = signed_in(make_user(Role.OFFICE)).get(url("cited_file", application, revision.pk))
    response.close()

    assert response.status_code == 200
