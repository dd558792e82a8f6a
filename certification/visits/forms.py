"""What both sides fill in about a visit. Dates and hours are those of Poland."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification import clock
from institutions.models import User

from .models import DateRound, SiteVisit
from .services.dates import MOST_OFFERS, Span

WORD = DateRound._meta.get_field("word").max_length
PLACE = SiteVisit._meta.get_field("place").max_length
AGENDA = SiteVisit._meta.get_field("agenda").max_length


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class DatesForm(forms.Form):
    """One to three days with hours; `clean` makes `spans` of them."""

    word = forms.CharField(
        label=_("A word to the other side"),
        required=False,
        max_length=WORD,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Optional. It stays with the proposed dates."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_OFFERS + 1):
            is_first = number == 1
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("Day"), widget=_date(), required=is_first
            )
            self.fields[f"from_{number}"] = forms.TimeField(
                label=pgettext_lazy("visit", "From"), widget=_time(), required=is_first
            )
            self.fields[f"to_{number}"] = forms.TimeField(
                label=pgettext_lazy("visit", "To"), widget=_time(), required=is_first
            )
        self.spans: list[Span] = []

    def rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The fields of each date, as the page shows them."""
        for number in range(1, MOST_OFFERS + 1):
            yield number, [self[f"{part}_{number}"] for part in ("day", "from", "to")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(1, MOST_OFFERS + 1):
            if span := self._span(data, number):
                if span in self.spans:
                    self.add_error(f"day_{number}", _("This date stands above already."))
                self.spans.append(span)
        return data

    def _span(self, data: dict[str, Any], number: int) -> Span | None:
        names = [f"{part}_{number}" for part in ("day", "from", "to")]
        if any(name in self.errors for name in names):
            return None
        given: list[Any] = [data.get(name) for name in names]
        if not any(given):
            return None
        for name, value in zip(names, given, strict=True):
            if value is None:
                self.add_error(name, _("Fill in the day and both hours, or leave all three empty."))
                return None
        day, start, end = given
        starts_at, ends_at = (
            timezone.make_aware(datetime.combine(day, hour))  # noqa: DTZ001 - Warsaw
            for hour in (start, end)
        )
        if starts_at <= clock.now():
            self.add_error(names[0], _("This day has passed. Choose a later one."))
        elif ends_at <= starts_at:
            self.add_error(names[2], _("The visit must end after it begins."))
        return starts_at, ends_at


def _place() -> forms.CharField:
    return forms.CharField(
        label=_("Where"), max_length=PLACE, help_text=_("Address, entrance, whom to ask for.")
    )


class TeamFields(forms.Form):
    """Who goes, and who of them leads the visit and writes its protocol."""

    team = forms.MultipleChoiceField(
        label=_("Who goes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The institution reads these names."),
    )
    lead = forms.ChoiceField(
        label=_("Leads the visit"),
        required=False,
        help_text=_("Writes the protocol. The office may write it, too."),
    )

    def __init__(
        self, *args: Any, people: Sequence[User], office: Sequence[User], **kwargs: Any
    ) -> None:
        """`people` assess the case, and those of the `office` handle it."""
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in (*people, *office)}
        names = [(str(person.pk), str(person)) for person in people]
        names += [
            (str(person.pk), _("%(person)s (CAL office)") % {"person": person}) for person in office
        ]
        self.fields["team"].choices = names  # type: ignore[attr-defined]
        self.fields["lead"].choices = [("", _("nobody yet")), *names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["team"], self.fields["lead"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("lead") and data["lead"] not in data.get("team", ()):
            self.add_error("lead", _("Whoever leads the visit takes part in it."))
        return data

    @property
    def who(self) -> dict[str, Any]:
        """The two as the services take them."""
        chosen = [self._people[key] for key in self.cleaned_data.get("team", ())]
        return {"team": chosen, "lead": self._people.get(self.cleaned_data.get("lead", ""))}


class ProposalForm(TeamFields, DatesForm):
    """The office begins a visit."""

    place = _place()


class DatesAndPlaceForm(DatesForm):
    """The office proposes again."""

    place = _place()


class ProgrammeForm(TeamFields):
    """What the institution prepares for; `version` as in Answer."""

    place = _place()
    agenda = forms.CharField(
        label=_("Programme"),
        required=False,
        max_length=AGENDA,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("A line for each point, beginning with its hour. The institution reads it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is called off"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both sides read it."),
    )
