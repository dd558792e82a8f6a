"""Two print runs: one that is ready, and one that waits for an address."""

from datetime import date, timedelta
from decimal import Decimal

from certification import clock
from certification.certificates.models import Certificate
from certification.printruns.models import Printer, PrintRun
from certification.printruns.services import save_printer, start_run
from certification.printruns.states import Envelope, Grouping, Labels, Sending
from certification.printruns.working import print_waiting
from institutions.models import Institution
from institutions.services.institution import change_contact

from .cases import STALOWA_WOLA
from .people import Cast
from .timing import on

STREETS = ("Rynek 1", "ul. Lipowa 12", "ul. 3 Maja 7 lok. 2", "ul. Szkolna 4", "pl. Kościelny 3")
POSTCODES = ("00-001", "00-012", "00-123", "00-234", "00-345")
EDELIVERY = "AE:PL-12345-67890-ABCDE-12"


def print_together(cast: Cast, today: date) -> str:
    """What was sent by post, and what is to be handed over."""
    if PrintRun.objects.exists():
        return "there already"
    office = cast["biuro"]
    standing = Certificate.objects.standing().select_related("institution").order_by("pk")
    day = today - timedelta(days=6)
    issued = standing.filter(issued_on__lte=day)
    sent = [each for each in issued if each.institution.name != STALOWA_WOLA]
    with on(day):
        for number, certificate in enumerate(sent):
            _give_address(certificate.institution, number, cast)
        printer = save_printer(
            Printer(),
            by=office,
            name="Biuro, podajnik 2",
            right=Decimal("1.5"),
            down=Decimal(-1),
            moves_all=False,
        )
        start_run(
            by=office,
            certificates=[each.pk for each in sent],
            title="Certyfikaty do wysłania",
            envelope=Envelope.C4,
            labels=Labels.L3X8,
            first_label=7,
            sending=Sending.EDELIVERY,
            printer=printer,
        )
        print_waiting(clock.now())
    with on(today - timedelta(days=1)):
        start_run(
            by=office,
            certificates=standing.filter(institution__name=STALOWA_WOLA).values_list(
                "pk", flat=True
            ),
            title="Uroczystość w Warszawie",
            envelope=Envelope.C4,
            with_ceremony_list=True,
            ceremony="Warszawa, siedziba stowarzyszenia",
            sending=Sending.CEREMONY,
            grouping=Grouping.BY_RECIPIENT,
        )
        print_waiting(clock.now())
    return "one ready, one with a gap"


def _give_address(institution: Institution, number: int, cast: Cast) -> None:
    """An invented street for an invented institution; one of them has e-Delivery."""
    change_contact(
        institution,
        by=cast["biuro"],
        street=STREETS[number % len(STREETS)],
        postcode=POSTCODES[number % len(POSTCODES)],
        email=institution.email,
        edelivery=EDELIVERY if number == 0 else "",
    )
