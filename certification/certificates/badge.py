"""What a holder puts on its own website: a picture that says how the certificate stands today.

Each state has words, a colour and a shape of its own, so that none of the three is needed to tell
them apart. It is a picture alone: no script, no font, nothing that is fetched or counted.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from .models import Certificate
from .states import Status

# ground of the band, with white text on it at 7:1 or more: static/css/tokens.css
GREEN, BLUE, GREY, RED, OCHRE = "#1b5331", "#1b4768", "#46504e", "#8a1c1c", "#6a4400"
WIDTHS = (120, 160, 240, 320)  # pixels between which it holds


@dataclass(frozen=True)
class Badge:
    """The words of the picture, and how it looks. `shape` is drawn by certificates/badge.svg."""

    number: str
    headline: str
    detail: str
    title: str
    description: str
    colour: str
    shape: str

    @property
    def name_in_two_lines(self) -> tuple[str, str]:
        """What the certificate is called."""
        return pgettext("badge, upper line", "CAL Quality"), pgettext(
            "badge, lower line", "Certificate"
        )


LOOKS = {
    Status.VALID: (GREEN, "tick"),
    Status.EXPIRING: (GREEN, "tick"),  # it stands as well as any other
    Status.UPCOMING: (BLUE, "ring"),
    Status.EXPIRED: (GREY, "bar"),
    Status.WITHDRAWN: (RED, "cross"),
    Status.SUPERSEDED: (OCHRE, "arrow"),
}
HEADLINES = {
    Status.VALID: pgettext_lazy("badge", "Valid"),
    Status.EXPIRING: pgettext_lazy("badge", "Valid"),
    Status.UPCOMING: pgettext_lazy("badge", "Not yet"),
    Status.EXPIRED: pgettext_lazy("badge", "Expired"),
    Status.WITHDRAWN: pgettext_lazy("badge", "Withdrawn"),
    Status.SUPERSEDED: pgettext_lazy("badge", "Replaced"),
}
DETAILS = {
    Status.VALID: gettext_lazy("to %(until)s"),
    Status.EXPIRING: gettext_lazy("to %(until)s"),
    Status.UPCOMING: gettext_lazy("from %(since)s"),
    Status.EXPIRED: gettext_lazy("on %(until)s"),
    Status.WITHDRAWN: gettext_lazy("on %(withdrawn)s"),
    Status.SUPERSEDED: gettext_lazy("new: %(newer)s"),
}


def badge_of(certificate: Certificate, day: date) -> Badge:
    """The badge on that day, in the language that is active. Needs `with_facts()`."""
    status = certificate.status_on(day)
    colour, shape = LOOKS[status]
    headline, detail = str(HEADLINES[status]), str(DETAILS[status] % _facts(certificate, status))
    name = {"number": certificate.number, "holder": certificate.holder_name}
    return Badge(
        number=certificate.number,
        headline=headline,
        detail=detail,
        title=_("CAL Quality Certificate no. %(number)s, %(holder)s") % name,
        description=f"{headline}: {detail}.",
        colour=colour,
        shape=shape,
    )


def never_issued() -> Badge:
    """Where somebody asks by a number that was never given."""
    return Badge(
        number="",
        headline=_("None issued"),
        detail=_("under this no."),
        title=_("CAL Quality Certificate"),
        description=_("No certificate with this number was ever issued."),
        colour=RED,
        shape="cross",
    )


def _facts(certificate: Certificate, status: Status) -> dict[str, str]:
    facts = {"since": _day(certificate.valid_from), "until": _day(certificate.valid_to)}
    if certificate.withdrawal:
        facts["withdrawn"] = _day(certificate.withdrawal.withdrawn_on)
    if status == Status.SUPERSEDED:
        facts["newer"] = certificate.replaced_by.short_number
    return facts


def _day(day: date) -> str:
    return str(date_format(day, "d.m.Y"))
