"""What the signed request tells the formal check: whether it came, and who signed it."""

from collections.abc import Iterator

from django.template.defaultfilters import date as formatted
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.applications.formal.facts import Case, Fact, register
from certification.applications.formal.points import Point
from certification.applications.states import Result

from . import wording
from .findings import Findings
from .standing import SignedRequest, Standing, signed_request


def request_signed(case: Case, point: Point) -> Iterator[Fact]:
    """Met when the office accepted it, unmet while none stands; one that waits suggests nothing."""
    stands = signed_request(case.application)
    if stands.signed is None:
        url = reverse("application_papers", args=[case.application.pk])
        yield Fact(_("The signed request has not come yet."), Result.UNMET, url)
        return
    text, result = {
        Standing.ACCEPTED: (_("The signed request came on %(day)s and is accepted."), Result.MET),
        Standing.REFUSED: (_("The signed request of %(day)s was refused."), Result.UNMET),
        Standing.AWAITING: (_("The signed request came on %(day)s; look at it first."), None),
    }[stands.standing]
    day = {"day": formatted(stands.signed.uploaded_at, "j E Y")}
    yield Fact(text % day, result, stands.signed.get_absolute_url())


def signed_by(case: Case, point: Point) -> Iterator[Fact]:
    """Who signed, as was typed and as the file says; whether they may is for the office to say."""
    stands = signed_request(case.application)
    if stands.signed is None:
        return
    url = stands.signed.get_absolute_url()
    names = {"person": stands.signed.signatory}
    yield Fact(
        _("Signed, as the institution says, by %(person)s.") % names, _authority(stands), url
    )
    examination = Findings.load(stands.signed.findings).examination
    for facts in wording.signing(examination):
        yield Fact(_("In the file: %(facts)s.") % {"facts": facts[0][1]}, url=url)


def _authority(stands: SignedRequest) -> Result | None:
    return Result.MET if stands.standing == Standing.ACCEPTED else None


def register_all() -> None:
    """Called once, when the app starts."""
    register("request", request_signed)
    register("authority", signed_by)
