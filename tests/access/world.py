"""A small world with one of everything, and one person of every kind in it."""

from dataclasses import dataclass, field
from typing import Any

from certification import clock
from certification.applications.models import Answer, Application, Citation
from certification.applications.states import State
from certification.assessments.models import Assessment, Assignment
from certification.letters.models import CommendationLetter, LetterParagraph
from certification.standards.models import StandardSet
from institutions.models import User
from institutions.states import MemberRole, Role
from tests.factories import (
    confirm_names,
    days_from_today,
    make_application,
    make_evidence,
    make_import_draft,
    make_institution,
    make_invitation,
    make_member,
    make_standard_set,
    make_upload,
    make_user,
)
from tests.letters.factories import make_certificate

PEOPLE = (
    "anybody",
    "stranger",
    "reader",
    "custodian",
    "office",
    "assessor",
    "other_assessor",
    "chair",
    "board",
    "administrator",
)


@dataclass
class World:
    """`people` by their kind (None signs nobody in); `args` of each address by its name."""

    people: dict[str, User | None] = field(default_factory=dict)
    args: dict[str, list[Any]] = field(default_factory=dict)


def make_world() -> World:
    """An application under assessment, another one certified, with a letter being written.

    The reader and the custodian belong to the first; the stranger to a third institution. One
    assessor rates the first, another assesses nothing.
    """
    standards: StandardSet = make_standard_set(code="zestaw")
    institution = make_institution()
    confirm_names(institution)
    world = World(people=_people(institution))
    application = make_application(
        State.ASSESSMENT,
        institution=institution,
        standard_set=standards,
        by=world.people["custodian"],
    )
    revision = make_evidence(institution)
    answer = Answer.objects.filter(application=application).order_by("pk")[0]
    citation = Citation.objects.create(
        answer=answer, revision=revision, added_by=world.people["custodian"]
    )
    assignment, assessment = _assessment(application, world)
    certificate = make_certificate({"A1": 2})
    confirm_names(certificate.institution)
    letter = _letter(certificate, world)
    member = institution.memberships.order_by("pk")[0]
    invitation = make_invitation(institution, invited_by=world.people["custodian"])
    person = world.people["stranger"]
    appointment = world.people["chair"].appointments.get()
    world.args = _args(
        application=[application.pk],
        answer=[application.pk, "A1.1"],
        uncite=[application.pk, answer.criterion.code, citation.pk],
        dossier=[application.pk, 1],
        cited=[application.pk, revision.pk],
        cited_page=[application.pk, revision.pk, 1],
        assignment=[assignment.pk],
        assessment=[assessment.pk],
        rating=[assessment.pk, "A1.1"],
        certificate=[certificate.pk],
        decision=[certificate.application.decision.pk],
        letter=[letter.pk],
        institution=[institution.pk],
        member=[institution.pk, member.pk],
        sent=[institution.pk, invitation.pk],
        link=[invitation.secret],
        custody=[institution.pk, 999_999],
        key=["nic"],
        session=[999_999],
        person=[person.pk],
        appointment=[world.people["chair"].pk, appointment.pk],
        evidence=[revision.evidence_id],
        version=[revision.evidence_id, revision.number],
        upload=[make_upload(institution, world.people["custodian"], b"%PDF-").pk],
        revision=[revision.pk],
        revision_page=[revision.pk, 1],
        standards=[standards.code],
        code=[certificate.code],
        sample=["certificate"],
        import_draft=[make_import_draft(by=world.people["office"]).pk],
        specimen=["csv"],
    )
    return world


def _people(institution: Any) -> dict[str, User | None]:
    return {
        "anybody": None,
        "stranger": make_member(make_institution()),
        "reader": make_member(institution, MemberRole.READER),
        "custodian": make_member(institution, MemberRole.CUSTODIAN),
        "office": make_user(Role.OFFICE),
        "assessor": make_user(Role.ASSESSOR),
        "other_assessor": make_user(Role.ASSESSOR),
        "chair": make_user(Role.COMMITTEE_CHAIR),
        "board": make_user(Role.BOARD_MEMBER),
        "administrator": make_user(Role.ADMINISTRATOR),
    }


def _assessment(application: Application, world: World) -> tuple[Assignment, Assessment]:
    assignment = Assignment.objects.create(
        application=application,
        assessor=world.people["assessor"],
        assigned_by=world.people["office"],
        due_on=days_from_today(30),
        declared_at=clock.now(),
    )
    return assignment, Assessment.objects.create(assignment=assignment)


def _letter(certificate: Any, world: World) -> CommendationLetter:
    letter = CommendationLetter.objects.create(
        certificate=certificate,
        place="Warszawa",
        dated_on=clock.today(),
        addressee="Ośrodek",
        salutation="Szanowni Państwo,",
        closing="Z wyrazami szacunku",
        first_signatory="Maria Przykładna",
        first_function="Prezes Zarządu",
        drafted_by=world.people["office"],
    )
    LetterParagraph.objects.create(letter=letter, position=1, text="Gratulujemy.")
    return letter


def _args(**things: list[Any]) -> dict[str, list[Any]]:
    """The arguments of every address that takes some."""
    names = {
        "application": "case application_answers application_submit application_withdraw "
        "application_take_up application_accept completion_request application_complete "
        "conflict_declare assignment_create card_detail card_close decision_create "
        "certificate_issue certificate_preview",
        "answer": "answer_edit cite card_settle",
        "uncite": "uncite",
        "dossier": "dossier_detail dossier_manifest",
        "cited": "cited_file cited_view",
        "cited_page": "cited_page",
        "assignment": "assignment_declare assignment_conflict assignment_end",
        "assessment": "assessment_detail assessment_submit",
        "rating": "rating_save",
        "certificate": "certificate_detail certificate_pdf certificate_correct "
        "certificate_withdraw letter_draft",
        "decision": "decision_detail",
        "letter": "letter_detail letter_preview letter_approve letter_pdf",
        "institution": "institution_detail institution_edit institution_contact name_forms "
        "institution_rename institution_parent "
        "name_forms_confirm name_forms_suggest member_invite evidence_add application_open "
        "upload_start uploads_add "
        "custody_request",
        "member": "membership_end membership_role",
        "sent": "invitation_resend invitation_cancel",
        "link": "invitation",
        "custody": "custody_file",
        "key": "my_email_confirm",
        "session": "session_end",
        "person": "person_detail person_edit person_deactivate person_reactivate person_invite "
        "appointment_create",
        "appointment": "appointment_end",
        "evidence": "evidence_detail evidence_revise evidence_change evidence_delete",
        "version": "version_delete",
        "upload": "upload upload_discard",
        "revision": "revision_file revision_view",
        "revision_page": "revision_page",
        "standards": "catalogue_set",
        "code": "verification_code",
        "sample": "issuer_sample",
        "import_draft": "institution_import_preview institution_import_confirm",
        "specimen": "institution_import_specimen",
    }
    return {name: things[thing] for thing, listed in names.items() for name in listed.split()}
