"""Praise for the public page: chosen by the office, agreed to by the institution, kept on file."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from certification.holders.candidates import candidates
from certification.holders.models import Praise, PraiseSentence
from certification.holders.services import (
    agree_praise,
    decline_praise,
    propose_praise,
    take_down_praise,
)
from certification.outbox.models import Email
from certification.standards.models import Standard
from institutions.states import MemberRole, Role
from tests.certificates.factories import write_certificate
from tests.factories import make_member, make_standard_set, make_user

from .factories import CANARY, custodian_of, propose, publish, rated_certificate, standards_of

pytestmark = pytest.mark.django_db


def page_of(client, certificate):
    return client.get(certificate_path(certificate), follow=True).content.decode()


def certificate_path(certificate):
    return reverse("holder", args=[certificate.institution_id, "x"])


# --- what may be chosen ------------------------------------------------------------------------


def test_candidates_are_what_assessors_wrote_of_met_standards_without_pointers():
    certificate = rated_certificate(strengths="Grupy działają same. [1] Sala jest otwarta.")

    found = candidates(certificate.application)

    assert [each.standard for each in found] == standards_of(certificate)
    assert found[0].strengths == ["Grupy działają same. Sala jest otwarta."]


def test_nothing_is_a_candidate_without_a_closed_card():
    assert candidates(write_certificate(1).application) == []


@pytest.mark.parametrize(
    "sentences", [{}, {0: "   "}, {0: "x" * 401}], ids=["none", "blank", "too long"]
)
def test_a_proposal_says_something_and_not_too_much(sentences):
    certificate = rated_certificate()
    standards = standards_of(certificate)

    with pytest.raises(CannotDo):
        propose_praise(
            certificate,
            by=make_user(Role.OFFICE),
            sentences={standards[n]: text for n, text in sentences.items()},
        )
    assert Praise.objects.count() == 0


def test_a_standard_of_another_case_is_not_praised():
    certificate, other = rated_certificate(), make_standard_set(code="inny")

    with pytest.raises(CannotDo):
        propose_praise(
            certificate,
            by=make_user(Role.OFFICE),
            sentences={Standard.objects.of_set(other)[0]: "Zdanie."},
        )


# --- from the proposal to the page -------------------------------------------------------------


def test_a_proposal_alone_publishes_nothing(client):
    certificate = rated_certificate()
    propose(certificate, "Mieszkańcy prowadzą świetlicę.")

    assert "Mieszkańcy prowadzą świetlicę." not in page_of(client, certificate)


def test_what_was_agreed_to_stands_on_the_page_and_nothing_else_of_the_assessment(client):
    certificate = rated_certificate()
    publish(certificate, "Mieszkańcy prowadzą świetlicę.")

    page = page_of(client, certificate)

    assert "Mieszkańcy prowadzą świetlicę." in page
    assert CANARY not in page


def test_a_corrected_certificate_keeps_the_praise(client):
    certificate = rated_certificate(1)
    publish(certificate, "Mieszkańcy prowadzą świetlicę.")
    write_certificate(
        2,
        certificate.institution,
        application=certificate.application,
        replaces=certificate,
        correction_reason="Literówka.",
    )

    assert "Mieszkańcy prowadzą świetlicę." in page_of(client, certificate)


def test_declined_praise_is_not_published_and_says_why(client):
    certificate = rated_certificate()
    praise = propose(certificate, "Mieszkańcy prowadzą świetlicę.")

    step = decline_praise(praise, by=custodian_of(certificate), note=" Bez świetlicy. ")

    assert step.note == "Bez świetlicy."
    assert "Mieszkańcy prowadzą" not in page_of(client, certificate)
    with pytest.raises(TransitionNotAllowed):
        agree_praise(praise, by=custodian_of(certificate))


def test_a_newer_proposal_takes_the_place_of_one_not_answered():
    certificate = rated_certificate()
    old, new = propose(certificate, "Stare."), propose(certificate, "Nowe.")

    with pytest.raises(TransitionNotAllowed):
        agree_praise(old, by=custodian_of(certificate))
    agree_praise(new, by=custodian_of(certificate))

    assert list(Praise.objects.published()) == [new]


def test_the_old_stays_published_until_the_new_is_agreed_to(client):
    certificate = rated_certificate()
    publish(certificate, "Stare zdanie.")
    new = propose(certificate, "Nowe zdanie.")
    assert "Stare zdanie." in page_of(client, certificate)

    agree_praise(new, by=custodian_of(certificate))

    page = page_of(client, certificate)
    assert "Nowe zdanie." in page
    assert "Stare zdanie." not in page


def test_taken_down_it_is_gone_and_the_older_does_not_come_back(client):
    certificate = rated_certificate()
    publish(certificate, "Stare zdanie.")
    new = publish(certificate, "Nowe zdanie.")

    take_down_praise(new, by=custodian_of(certificate))

    page = page_of(client, certificate)
    assert "Nowe zdanie." not in page
    assert "Stare zdanie." not in page
    with pytest.raises(TransitionNotAllowed):
        take_down_praise(new, by=custodian_of(certificate))


def test_each_verb_leaves_an_event_and_a_message():
    certificate = rated_certificate()
    custodian = custodian_of(certificate)
    office = make_user(Role.OFFICE)
    praise = propose(certificate, "Zdanie.")
    agree_praise(praise, by=custodian)
    take_down_praise(praise, by=office)

    verbs = Event.objects.about(praise).values_list("verb", flat=True)
    assert list(verbs) == ["holders.propose", "holders.agree", "holders.take_down"]
    told = set(Email.objects.values_list("subject", "person"))
    subject = f"Mocne strony na stronę publiczną, certyfikat {certificate.number}: czy się Państwo"
    assert (f"{subject} zgadzają?", custodian.pk) in told


def test_nothing_of_it_changes_in_the_database():
    publish(rated_certificate(), "Zdanie.")

    for change in (
        lambda: PraiseSentence.objects.update(text="Inne."),
        lambda: Praise.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# --- the pages ---------------------------------------------------------------------------------


def test_office_chooses_on_a_page_whose_fields_are_empty(signed_in):
    certificate = rated_certificate()
    url = reverse("praise_propose", args=[certificate.pk])
    office = signed_in(make_user(Role.OFFICE))

    form = office.get(url).context["form"]
    assert [field.value() for _candidate, field in form.rows()] == [None] * len(form.rows())
    assert office.post(url, {}).status_code == 422

    name = form.rows()[0][1].html_name
    assert office.post(url, {name: "Sala jest otwarta."}).status_code == 302
    assert [each.text for each in PraiseSentence.objects.all()] == ["Sala jest otwarta."]


def test_custodian_agrees_on_a_page(signed_in):
    certificate = rated_certificate()
    praise = propose(certificate, "Sala jest otwarta.")
    custodian = signed_in(custodian_of(certificate))

    page = custodian.get(reverse("praise_answer", args=[certificate.pk])).content.decode()
    assert "Sala jest otwarta." in page
    assert CANARY not in page
    agreed = custodian.post(reverse("praise_agree", args=[certificate.pk, praise.pk]))

    assert agreed.status_code == 302
    assert praise.is_published


def test_custodian_declines_with_a_reason(signed_in):
    certificate = rated_certificate()
    propose(certificate)
    custodian = signed_in(custodian_of(certificate))
    url = reverse("praise_answer", args=[certificate.pk])

    assert custodian.post(url, {"note": ""}).status_code == 422
    assert custodian.post(url, {"note": "Nie teraz."}).status_code == 302
    assert Praise.objects.awaiting().count() == 0


def test_an_editor_does_not_answer_for_the_institution(signed_in):
    certificate = rated_certificate()
    propose(certificate)
    editor = signed_in(make_member(certificate.institution, MemberRole.EDITOR))

    assert editor.get(reverse("praise_answer", args=[certificate.pk])).status_code == 403
