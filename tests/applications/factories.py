"""What tests of applications need besides tests/factories.py."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from certification import clock
from certification.applications.formal.points import points_of
from certification.applications.models import (
    Answer,
    AnswerVersion,
    Application,
    Call,
    CompletionRequest,
    ConflictDeclaration,
    FormalCheck,
)
from certification.applications.states import Result, State
from certification.standards.models import EvidenceType, StandardSet
from institutions.models import Evidence, EvidenceRevision, Institution, User
from institutions.states import MemberRole, Role
from tests.factories import (
    answer_all,
    days_from_today,
    make_application,
    make_institution,
    make_member,
    make_standard_set,
    make_user,
)

PDF = b"%PDF-1.7 invented"


def make_earlier_version(answer: Answer, text: str = "Tak było.", **fields: Any) -> AnswerVersion:
    """The text before the present one, which becomes the next version."""
    fields.setdefault("written_by", answer.updated_by)
    fields.setdefault("written_at", answer.updated_at)
    version = AnswerVersion.objects.create(
        answer=answer, number=answer.version, text=text, **fields
    )
    answer.version += 1
    answer.save(update_fields=["version"])
    return version


def make_file(institution: Institution, content: bytes = PDF, **fields: Any) -> EvidenceRevision:
    """A stored file in the institution's library, with its true hash."""
    by = fields.pop("by", None) or make_user()
    fields.setdefault("title", "Sprawozdanie")
    kind, _created = EvidenceType.objects.get_or_create(code="statut")
    evidence = Evidence.objects.create(
        institution=institution, type=kind, form="file", added_by=by, **fields
    )
    return add_version(evidence, content, by=by)


def add_version(evidence: Evidence, content: bytes, *, by: User) -> EvidenceRevision:
    revision = EvidenceRevision(
        evidence=evidence,
        number=evidence.revisions.count() + 1,
        filename="sprawozdanie żółw.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=by,
    )
    revision.file.save("plik.pdf", ContentFile(content), save=False)
    revision.save()
    return revision


def damage(revision: EvidenceRevision) -> None:
    """Change one byte of the stored file, as a failing disk or an intruder would."""
    path = Path(revision.file.path)
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)


def make_ready_draft(**fields: Any) -> Application:
    """A draft with every answer, opened by a custodian of its institution."""
    application = make_application(**fields)
    answer_all(application, by=application.opened_by)
    return application


def in_state(state: State, **fields: Any) -> Application:
    """An application that can do whatever its state allows: answered, and asked if completing."""
    application = (
        make_ready_draft(**fields) if state == State.DRAFT else make_application(state, **fields)
    )
    if state == State.COMPLETION:
        ask(application)
    if state == State.FORMAL_CHECK:
        check_all(application)
    return application


def check_all(application: Application, **results: str) -> FormalCheck:
    """A round of the formal check with every point saved: met, unless said otherwise."""
    check, _created = FormalCheck.objects.get_or_create(
        application=application,
        concluded_at=None,
        defaults={"number": application.formal_checks.count() + 1},
    )
    by = make_user(Role.OFFICE)
    for point in points_of(application):
        result = results.get(point.code.replace("-", "_").replace(".", "_"), Result.MET)
        note = "" if result == Result.MET else "Do wyjaśnienia."
        found = {"result": result, "note": note, "checked_by": by}
        check.points.update_or_create(code=point.code, defaults=found)
    return check


def ask(application: Application, *codes: str, **fields: Any) -> CompletionRequest:
    """An open request for completion, of A1.1 unless said otherwise."""
    request = CompletionRequest.objects.create(
        application=application,
        asked_in=fields.pop("asked_in", State.FORMAL_CHECK),
        deadline=fields.pop("deadline", None) or clock.today() + timedelta(days=14),
        asked_by=fields.pop("asked_by", None) or make_user(Role.OFFICE),
        **fields,
    )
    for criterion in application.criteria().filter(code__in=codes or ["A1.1"]):
        request.items.create(criterion=criterion, reason="Proszę dopisać partnerów.")
    return request


def make_call(**fields: Any) -> Call:
    """A call open to all since yesterday, for a month."""
    kinds = fields.pop("kinds", ())
    fields.setdefault("name", "Nabór wiosenny")
    fields.setdefault("opens_on", days_from_today(-1))
    fields.setdefault("closes_on", days_from_today(30))
    if "standard_set" not in fields:
        fields["standard_set"] = StandardSet.objects.current() or make_standard_set()
    call = Call.objects.create(created_by=make_user(Role.OFFICE), **fields)
    call.kinds.set(kinds)
    return call


def person(who: str, application: Application) -> User:
    """Somebody as the tests name them, seen from one application."""
    institution = application.institution
    if who in MemberRole.values:
        return make_member(institution, MemberRole(who))
    if who == "stranger":
        return make_member(make_institution())
    if who == "insider":  # works in the office, and belongs to the applicant
        return make_member(institution, MemberRole.READER, user=make_user(Role.OFFICE))
    if who == "barred":  # works in the office, and declared a conflict
        user = make_user(Role.OFFICE)
        ConflictDeclaration.objects.create(
            application=application, user=user, ground="other", declared_by=user
        )
        return user
    return make_user(Role(who))
