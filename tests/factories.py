"""Plain functions that make what tests need. Rows are written straight: a factory is not a verb."""

import hashlib
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from certification import clock
from certification.applications.models import Answer, Application, Dossier
from certification.applications.states import State
from certification.standards.models import (
    Area,
    Criterion,
    EvidenceType,
    InstitutionKind,
    RatingLevel,
    Standard,
    StandardSet,
)
from certification.standards.states import State as SetState
from institutions import employees
from institutions.grammar import Case, Variant
from institutions.import_files import Reading, Row
from institutions.models import (
    Appointment,
    EmployeeList,
    Evidence,
    EvidenceRevision,
    ImportDraft,
    Institution,
    Invitation,
    Membership,
    NameForm,
    Upload,
    User,
)
from institutions.models.invitation import hash_of
from institutions.services.describing import set_tags, sum_up
from institutions.services.employees import keep_employees
from institutions.services.found_by import refresh_search_text
from institutions.services.uploads import keep_file
from institutions.states import MemberRole, Origin, Role

_number = count(10_001)  # of one length, so that none is found within another
PASSWORD = "bardzo-tajne-haslo"


def make_user(*roles: Role, **fields: Any) -> User:
    """Somebody who holds these roles since last year."""
    n = next(_number)
    fields.setdefault("email", f"osoba{n}@example.org")
    fields.setdefault("full_name", f"Osoba Numer {n}")
    user = User.objects.create_user(password=PASSWORD, **fields)
    for role in roles:
        Appointment.objects.create(
            user=user, role=role, since=clock.today() - timedelta(days=365), resolution="1/2000"
        )
    return user


def make_kind(code: str = "social_assistance") -> InstitutionKind:
    kind, _created = InstitutionKind.objects.get_or_create(
        code=code, defaults={"name_pl": f"rodzaj {code}", "name_en": code}
    )
    return kind


def make_institution(**fields: Any) -> Institution:
    n = next(_number)
    fields.setdefault("name", f"Miejski Ośrodek Pomocy Społecznej w Miasteczku nr {n}")
    fields.setdefault("kind", fields.get("kind") or make_kind())
    fields.setdefault("gender", "m")
    fields.setdefault("town", "Miasteczko")
    fields.setdefault("town_genitive", "Miasteczka")
    fields.setdefault("town_locative", "Miasteczku")
    fields.setdefault("voivodeship", "18")
    institution = Institution.objects.create(**fields)
    refresh_search_text(institution)
    return institution


def make_import_draft(*rows: dict[str, str], by: User, filename: str = "lista.csv") -> ImportDraft:
    """A file of institutions that was sent; by default of one, in row 2."""
    default = {"name": "GOPS w Przykładowie", "kind": "GOPS", "town": "Przykładowo"}
    given = rows or (default | {"voivodeship": "mazowieckie"},)
    reading = Reading([Row(number, cells) for number, cells in enumerate(given, start=2)])
    return ImportDraft.objects.create(filename=filename, content=reading.packed(), sent_by=by)


def make_member(
    institution: Institution, role: MemberRole = MemberRole.CUSTODIAN, **fields: Any
) -> User:
    """A person of that institution since last year."""
    user = fields.pop("user", None) or make_user(**fields)
    Membership.objects.create(
        institution=institution,
        user=user,
        role=role,
        since=clock.today() - timedelta(days=365),
    )
    return user


def make_invitation(institution: Institution, **fields: Any) -> Invitation:
    """An open invitation; its `secret` is what the link in the letter holds."""
    n = next(_number)
    secret = f"sekret-{n}"
    fields.setdefault("email", f"zaproszona{n}@example.org")
    fields.setdefault("role", MemberRole.EDITOR)
    fields.setdefault("expires_at", clock.now() + timedelta(days=7))
    if "invited_by" not in fields:
        fields["invited_by"] = make_member(institution)
    invitation = Invitation.objects.create(
        institution=institution, token_sha256=hash_of(secret), **fields
    )
    invitation.secret = secret  # type: ignore[attr-defined]
    return invitation


def confirm_names(
    institution: Institution, by: User | None = None, **forms: dict[str, str]
) -> None:
    """Store confirmed forms: `confirm_names(inst, full={"nom": "…"}, acronym={"nom": "…"})`.

    Without forms, every variant gets its code and case as text, which a test can look for. The
    town's forms, where they are known, are confirmed with them.
    """
    by = by or make_user(Role.OFFICE)
    given = forms or {
        variant: {
            case: institution.name if (variant, case) == ("full", "nom") else f"<{variant}:{case}>"
            for case in Case.values
        }
        for variant in Variant.values
    }
    for variant, cases in given.items():
        for case, text in cases.items():
            NameForm.objects.update_or_create(
                institution=institution,
                variant=variant,
                case=case,
                defaults={
                    "text": text,
                    "origin": Origin.TYPED,
                    "confirmed_by": by,
                    "confirmed_at": clock.now(),
                },
            )
    if institution.town_genitive and institution.town_locative:
        institution.town_confirmed_by, institution.town_confirmed_at = by, clock.now()
        institution.save(update_fields=["town_confirmed_by", "town_confirmed_at"])
    refresh_search_text(institution)


