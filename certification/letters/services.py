"""Drafting a letter from what was really found, editing it, and freezing it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.assessments.outcomes import Outcome, standard_outcomes
from certification.assessments.states import OutcomeLevel
from certification.audit.services import record
from certification.certificates.codes import grouped, new_code
from certification.certificates.models import Certificate
from certification.certificates.printing import verification_url
from certification.documents.marks import read_mark
from certification.documents.models import Issuer, StoredDocument
from certification.documents.render import render_letter
from certification.documents.services import store
from certification.documents.sheets import Letterhead, LetterSheet, Signatory
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.numbering.services import next_number
from certification.standards.models import InstitutionKind
from institutions.grammar import Case, Variant
from institutions.models import User
from institutions.models.name_form import Names

from .bank import BadBank, BankFile
from .models import (
    NUMBER,
    SERIES,
    Bank,
    BankParagraph,
    CommendationLetter,
    Finding,
    LetterParagraph,
)
from .slots import fill, slots_in
from .states import State, Verb

COMMENDATION = "commendation"
HEADER = (
    "place",
    "dated_on",
    "addressee",
    "salutation",
    "closing",
    "first_signatory",
    "first_function",
    "second_signatory",
    "second_function",
)


@transaction.atomic
def import_paragraphs(data: BankFile, *, by: User | None = None) -> Bank:
    """Store a bank; from now on letters of its kind and language are drafted from it.

    Raises BadBank when a paragraph names a kind of institution that the catalogue lacks.
    """
    bank = Bank.objects.create(
        letter=data.letter, language=data.language, edition=data.edition, imported_by=by
    )
    kinds = {kind.code: kind for kind in InstitutionKind.objects.all()}
    for position, row in enumerate(data.paragraphs, start=1):
        unknown = set(row.kinds) - kinds.keys()
        if unknown:
            raise BadBank(
                _("Paragraph %(number)s: the catalogue has no kind of institution %(kinds)s.")
                % {"number": position, "kinds": ", ".join(sorted(unknown))}
            )
        paragraph = BankParagraph.objects.create(
            bank=bank, position=position, function=row.function, text=row.text
        )
        paragraph.kinds.set(kinds[code] for code in row.kinds)
        Finding.objects.bulk_create(
            Finding(paragraph=paragraph, standard=standard, level=level)
            for standard, level in row.findings.items()
        )
    record(Verb.IMPORT, bank, by=by, paragraphs=len(data.paragraphs))
    return bank


def applicable(bank: Bank, application: Application) -> list[BankParagraph]:
    """The paragraphs whose conditions hold for this institution and its consolidated card."""
    outcomes = standard_outcomes(application.card)
    kind = application.kind
    return [
        paragraph
        for paragraph in bank.paragraphs.prefetch_related("kinds", "findings")
        if (not paragraph.kinds.all() or kind in paragraph.kinds.all())
        and all(_holds(finding, outcomes) for finding in paragraph.findings.all())
    ]


def _holds(finding: Finding, outcomes: dict[str, Outcome]) -> bool:
    outcome = outcomes.get(finding.standard)
    if outcome is None:
        return False
    if finding.level == Finding.Level.EXEMPLARY:
        return outcome.level == OutcomeLevel.EXEMPLARY
    return outcome.is_met


@dataclass(frozen=True)
class Drafted:
    """A paragraph with its slots filled, and the standards it rests on."""

    function: str
    text: str
    findings: str


def compose(bank: Bank, application: Application, *, on: date) -> list[Drafted]:
    """The letter's paragraphs as the bank words them, dated `on`. Writes nothing.

    Raises MissingNameForms naming every unconfirmed form at once.
    """
    paragraphs = applicable(bank, application)
    names = Names(application.institution)
    names.require(
        slot.name_form
        for paragraph in paragraphs
        for slot in slots_in(paragraph.text)
        if slot.name_form
    )
    years = Issuer.load().years_on(on)
    return [
        Drafted(
            function=paragraph.function,
            text=fill(paragraph.text, names=names, cal_years=years),
            findings=", ".join(finding.standard for finding in paragraph.findings.all()),
        )
        for paragraph in paragraphs
    ]


@transaction.atomic
def draft_letter(
    certificate: Certificate, *, by: User, on: date | None = None
) -> CommendationLetter:
    """Draft the letter that goes with a certificate, from the newest bank."""
    if certificate.letters.filter(state=State.DRAFT).exists():
        raise TransitionNotAllowed(Verb.DRAFT, State.DRAFT)
    bank = Bank.objects.filter(letter=COMMENDATION, language="pl").first()
    if bank is None:
        raise CannotDo(
            _("There is no bank of paragraphs yet. Ask the administrator to import one.")
        )
    day = on or clock.today()
    drafted = compose(bank, certificate.application, on=day)
    letter = CommendationLetter.objects.create(
        certificate=certificate,
        place=certificate.place,
        dated_on=day,
        addressee=_addressee(certificate),
        # a letter is a Polish document, whatever language the screens are in
        salutation="Szanowni Państwo,",
        closing="Z wyrazami szacunku",
        first_signatory=certificate.first_signatory,
        first_function=certificate.first_function,
        second_signatory=certificate.second_signatory,
        second_function=certificate.second_function,
        drafted_by=by,
        drafted_at=clock.now(),
    )
    LetterParagraph.objects.bulk_create(
        LetterParagraph(
            letter=letter,
            position=position,
            function=each.function,
            text=each.text,
            findings=each.findings,
        )
        for position, each in enumerate(drafted, start=1)
    )
    record(Verb.DRAFT, letter, by=by, case=certificate.application, paragraphs=len(drafted))
    return letter


def _addressee(certificate: Certificate) -> str:
    """The institution alone, in the nominative, and its address as far as it is known."""
    institution = certificate.institution
    town = f"{institution.postcode} {institution.town}".strip()
    lines = [Names(institution)(Variant.FULL, Case.NOM), institution.street, town]
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class Edited:
    """A paragraph as the office left it; without `pk` it is a new one."""

    pk: int | None
    text: str
    included: bool


@transaction.atomic
def edit_letter(
    letter: CommendationLetter,
    *,
    by: User,
    header: dict[str, str | date],
    paragraphs: list[Edited],
    expected_version: int,
) -> CommendationLetter:
    """Save a draft: its header, and its paragraphs in the order given.

    Raises Stale when somebody saved since, TransitionNotAllowed once it is approved.
    """
    locked = _lock_draft(letter, Verb.EDIT)
    if locked.version != expected_version:
        raise Stale(locked)
    for field in HEADER:
        setattr(locked, field, header[field])
    locked.version += 1
    locked.save(update_fields=[*HEADER, "version"])
    existing = {paragraph.pk: paragraph for paragraph in locked.paragraphs.all()}
    for position, edited in enumerate(paragraphs, start=1):
        known = existing.get(edited.pk) if edited.pk else None
        paragraph = known or LetterParagraph(letter=locked)
        paragraph.position = position
        paragraph.text = edited.text
        paragraph.included = edited.included
        paragraph.save()
    record(Verb.EDIT, locked, by=by, case=locked.certificate.application)
    return locked


@transaction.atomic
def approve_letter(letter: CommendationLetter, *, by: User) -> CommendationLetter:
    """Give the letter its number, print it once and freeze it.

    Raises CannotDo for a letter without text, TransitionNotAllowed on a second click.
    """
    locked = _lock_draft(letter, Verb.APPROVE)
    if not locked.paragraphs.filter(included=True).exists():
        raise CannotDo(_("The letter has no paragraphs. Tick at least one, save and try again."))
    year = locked.dated_on.year
    locked.number = NUMBER.format(number=next_number(SERIES, year), year=year)
    locked.code = new_code()
    locked.verification_url = verification_url(locked.code)
    _take_letterhead(locked)
    locked.document = store(
        StoredDocument.Kind.LETTER, locked.number, render_letter(sheet_of(locked)), by=by
    )
    locked.state = State.APPROVED
    locked.approved_by, locked.approved_at = by, clock.now()
    locked.save()
    record(Verb.APPROVE, locked, by=by, case=locked.certificate.application, number=locked.number)
    return locked


def _lock_draft(letter: CommendationLetter, verb: Verb) -> CommendationLetter:
    locked = CommendationLetter.objects.select_for_update().get(pk=letter.pk)
    if locked.is_approved:
        raise TransitionNotAllowed(verb, locked.state)
    return locked


def _take_letterhead(letter: CommendationLetter) -> None:
    """Copy the issuer of today into the row: from now on nothing of the letter changes."""
    issuer = Issuer.load()
    letter.issuer_name, letter.issuer_address = issuer.name, issuer.address
    letter.issuer_website, letter.issuer_email = issuer.website, issuer.email
    letter.issuer_mark = issuer.mark.name


def _letterhead(letter: CommendationLetter) -> Letterhead:
    if not letter.issuer_name:
        return Issuer.load().letterhead()
    return Letterhead(
        name=letter.issuer_name,
        address=letter.issuer_address,
        website=letter.issuer_website,
        email=letter.issuer_email,
        mark=read_mark(letter.issuer_mark),
    )


def sheet_of(letter: CommendationLetter) -> LetterSheet:
    """What the letter prints: all from its own row; a draft has the letterhead of today."""
    pairs = (
        (letter.first_signatory, letter.first_function),
        (letter.second_signatory, letter.second_function),
    )
    return LetterSheet(
        issuer=_letterhead(letter),
        reference=letter.number or "",
        preview=letter.number is None,
        verification_url=letter.verification_url,
        verification_code=grouped(letter.code or ""),
        place=letter.place,
        issued_on=letter.dated_on,
        addressee=tuple(letter.addressee.splitlines()),
        salutation=letter.salutation,
        paragraphs=tuple(p.text for p in letter.paragraphs.all() if p.included),
        closing=letter.closing,
        signatories=tuple(Signatory(name, function) for name, function in pairs if function),
    )
