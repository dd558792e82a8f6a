"""The whole demonstration, in order. Each part is told once: running it again adds nothing."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import override

from certification.applications.models import Application, Call
from certification.applications.services import open_call
from certification.applications.services.opening import open_application
from certification.certificates.models import EarlierAward
from certification.certificates.services import record_earlier_award
from certification.holders.handing_over import record_hand_over
from certification.letters.bank import OWN_BANKS
from certification.letters.bank import read as read_bank
from certification.letters.models import Bank
from certification.letters.services import import_paragraphs
from certification.standards.models import InstitutionKind, StandardSet
from certification.standards.reading import OWN_CATALOGUE, load
from certification.standards.services import import_standards, publish
from institutions.grammar import Case as GrammaticalCase
from institutions.import_files import read_yaml
from institutions.models import Institution, Membership, User
from institutions.services.importing import import_institutions
from institutions.services.institution import create_institution
from institutions.services.invitations import accept_invitation, invite_member
from institutions.services.names import confirm_name_forms, suggest_name_forms
from institutions.states import MemberRole

from . import formal
from .awards import HOLDERS, read_awards
from .calibrating import calibrate
from .cases import (
    CASES,
    CHARGED_SINCE,
    FIRST_ISSUED,
    FIRST_OPENED,
    RENEWAL_SINCE,
    RENEWED_SINCE,
    RENEWING,
    STALOWA_WOLA,
    WITHDRAWN_SINCE,
    Case,
    Host,
    Stage,
    began,
)
from .charging import FORGE, MILLS, appeal, charge, take_certificate_away
from .colleagues import talk
from .letter_sets import write_the_set
from .letters import write_letters
from .people import DOMAIN, Cast, hire, open_account
from .praising import praise_in_public
from .printing import print_together
from .renewing import begin_to_renew, renew_paper
from .reworded_edition import EDITION_SINCE, reword_edition
from .second_edition import draft_second_edition
from .signing import send_in_the_file, sign_certificate
from .story import Telling, correct_a_certificate
from .timing import on
from .visiting import tell_visits

FOUNDING = date(2015, 1, 5)
ELSEWHERE = f"instytucje.{DOMAIN}"  # accounts that the sign-in page does not offer


def tell_all(today: date) -> Iterator[str]:
    """Tell everything that is not there yet; yields a line about each part."""
    with override("pl"):
        with on(FOUNDING):
            cast = hire()
            lay_foundations()
        yield "catalogue, paragraphs, holders, people"
        yield f"{STALOWA_WOLA}: {tell_stalowa_wola(cast, today)}"
        for case in (*CASES, RENEWING):
            yield f"{case.host.name}: {tell_case(case, cast, today)}"
        with on(today - timedelta(days=EDITION_SINCE)):
            yield f"edition 1.1: {reword_edition(by=cast['administrator'])}"
        yield f"{RENEWING.host.name}, renewal: {tell_renewal(today)}"
        yield f"call for applications: {announce_a_call(cast, today)}"
        yield f"site visits: {tell_visits(cast, today)}"
        yield f"calibration: {calibrate(cast, today)}"
        yield f"print runs: {print_together(cast, today)}"
        with on(today - timedelta(days=9)):
            yield f"second edition: {draft_second_edition(by=cast['administrator'])}"


def lay_foundations() -> None:
    """The catalogue, the bank of paragraphs, the holders with what is public of them."""
    if not StandardSet.objects.published().exists():
        publish(import_standards(load(OWN_CATALOGUE)), by=None)
    if not Bank.objects.exists():
        for bank in OWN_BANKS:
            import_paragraphs(read_bank(bank))
    import_institutions(read_yaml(HOLDERS), by=None)
    if EarlierAward.objects.exists():
        return
    for award in read_awards():
        if award.institution != STALOWA_WOLA:  # its story is told in full
            record_earlier_award(
                Institution.objects.get(name=award.institution),
                by=None,
                presented=award.presented,
                label=award.label,
                source=award.source,
            )


@transaction.atomic
def tell_stalowa_wola(cast: Cast, today: date) -> str:
    """The certificate of 2016 with its letter, and its renewal under assessment."""
    institution = Institution.objects.get(name=STALOWA_WOLA)
    if institution.applications.exists():
        return "there already"
    with on(FOUNDING):
        custodian = join(institution, f"mops.stalowawola@{DOMAIN}", "Stanisława Opiekuńska")
        join(institution, f"redaktor@{DOMAIN}", "Rafał Redaktorski", MemberRole.EDITOR)
        suggest_name_forms(institution, by=cast["biuro"])
        confirm_name_forms(institution, by=cast["biuro"])
    first = Telling(institution, custodian=custodian, cast=cast, begins=FIRST_OPENED)
    certified = first.tell(Stage.LETTER, issued_on=FIRST_ISSUED)
    with on(FIRST_ISSUED, hour=14):
        record_hand_over(
            first.certificate,
            by=cast["biuro"],
            on=FIRST_ISSUED,
            place="Sala sesyjna Urzędu Miasta, Stalowa Wola",
            occasion="Sesja Rady Miejskiej",
            presenter="Prezydent Miasta i Przewodniczący Rady Miejskiej",
        )
    praise_in_public(first.certificate, cast=cast, custodian=custodian)
    begins = today - timedelta(days=RENEWAL_SINCE)
    renewal = Telling(institution, custodian=custodian, cast=cast, begins=begins)
    renewal.tell(Stage.RATING, renews=certified)
    return "certificate and letter of 2016, renewal under assessment"


@transaction.atomic
def tell_renewal(today: date) -> str:
    """A certificate that ends in half a year is being renewed, by a newer edition."""
    certified = Application.objects.filter(institution__name=RENEWING.host.name).earliest("pk")
    if certified.renewals.exists():
        return "there already"
    custodian = certified.opened_by
    with on(today - timedelta(days=200)):
        renew_paper(certified.institution, "opis_grupy", by=custodian)
    with on(today - timedelta(days=RENEWED_SINCE)):
        renewal = open_application(certified.institution, by=custodian, renews=certified)
    with on(today - timedelta(days=3)):
        begin_to_renew(renewal, by=custodian)
    return "being written"


@transaction.atomic
def tell_case(case: Case, cast: Cast, today: date) -> str:
    begins = began(case, today)
    institution = Institution.objects.filter(name=case.host.name).first()
    if institution and Application.objects.filter(institution=institution).exists():
        return "there already"
    with on(begins - timedelta(days=10)):
        institution = found(case.host, cast)
        domain = DOMAIN if case.is_shown else ELSEWHERE
        custodian = join(institution, f"{case.host.key}@{domain}", case.host.custodian)
    telling = Telling(
        institution,
        custodian=custodian,
        cast=cast,
        begins=begins,
        weak=case.weak,
        is_visited=case.is_visited,
        signs_by_hand=case.signs == "hand",
        is_modern=case.is_modern,
    )
    telling.tell(case.stage)
    if case.stage == Stage.DRAFT and case.is_shown:
        with on(begins):
            email = f"redaktorka.{case.host.key.rpartition('.')[2]}@{DOMAIN}"
            editor = join(institution, email, "Elżbieta Wójcik", MemberRole.EDITOR)
            reader = f"czytelnik.{case.host.key.rpartition('.')[2]}@{DOMAIN}"
            join(institution, reader, "Czesław Zaczytany", MemberRole.READER)
        talk(telling, editor=editor)
    write_the_set(telling)
    _afterwards(case, telling, cast, today)
    return case.stage.name.lower().replace("_", " ")


def _afterwards(case: Case, telling: Telling, cast: Cast, today: date) -> None:
    if case.signs == "file":  # today: the signature itself bears the true time
        send_in_the_file(telling.application, by=telling.custodian)
    if case.withdrawn_by_applicant:
        telling.withdraw()
    if case.has_letters:
        write_letters(telling)
    if case.left_unexamined:
        formal.leave_unexamined(telling)
    _after_issue(case, telling, cast, today)


def _after_issue(case: Case, telling: Telling, cast: Cast, today: date) -> None:
    chair, holder = cast["komisja"], telling.custodian
    if case.certificate_withdrawn:
        day = telling.issued_on + timedelta(days=500)
        take_certificate_away(telling.certificate, MILLS, by=chair, holder=holder, day=day)
    if case.has_appealed:
        day = today - timedelta(days=WITHDRAWN_SINCE)
        charges = take_certificate_away(
            telling.certificate, FORGE, by=chair, holder=holder, day=day
        )
        appeal(charges, by=holder, day=day + timedelta(days=5))
    if case.is_charged:
        charge(telling.certificate, by=chair, day=today - timedelta(days=CHARGED_SINCE))
    if case.certificate_signed:  # today, as with the request
        sign_certificate(telling.certificate, by=cast["zarzad"])
    if case.certificate_corrected:
        day = telling.issued_on + timedelta(days=14)
        correct_a_certificate(telling.certificate, by=cast["zarzad"], day=day)


def found(host: Host, cast: Cast) -> Institution:
    """An invented institution, its names confirmed."""
    institution = create_institution(
        by=cast["biuro"],
        name=host.name,
        kind=InstitutionKind.objects.get(code=host.kind),
        town=host.town,
        town_genitive=host.town_genitive,
        town_locative=host.town_locative,
        town_preposition=host.preposition,
        voivodeship=host.voivodeship,
    )
    typed = {
        (variant, case): text
        for variant, text in (("short", host.short_name), ("acronym", host.acronym))
        for case in GrammaticalCase.values
    }
    confirm_name_forms(institution, by=cast["biuro"], forms=typed)
    return Institution.objects.get(pk=institution.pk)


def join(
    institution: Institution,
    email: str,
    full_name: str,
    role: MemberRole = MemberRole.CUSTODIAN,
) -> User:
    user = open_account(email, full_name)
    if not Membership.objects.filter(user=user, institution=institution).exists():
        invitation = invite_member(institution, by=None, email=email, role=role)
        accept_invitation(invitation, by=user)
    return User.objects.get(pk=user.pk)


def announce_a_call(cast: Cast, today: date) -> str:
    """One that opens in a year, for libraries and culture centres; it disturbs nothing."""
    if Call.objects.exists():
        return "there already"
    current = StandardSet.objects.current()
    if current is None:
        return "no standards"
    open_call(
        by=cast["biuro"],
        name="Nabór „Miejsca, które łączą”",
        description="Dla bibliotek i ośrodków kultury, które otworzyły miejsce spotkań "
        "współtworzone przez mieszkańców. Poza naborem wnioski można składać przez cały rok.",
        opens_on=today + timedelta(days=365),
        closes_on=today + timedelta(days=455),
        standard_set=current,
        kinds=InstitutionKind.objects.filter(code__in=["library", "culture_centre"]),
    )
    return "announced"
