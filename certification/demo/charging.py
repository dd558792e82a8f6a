"""Charges against holders: those that the Committee upheld, and those that wait for a reply."""

from datetime import date, timedelta

from certification.certificates.models import Certificate
from certification.certificates.withdrawing.services import (
    reply_to_charges,
    state_charges,
    withdraw_certificate,
)
from institutions.models import User

from .timing import on

DAYS = 14


def take_certificate_away(certificate: Certificate, *, by: User, holder: User, day: date) -> None:
    with on(day - timedelta(days=60)):
        charges = state_charges(
            certificate,
            by=by,
            text="Od ponad roku nie odbywają się spotkania grup, a miejsce dla społeczności "
            "zamknięto bez zapewnienia innego.\n\nTowarzystwo nie odpowiedziało na dwa pisma.",
            days=DAYS,
        )
    with on(day - timedelta(days=50)):
        reply_to_charges(
            charges,
            by=holder,
            text="Lokal straciliśmy po podwyżce czynszu. Szukamy innego miejsca, ale nie umiemy "
            "powiedzieć, kiedy spotkania wrócą.",
        )
    with on(day):
        withdraw_certificate(
            charges,
            by=by,
            withdrawn_on=day,
            reason="Zaprzestanie pracy zgodnej ze standardami CAL.",
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
