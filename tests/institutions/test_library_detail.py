"""The page of one piece of evidence: its versions, its tags, and where it is used."""

from typing import Any

import pytest
from django.test import Client

from certification.applications.models import Application, Citation, ConflictDeclaration
from certification.applications.places import Place
from certification.applications.sections import uses_of
from certification.applications.services import cite, submit
from institutions.models import EvidenceRevision, Institution, User
from institutions.services.evidence import revise_evidence
from institutions.states import MemberRole, Role
from tests.applications.factories import make_ready_draft
from tests.factories import make_evidence, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(institution: Institution, signed_in: Any) -> Client:
    return signed_in(make_member(institution, MemberRole.EDITOR))


@pytest.fixture
def reader(institution: Institution, signed_in: Any) -> Client:
    return signed_in(make_member(institution, MemberRole.READER))


@pytest.fixture
def draft(institution: Institution, by: User) -> Application:
    return make_ready_draft(institution=institution, by=by)


def cited(draft: Application, revision: EvidenceRevision, *, number: int = 0) -> Citation:
    return cite(draft, draft.criteria()[number], revision, by=draft.opened_by, place=Place(page=3))


def page_of(client: Client, revision: EvidenceRevision, query: str = "") -> str:
    response = client.get(f"/dowody/{revision.evidence_id}/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("count", [1, 3])
def test_uses_are_told_in_as_many_queries(
    draft: Application, by: User, django_assert_num_queries: Any, count: int
) -> None:
    revision = make_evidence(draft.institution)
    for number in range(count):
        cited(draft, revision, number=number)
    submit(draft, by=by, declared=True)
    user = User.objects.get(pk=by.pk)
    with django_assert_num_queries(4):
        (use,) = uses_of(user, revision.evidence).context["uses"]
        assert [one.answer.criterion.code for one in use.citations] == ["A1.1", "A1.2", "A2.1"][
            :count
        ]
        assert [file.dossier.number for file in use.files] == [1]


def test_page_says_which_case_cites_which_version(
    editor: Client, draft: Application, by: User
) -> None:
    revision = make_evidence(draft.institution)
    assert "Żaden wniosek jeszcze go nie przywołuje" in page_of(editor, revision)
    cited(draft, revision)
    page = page_of(editor, revision)
    assert f'href="/wnioski/{draft.pk}/odpowiedzi/?widok=calosc#A1.1"' in page
    assert "wersja 1, s. 3" in page
    submit(draft, by=by, declared=True)
    page = page_of(editor, revision)
    assert draft.number in page
    assert f'href="/wnioski/{draft.pk}/akta/1/"' in page


def test_newer_version_than_the_cited_is_said_kindly(
    editor: Client, draft: Application, by: User
) -> None:
    revision = make_evidence(draft.institution, by=by)
    cited(draft, revision)
    assert "Jest już" not in page_of(editor, revision)
    revise_evidence(revision.evidence, by=by, text="Nowsza treść")
    assert "Jest już wersja 2, nowsza od przywołanej" in page_of(editor, revision)
    submit(draft, by=by, declared=True)
    assert "Ten wniosek zachowuje wersję, którą złożono" in page_of(editor, revision)


def test_other_institutions_case_is_never_named(editor: Client, institution: Institution) -> None:
    """Should such a citation ever come about, the page of the evidence keeps silent."""
    revision = make_evidence(institution)
    alien = make_ready_draft()
    Citation.objects.create(
        answer=alien.answers.order_by("pk")[0], revision=revision, added_by=alien.opened_by
    )
    page = page_of(editor, revision)
    assert f"/wnioski/{alien.pk}/" not in page
    assert "Żaden wniosek jeszcze go nie przywołuje" in page


def test_conflict_hides_the_case_and_membership_shows_it(
    draft: Application, institution: Institution, by: User
) -> None:
    """A clerk sees the submitted case, until a conflict; a member sees their own case always."""
    revision = make_evidence(institution)
    cited(draft, revision)
    submit(draft, by=by, declared=True)
    clerk, barred = make_user(Role.OFFICE), make_user(Role.OFFICE)
    insider = make_member(institution, MemberRole.READER, user=make_user(Role.OFFICE))
    for user in (barred, insider):
        ConflictDeclaration.objects.create(
            application=draft, user=user, ground="other", declared_by=user
        )
    seen = {
        user: bool(uses_of(user, revision.evidence).context["uses"])
        for user in (clerk, barred, insider)
    }
    assert seen == {clerk: True, barred: False, insider: True}


def test_versions_show_their_whole_fingerprints(editor: Client, institution: Institution) -> None:
    revision = make_evidence(institution)
    newer = revise_evidence(revision.evidence, by=revision.added_by, text="Nowsza treść")
    page = page_of(editor, revision)
    assert revision.sha256 in page
    assert newer.sha256 in page


def with_numbers(institution: Institution) -> EvidenceRevision:
    revision = make_evidence(institution)
    return EvidenceRevision.objects.create(
        evidence=revision.evidence,
        number=2,
        text="44051401458",
        sha256="0" * 64,
        personal_numbers=1,
        added_by=revision.added_by,
    )


def test_keeper_is_told_what_to_do_about_personal_data(
    editor: Client, institution: Institution
) -> None:
    revision = with_numbers(institution)
    page = page_of(editor, revision)
    assert "W tej wersji jest coś, co wygląda jak numer PESEL" in page
    assert f'href="/dowody/{revision.evidence_id}/usun/2/"' in page
    assert "wygląda jak numer PESEL" not in page_of(editor, revision, "?wersja=1")


def test_reader_sees_everything_and_is_led_to_no_change(
    reader: Client, institution: Institution
) -> None:
    revision = with_numbers(institution)
    page = page_of(reader, revision)
    assert "powiedz o tym opiekunowi" in page
    for address in ("wersja/", "opis/", "usun/"):
        assert f'href="/dowody/{revision.evidence_id}/{address}' not in page


def test_tags_lead_to_their_likes(editor: Client, institution: Institution) -> None:
    revision = make_evidence(institution, tags=["rada & spółka"])
    assert 'href="/dowody/?etykieta=rada%20%26%20sp%C3%B3%C5%82ka"' in page_of(editor, revision)