def make_standard_set(*, published: bool = True, **fields: Any) -> StandardSet:
    """Two areas, three standards (A2 for social assistance only), four criteria, the 0-3 scale."""
    n = next(_number)
    fields.setdefault("code", f"zestaw-{n}")
    fields.setdefault("name_pl", "Standardy testowe")
    fields.setdefault("name_en", "Test standards")
    standard_set = StandardSet.objects.create(edition=str(n), **fields)
    for value, name in enumerate(["niespełnione", "częściowo", "spełnione", "wzorcowo"]):
        RatingLevel.objects.create(
            standard_set=standard_set,
            value=value,
            name_pl=name,
            name_en=f"level {value}",
            descriptor_pl=f"Po czym poznać {value}.",
        )
    RatingLevel.objects.create(
        standard_set=standard_set,
        value=None,
        name_pl="nie dotyczy",
        descriptor_pl="Nie te zadania.",
    )
    statute, _created = EvidenceType.objects.get_or_create(
        code="statut", defaults={"name_pl": "Statut", "name_en": "Statute"}
    )
    shape = {"A": {"A1": 2, "A2": 1}, "B": {"B1": 1}}
    for area_position, (area_code, standards) in enumerate(shape.items()):
        area = Area.objects.create(
            standard_set=standard_set,
            code=area_code,
            name_pl=f"Obszar {area_code}",
            name_en=f"Area {area_code}",
            position=area_position,
        )
        for position, (code, criteria) in enumerate(standards.items()):
            standard = Standard.objects.create(
                area=area,
                code=code,
                name_pl=f"Standard {code}",
                name_en=f"Standard {code}",
                position=position,
                sourced=True,
                applies_to_all=code != "A2",
            )
            if code == "A2":
                standard.applies_to.add(make_kind("social_assistance"))
            for index in range(criteria):
                criterion = Criterion.objects.create(
                    standard=standard,
                    code=f"{code}.{index + 1}",
                    text_pl=f"Treść kryterium {code}.{index + 1}",
                    text_en=f"Text of criterion {code}.{index + 1}",
                    position=index,
                    sourced=True,
                )
                criterion.evidence_types.add(statute)
    if published:
        StandardSet.objects.filter(pk=standard_set.pk).update(
            state=SetState.PUBLISHED, published_at=clock.now()
        )
        standard_set.refresh_from_db()
    return standard_set


def level(standard_set: StandardSet, value: int | None) -> RatingLevel:
    return standard_set.levels.get(value=value)


def make_evidence(institution: Institution, **fields: Any) -> EvidenceRevision:
    """A note in the institution's library; gives its first revision."""
    by = fields.pop("by", None) or make_user()
    tags = fields.pop("tags", ())
    text = fields.pop("text", "Notatka ze spotkania mieszkańców.")
    kind, _created = EvidenceType.objects.get_or_create(
        code="statut", defaults={"name_pl": "Statut", "name_en": "Statute"}
    )
    fields.setdefault("title", f"Dowód {next(_number)}")
    evidence = Evidence.objects.create(
        institution=institution, type=kind, form="note", added_by=by, **fields
    )
    set_tags(evidence, tags)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    revision = EvidenceRevision.objects.create(
        evidence=evidence, text=text, size=len(text.encode()), sha256=sha256, added_by=by
    )
    sum_up(evidence)
    return revision


def make_employee_list(
    institution: Institution, text: str, *, by: User | None = None, **fields: Any
) -> EmployeeList:
    """Kept for a year unless `kept_until` says otherwise; `is_of_municipality` for the gmina."""
    values = {"source": "pismo", "kept_until": days_from_today(365), "is_of_municipality": False}
    digests, _wrong = employees.read(text)
    values["seen"] = [each.mark for each in EmployeeList.objects.about(institution)]
    by = by or make_user(Role.OFFICE)
    return keep_employees(institution, digests=digests, by=by, **{**values, **fields})


def make_upload(
    institution: Institution,
    by: User,
    content: bytes,
    filename: str = "Statut.pdf",
    revises: Evidence | None = None,
) -> Upload:
    """A file that has come whole and waits to be added, or to be a version of `revises`."""
    file = ContentFile(content, name=filename)
    return keep_file(institution, by=by, file=file, revises=revises)


def make_application(state: State = State.DRAFT, **fields: Any) -> Application:
    """An application in that state; submitted ones have answers and a dossier, as they would."""
    fields.setdefault("institution", fields.get("institution") or make_institution())
    if "standard_set" not in fields:
        fields["standard_set"] = StandardSet.objects.current() or make_standard_set()
    by = fields.pop("by", None) or make_member(fields["institution"])
    fields.setdefault("kind", fields["institution"].kind)
    fields.setdefault("opened_by", by)
    if state != State.DRAFT:
        fields.setdefault("number", f"CAL/W/{next(_number)}/{clock.today().year}")
        fields.setdefault("submitted_by", by)
        fields.setdefault("submitted_at", clock.now())
    application = Application.objects.create(state=state, **fields)
    if state != State.DRAFT:
        answer_all(application, by=by)
        Dossier.objects.create(
            application=application, number=1, manifest="{}", sha256="0" * 64, frozen_by=by
        )
    return application


def answer_all(application: Application, *, by: User, value: int = 2) -> None:
    """An answer and a self-rating for every criterion of the application."""
    rating = level(application.standard_set, value)
    for criterion in application.criteria():
        Answer.objects.create(
            application=application,
            criterion=criterion,
            self_rating=rating,
            text=f"Odpowiedź na {criterion.code}.",
            updated_by=by,
        )


def days_from_today(days: int) -> date:
    return clock.today() + timedelta(days=days)
