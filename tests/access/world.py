"""A small world with one of everything, and one person of every kind in it."""

from dataclasses import dataclass, field
from typing import Any

from certification import clock
from certification.applications.models import (
    Answer,
    Application,
    Citation,
    Comment,
    Dossier,
    Paper,
)
from certification.applications.states import State
from certification.assessments.models import Assessment, Assignment, EvidenceMark
from certification.letters.models import CommendationLetter, LetterParagraph
from certification.printruns.models import Printer
from certification.printruns.services import start_run
from certification.standards.models import Criterion, EvidenceType, Standard, StandardSet
from institutions.models import User
from institutions.states import MemberRole, Role
from tests.applications.factories import make_call, make_earlier_version
from tests.applications.paper_factories import make_print, make_signed
from tests.assessments.factories import make_ratings_draft
from tests.certificates.factories import charges_row
from tests.correspondence.factories import make_attachment
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
from tests.outbox.factories import make_email

from .world_calibration import args_of_calibrations
from .world_visits import args_of_visits

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
    draft = make_standard_set(code="szkic", published=False, follows=standards)
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
    comment = Comment.objects.create(
        application=application,
        criterion=answer.criterion,
        text="Komentarz.",
        written_by=world.people["custodian"],
    )
    Dossier.objects.create(
        application=application,
        number=2,
        manifest="{}",
        sha256="0" * 64,
        frozen_by=world.people["custodian"],
    )
    earlier = make_earlier_version(answer)
    for printed, paper in ((1, Paper.REQUEST), (1, Paper.REPORT), (2, Paper.REPORT)):
        make_print(application.dossiers.get(number=printed), paper)
    signed = make_signed(application)
    assignment, assessment = _assessment(application, world)
    mark = EvidenceMark.objects.create(
        assessment=assessment, criterion=answer.criterion, number=1, revision=revision
    )
    attachment = make_attachment(application, by=world.people["custodian"])
    visits = args_of_visits(application, world.people)
    calibrations = args_of_calibrations(application, world.people)
    certificate = make_certificate({"A1": 2})
    confirm_names(certificate.institution)
    letter = _letter(certificate, world)
    charges = charges_row(make_certificate({"A1": 2}), days_from_today(-15))
    office = world.people["office"]
    run = start_run(by=office, certificates=[certificate.pk], title="Gala")
    printer = Printer.objects.create(name="HP", saved_by=office)
    member = institution.memberships.order_by("pk")[0]
    invitation = make_invitation(institution, invited_by=world.people["custodian"])
    person = world.people["stranger"]
    appointment = world.people["chair"].appointments.get()
    world.args = _args(
        application=[application.pk],
        answer=[application.pk, "A1.1"],
        earlier=[application.pk, earlier.answer.criterion.code, earlier.number],
        standard=[application.pk, answer.criterion.standard.code],
        uncite=[application.pk, answer.criterion.code, citation.pk],
        comment=[comment.pk],
        dossier=[application.pk, 1],
        changes=[application.pk, 2],
        printed=[application.pk, 1, "prosba"],
        printed_page=[application.pk, 1, "prosba", 1],
        draft_paper=[application.pk, "prosba"],
        signed=[application.pk, signed.pk],
        signed_page=[application.pk, signed.pk, 1],
        call=[make_call(standard_set=standards).pk],
        cited=[application.pk, revision.pk],
        cited_page=[application.pk, revision.pk, 1],
        change=[application.pk, 999_999],
        assignment=[assignment.pk],
        assigned=[application.pk],
        late=[application.pk, 999_999],
        assessing=[assignment.assessor_id],
        assessment=[assessment.pk],
        rating=[assessment.pk, "A1.1"],
        to_cite=[assessment.pk, "A1.1", revision.pk],
        mark=[assessment.pk, "A1.1", mark.number],
        ratings_draft=[assessment.pk, make_ratings_draft(assessment).pk],
        certificate=[certificate.pk],
        charges=[charges.pk],
        decision=[certificate.application.decision.pk],
        letter=[letter.pk],
        run=[run.pk],
        run_file=[run.pk, 1],
        printer=[printer.pk],
        letters=[certificate.application_id],
        letter_kind=[certificate.application_id, "commendation"],
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
        thread=[application.pk],
        email=[make_email(person=world.people["custodian"]).pk],
        message_file=[
            application.pk,
            attachment.pk,
        ],
        upload=[make_upload(institution, world.people["custodian"], b"%PDF-").pk],
        revision=[revision.pk],
        revision_page=[revision.pk, 1],
        standards=[standards.code],
        draft_edition=[draft.code],
        part=[draft.code, "kryterium", Criterion.objects.of_set(draft)[0].pk],
        part_within=[draft.code, "kryterium", Standard.objects.of_set(draft)[0].pk],
        part_sort=[draft.code, "obszar"],
        evidence_kind=[EvidenceType.objects.earliest("pk").pk],
        drafted=[draft.code, Criterion.objects.of_set(draft)[0].pk],
        old=[draft.code, Criterion.objects.of_set(standards)[0].pk],
        code=[certificate.code],
        numbered=[int(part) for part in certificate.short_number.split("/")],
        reported=[clock.today().year],
        holder=[certificate.institution_id, "x"],
        praise=[certificate.pk, 999_999],
        year=[int(certificate.short_number.split("/")[1])],
        badge=[*(int(part) for part in certificate.short_number.split("/")), "pl"],
        sample=["certificate"],
        import_draft=[make_import_draft(by=world.people["office"]).pk],
        specimen=["csv"],
    )
    world.args |= visits | calibrations
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
        application=certificate.application,
        certificate=certificate,
        recipient="Ośrodek",
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
        "application": "case application_readiness application_comments application_answers "
        "application_submit application_leave_call application_withdraw "
        "application_renewal renewal_confirm edition_change "
        "application_take_up application_accept completion_request application_complete "
        "application_papers papers_print signed_paper_add "
        "formal_check formal_check_save extension_ask extension_decide application_lapse "
        "conflict_declare assignment_create card_detail card_pdf card_xlsx "
        "card_what_if card_sign card_unsign third_ask third_assign third_withdraw "
        "decision_create "
        "certificate_issue certificate_preview",
        "answer": "answer_edit answer_autosave answer_versions answer_confirm evidence_search cite "
        "cite_files comment_list card_settle card_criterion card_remark "
        "rating_correct",
        "earlier": "version_bring_back",
        "standard": "standard_edit",
        "uncite": "uncite citation_place cite_newest",
        "comment": "comment_edit comment_delete comment_settle comment_reopen",
        "dossier": "dossier_detail dossier_manifest",
        "changes": "dossier_changes",
        "printed": "printed_paper",
        "printed_page": "printed_page",
        "draft_paper": "draft_paper",
        "signed": "signed_paper signed_file paper_accept paper_refuse",
        "signed_page": "signed_page",
        "call": "call_detail call_edit call_close call_extend",
        "cited": "cited_file cited_view",
        "cited_page": "cited_page",
        "change": "edition_before",
        "assignment": "assignment_declare assignment_conflict assignment_end assignment_decline "
        "assignment_hand_back more_time_ask more_time_decide",
        "assessing": "assessor_profile",
        "assigned": "assignment_history conflict_list",
        "late": "conflict_review",
        "assessment": "assessment_detail assessment_submit assessment_files assessment_pdf "
        "assessment_form assessment_xlsx assessment_outcome",
        "ratings_draft": "ratings_import ratings_import_confirm",
        "rating": "rating_save rating_autosave completion_propose",
        "to_cite": "evidence_cite",
        "mark": "mark_view mark_remove",
        "numbered": "certificate_json credential",
        "year": "credential_status",
        "badge": "certificate_badge",
        "holder": "holder",
        "reported": "yearly_report yearly_pdf yearly_csv yearly_xlsx",
        "praise": "praise_agree praise_take_down",
        "certificate": "certificate_detail certificate_pdf badge_page certificate_correct "
        "praise_propose praise_answer hand_over hand_over_call_off licensed_mark "
        "certificate_sign certificate_print_shop charges_state",
        "charges": "charges_detail charges_pdf charges_reply charges_note_reply charges_drop "
        "charges_withdraw charges_appeal charges_note_appeal charges_reinstate "
        "charges_refuse_appeal withdrawal_pdf appeal_answer_pdf",
        "decision": "decision_detail",
        "run": "print_run_detail print_run_progress print_run_pause print_run_resume "
        "print_run_cancel print_run_complete print_run_csv print_run_xlsx",
        "run_file": "print_run_file",
        "printer": "printer_edit printer_calibration_page",
        "letter": "letter_detail letter_preview letter_approve letter_return letter_replace "
        "letter_discard letter_sign "
        "letter_pdf",
        "letters": "letter_set letter_set_draft letter_official",
        "letter_kind": "letter_draft",
        "institution": "institution_detail institution_edit institution_contact name_forms "
        "institution_rename institution_parent employee_lists "
        "name_forms_confirm name_forms_suggest member_invite evidence_add application_open "
        "renewal_open "
        "upload_start uploads_add "
        "custody_request",
        "member": "membership_end membership_role",
        "sent": "invitation_resend invitation_cancel",
        "link": "invitation",
        "custody": "custody_file employee_list_remove",
        "key": "my_email_confirm unsubscribe",
        "session": "session_end",
        "person": "person_detail person_edit person_deactivate person_reactivate person_invite "
        "appointment_create",
        "appointment": "appointment_end",
        "evidence": "evidence_detail evidence_revise version_start evidence_change evidence_delete",
        "version": "version_delete",
        "thread": "thread thread_read",
        "email": "email_detail email_send_again email_stop",
        "message_file": "message_file message_file_discard",
        "upload": "upload upload_discard",
        "revision": "revision_file revision_view",
        "revision_page": "revision_page",
        "standards": "catalogue_set edition_file edition_retire "
        "certificate_template certificate_template_preview",
        "draft_edition": "edition_changes edition_publish edition_edit edition_head edition_scale "
        "edition_rule edition_sources edition_renumber edition_discard edition_origins",
        "part": "part_edit part_move part_remove",
        "part_within": "part_add_within",
        "part_sort": "part_add",
        "evidence_kind": "evidence_type_edit",
        "drafted": "criterion_split criterion_merge criterion_origin",
        "old": "criterion_drop",
        "code": "verification_code",
        "sample": "issuer_sample",
        "import_draft": "institution_import_preview institution_import_confirm",
        "specimen": "institution_import_specimen",
    }
    return {name: things[thing] for thing, listed in names.items() for name in listed.split()}
