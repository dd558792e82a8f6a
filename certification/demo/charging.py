"""Charges against holders: upheld and appealed from, upheld, and those that wait for a reply."""

from dataclasses import dataclass
from datetime import date, timedelta

from certification.certificates.models import Certificate, Charges
from certification.certificates.withdrawing.appeals import appeal_withdrawal
from certification.certificates.withdrawing.services import (
    reply_to_charges,
    state_charges,
    withdraw_certificate,
)
from institutions.models import User

from .timing import on

DAYS = 14


@dataclass(frozen=True)
class Dispute:
    """What was charged, replied and published."""

    charges: str
    reply: str
    reason: str


MILLS = Dispute(
    "Od ponad roku nie odbywają się spotkania grup, a miejsce dla społeczności "
    "zamknięto bez zapewnienia innego.\n\nTowarzystwo nie odpowiedziało na dwa pisma.",
    "Lokal straciliśmy po podwyżce czynszu. Szukamy innego miejsca, ale nie umiemy "
    "powiedzieć, kiedy spotkania wrócą.",
    "Zaprzestanie pracy zgodnej ze standardami CAL.",
)
FORGE = Dispute(
    "Stowarzyszenie pobiera od uczestników spotkań sąsiedzkich opłaty, choć we wniosku opisało "
    "je jako otwarte i bezpłatne.\n\nO opłatach informują plakaty z września i regulamin sali.",
    "Opłata dotyczyła tylko warsztatów z materiałami. Z plakatu faktycznie to nie wynikało.",
    "Pobieranie opłat za udział w spotkaniach otwartych.",
)


def take_certificate_away(
    certificate: Certificate, dispute: Dispute, *, by: User, holder: User, day: date
) -> Charges:
    """The holder replied, and the Committee withdrew the certificate on that day."""
    with on(day - timedelta(days=60)):
        charges = state_charges(certificate, by=by, text=dispute.charges, days=DAYS)
    with on(day - timedelta(days=50)):
        reply_to_charges(charges, by=holder, text=dispute.reply)
    with on(day):
        withdraw_certificate(charges, by=by, withdrawn_on=day, reason=dispute.reason)
    return charges


def appeal(charges: Charges, *, by: User, day: date) -> None:
    """The Board has not resolved on it yet."""
    with on(day):
        appeal_withdrawal(
            charges,
            by=by,
            text="Spotkania sąsiedzkie są i były bezpłatne. Opłatę za materiały na warsztatach "
            "znieśliśmy w październiku, a plakaty i regulamin poprawiliśmy. Prosimy o "
            "uchylenie odebrania certyfikatu.",
        )


def charge(certificate: Certificate, *, by: User, day: date) -> None:
    """The holder has not replied yet."""
    with on(day):
        state_charges(
            certificate,
            by=by,
            text="Z listów od mieszkańców wynika, że od pół roku biblioteka nie udostępnia sali "
            "grupom sąsiedzkim, choć we wniosku opisała ją jako otwartą dla wszystkich.\n\n"
            "Na stronie biblioteki nie ma wykazu spotkań ani osoby, z którą można się umówić.",
            days=DAYS,
        )
