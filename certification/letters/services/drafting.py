"""Drafting a letter from what was really found and decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.audit.services import record
from certification.certificates.defaults import board_signatories
from certification.certificates.models import Certificate
from certification.decisions.models import Decision
from certification.documents.models import Issuer
from certification.errors import CannotDo, TransitionNotAllowed
from certification.letters.address import Addressed, address_of
from certification.letters.composing import Drafted, Material, compose, in_polish
from certification.letters.models import Bank, CommendationLetter, Ground, LetterParagraph, Official
from certification.letters.states import (
    AFTER_REFUSAL,
    APPEALS,
    GOES_WITH_CERTIFICATE,
    TITLES,
    Kind,
    State,
    Verb,
)
from institutions.grammar import Case, Variant
from institutions.models import User
from institutions.models.name_form import Names


@dataclass(frozen=True)
class Partner:
    """An organisation that works with the institution: its name in the nominative."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Appeal:
    """What the Board made of an appeal from a refusal (regulation, point 11)."""

    received_on: date
    examined_on: date
    reasons: str


@dataclass(frozen=True)
class _Head:
    """Whom a letter is for and how it begins."""

    recipient: str
    addressee: str
    salutation: str = "Szanowni Państwo,"


@transaction.atomic
def draft_letter(
    application: Application,
    kind: Kind = Kind.COMMENDATION,
    *,
    by: User,
    on: date | None = None,
    partner: Partner | None = None,
    appeal: Appeal | None = None,
) -> CommendationLetter:
    """Draft a letter that follows from the case's decision, from the newest bank of its kind.

    A letter to a partner needs `partner`, a reply to an appeal `appeal`. Raises CannotDo where
    the decision asks for no such letter or something is not known yet, MissingNameForms for
    names that nobody has confirmed, TransitionNotAllowed when there is such a letter already.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    certificate = standing_certificate(locked) if kind in GOES_WITH_CERTIFICATE else None
    decision = decision_for(locked, kind)
    bank = _bank(kind)
    day = on or clock.today()
    official = _official(locked) if kind == Kind.CONGRATULATIONS else None
    material = _material(locked, kind, certificate, decision, official, appeal)
    drafted = compose(bank, locked, on=day, material=material)
    head = _head(locked, kind, official, partner)
    _refuse_second(locked, kind, head.recipient)
    letter = CommendationLetter.objects.create(
        application=locked,
        certificate=certificate,
        kind=kind,
        recipient=head.recipient,
        title=TITLES[kind],
        dated_on=day,
        addressee=head.addressee,
        salutation=head.salutation,
        closing="Z wyrazami szacunku",
        drafted_by=by,
        drafted_at=clock.now(),
        **_signatures(certificate),
    )
    _write(letter, drafted)
    record(Verb.DRAFT, letter, by=by, case=locked, kind=kind.value, paragraphs=len(drafted))
    return letter


@transaction.atomic
def draft_set(application: Application, *, by: User) -> list[CommendationLetter]:
    """Draft every letter of the decision that is not there yet and needs nothing more.

    Raises as `draft_letter`; then none is drafted.
    """
    kinds = [Kind.REFUSAL]
    if application.decision.outcome == "granted":
        kinds = [Kind.COMMENDATION]
        if Official.objects.filter(institution=application.institution_id).exists():
            kinds.append(Kind.CONGRATULATIONS)
    there = set(application.letters.values_list("kind", flat=True))
    return [draft_letter(application, kind, by=by) for kind in kinds if kind not in there]


@transaction.atomic
def replace_letter(letter: CommendationLetter, *, by: User) -> CommendationLetter:
    """Draft a letter that takes the place of an approved one once it is approved itself.

    It begins as a copy. Raises TransitionNotAllowed when another one replaces it already.
    """
    old = CommendationLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if not old.is_approved or hasattr(old, "replaced_by"):
        raise TransitionNotAllowed(Verb.DRAFT, old.state)
    _refuse_draft(old.application, Kind(old.kind), old.recipient)
    copied = (
        *("application_id", "certificate_id", "kind", "recipient", "title", "place", "addressee"),
        *("salutation", "closing", "first_signatory", "first_function"),
        *("second_signatory", "second_function"),
    )
    new = CommendationLetter.objects.create(
        **{name: getattr(old, name) for name in copied},
        replaces=old,
        dated_on=clock.today(),
        drafted_by=by,
        drafted_at=clock.now(),
    )
    for paragraph in old.paragraphs.prefetch_related("grounds"):
        grounds = list(paragraph.grounds.all())
        paragraph.pk, paragraph.letter = None, new
        paragraph.save(force_insert=True)
        for ground in grounds:
            ground.pk, ground.paragraph = None, paragraph
        Ground.objects.bulk_create(grounds)
    record(Verb.DRAFT, new, by=by, case=old.application, replaces=old.number)
    return new


def standing_certificate(application: Application) -> Certificate:
    """The certificate that letters go with. Raises CannotDo while there is none."""
    certificate = Certificate.objects.standing().filter(application=application).first()
    if certificate is None:
        raise CannotDo(
            _("There is no certificate that stands, so there is nothing to write about.")
        )
    return certificate


def decision_for(application: Application, kind: Kind) -> Decision | None:
    """The refusal that a letter of this kind tells of. Raises CannotDo without one."""
    decision: Decision | None = getattr(application, "decision", None)
    if kind in AFTER_REFUSAL and not (decision and decision.is_refusal):
        raise CannotDo(_("The Committee has not refused in this case."))
    return decision


def _bank(kind: Kind) -> Bank:
    bank = Bank.objects.filter(letter=kind, language="pl").first()
    if bank is None:
        raise CannotDo(
            _("There is no bank of paragraphs yet. Ask the administrator to import one.")
        )
    return bank


def _official(application: Application) -> Official:
    official = Official.objects.filter(institution=application.institution_id).first()
    if official is None:
        raise CannotDo(_("Say first who heads the municipality and how to address them."))
    return official


def addressed(official: Official) -> Addressed:
    return Addressed(official.office, official.full_name, official.gender, official.title)


def _head(
    application: Application, kind: Kind, official: Official | None, partner: Partner | None
) -> _Head:
    if official is not None:
        person = addressed(official)
        lines = [*person.lines, *official.address.splitlines()]
        return _Head(official.full_name, "\n".join(lines), person.salutation)
    if kind == Kind.PARTNER:
        if partner is None:
            raise CannotDo(_("Say which partner the letter is for."))
        lines = [partner.name, *partner.address.splitlines()]
        return _Head(partner.name, "\n".join(line for line in lines if line.strip()))
    institution = application.institution
    name = Names(institution)(Variant.FULL, Case.NOM)
    return _Head(name, address_of(institution))


def _material(
    application: Application,
    kind: Kind,
    certificate: Certificate | None,
    decision: Decision | None,
    official: Official | None,
    appeal: Appeal | None,
) -> Material:
    facts = {"case_number": application.number or ""}
    if certificate is not None:
        facts["label"] = certificate.label
    if decision is not None:
        facts["session_on"] = in_polish(decision.session_on)
        facts["justification"] = decision.justification
    if kind in APPEALS:
        facts |= _of_appeal(appeal)
    reasons = decision.reasons.select_related("criterion__standard") if decision else ()
    return Material(facts, list(reasons), addressed(official) if official else None)


def _of_appeal(appeal: Appeal | None) -> dict[str, str]:
    if appeal is None:
        raise CannotDo(_("Write down when the Board examined the appeal, and its reasons."))
    return {
        "appeal_on": in_polish(appeal.received_on),
        "board_on": in_polish(appeal.examined_on),
        "board_reasons": appeal.reasons,
    }


def _refuse_second(application: Application, kind: Kind, recipient: str) -> None:
    """One letter of a kind for each; an approved one is replaced, not written again."""
    same = CommendationLetter.objects.filter(
        application=application, kind=kind, recipient=recipient
    )
    if same.exists():
        raise TransitionNotAllowed(Verb.DRAFT, State.DRAFT)


def _refuse_draft(application: Application, kind: Kind, recipient: str) -> None:
    drafts = CommendationLetter.objects.filter(
        application=application, kind=kind, recipient=recipient, state=State.DRAFT
    )
    if drafts.exists():
        raise TransitionNotAllowed(Verb.DRAFT, State.DRAFT)


def _signatures(certificate: Certificate | None) -> dict[str, str]:
    """Place and signatures as on the certificate; without one, the Board's of today."""
    if certificate is not None:
        names = ("first_signatory", "first_function", "second_signatory", "second_function")
        return {name: getattr(certificate, name) for name in ("place", *names)}
    issuer = Issuer.load()
    first, second = board_signatories(issuer)
    return {
        "place": issuer.place,
        "first_signatory": first.name,
        "first_function": first.function,
        "second_signatory": second.name,
        "second_function": second.function,
    }


def _write(letter: CommendationLetter, drafted: Iterable[Drafted]) -> None:
    for position, each in enumerate(drafted, start=1):
        paragraph = LetterParagraph.objects.create(
            letter=letter,
            position=position,
            function=each.function,
            text=each.text,
            included=each.included,
        )
        Ground.objects.bulk_create(Ground(paragraph=paragraph, **vars(g)) for g in each.grounds)
