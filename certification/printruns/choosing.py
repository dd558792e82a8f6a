"""Which certificates and letters a run may be made of, and how they are narrowed down."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application, Call
from certification.certificates.forms import LenientFilter
from certification.certificates.models import Certificate, CertificateQuerySet
from certification.certificates.states import Status
from certification.finding import matching
from certification.letters.models import CommendationLetter, LetterQuerySet, SignedLetter
from certification.letters.states import AFTER_REFUSAL
from institutions.identifiers import Voivodeship
from institutions.models import User
from institutions.searching import contains

from .models import Printing, PrintItem
from .states import ORDERS, Kind, Order


class ChoosingFilter(LenientFilter):
    """Certificates for a run: those that stand, unless a status is chosen."""

    year = forms.TypedChoiceField(label=_("Year of issue"), required=False, coerce=str)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("all that stand")), *Status.choices]
    )
    voivodeship = forms.ChoiceField(
        label=_("Voivodeship"), required=False, choices=[("", _("all")), *Voivodeship.choices]
    )
    call = forms.ChoiceField(label=_("Call"), required=False)
    printed = forms.ChoiceField(
        label=_("Printing"),
        required=False,
        choices=[("", _("all")), ("no", _("not printed yet")), ("yes", _("printed before"))],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        years = Certificate.objects.dates("issued_on", "year", order="DESC")
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _("all")),
            *((str(day.year), str(day.year)) for day in years),
        ]
        calls = Call.objects.order_by("-opens_on", "-pk").values_list("pk", "name")
        self.fields["call"].choices = [  # type: ignore[attr-defined]
            ("", _("all")),
            *((str(pk), name) for pk, name in calls),
        ]


def choose(user: User, chosen: dict[str, str]) -> CertificateQuerySet:
    """The certificates that match and whose cases are open to the person, by their numbers."""
    found = _narrowed(Certificate.objects.visible_to(user), chosen)
    mine = found.filter(application__in=Application.objects.open_to_staff(user))
    return mine.order_by(*ORDERS[Order.NUMBER])


def closed_to(user: User, chosen: dict[str, str]) -> int:
    """How many match as well, but are of cases closed to the person."""
    found = _narrowed(Certificate.objects.visible_to(user), chosen)
    return found.exclude(application__in=Application.objects.open_to_staff(user)).count()


def _narrowed(found: CertificateQuerySet, chosen: dict[str, str]) -> CertificateQuerySet:
    found = found.filter(matching(chosen["q"]))
    today = clock.today()
    status = chosen["status"]
    found = found.in_status(Status(status), today) if status else found.standing()
    if chosen["year"]:
        found = found.filter(issued_on__year=int(chosen["year"]))
    if chosen["voivodeship"]:
        found = found.filter(institution__voivodeship=chosen["voivodeship"])
    if chosen["call"]:
        found = found.filter(application__call=int(chosen["call"]))
    if chosen["printed"]:
        new = ~Q(Exists(_in_a_file())) | Q(Exists(_unprinted_letters()))
        found = found.filter(new if chosen["printed"] == "no" else ~new)
    return found


def letters_to(user: User) -> LetterQuerySet:
    """The letters that stand and tell of refusals, of cases that are open to the person."""
    return CommendationLetter.objects.standing().filter(
        kind__in=AFTER_REFUSAL, application__in=Application.objects.open_to_staff(user)
    )


def choose_letters(user: User, chosen: dict[str, str]) -> LetterQuerySet:
    """The letters of refused cases that match and are open to the person, the newest first.

    They have no certificate, so whoever asks for a status of one gets none.
    """
    found = letters_to(user)
    if chosen["status"]:
        return found.none()
    for word in chosen["q"].split():
        found = found.filter(contains("recipient", word) | Q(number__icontains=word))
    wanted = {
        "approved_at__year": chosen["year"],
        "application__institution__voivodeship": chosen["voivodeship"],
        "application__call": chosen["call"],
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if chosen["printed"]:
        new = _not_printed(found)
        found = new if chosen["printed"] == "no" else found.exclude(pk__in=new.values("pk"))
    return found.order_by("-approved_at", "-pk")


def _in_a_file() -> Any:
    """The certificate itself, as it was issued or signed since."""
    items = PrintItem.objects.filter(file__isnull=False, kind=Kind.CERTIFICATE)
    return items.filter(certificate=OuterRef("pk"))


def _unprinted_letters() -> LetterQuerySet:
    letters = CommendationLetter.objects.to_holders().filter(certificate=OuterRef("pk"))
    return _not_printed(letters)


def _not_printed(letters: LetterQuerySet) -> LetterQuerySet:
    signed = SignedLetter.objects.filter(letter=OuterRef("pk"), document__printings__isnull=False)
    as_approved = Printing.objects.filter(document=OuterRef("document"))
    return letters.exclude(Exists(as_approved) | Exists(signed))
