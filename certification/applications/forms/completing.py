"""Asking the institution to complete its application; more time; leaving it unexamined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.asking import Wish
from certification.applications.deadlines import offers
from certification.applications.models import Application, CompletionRequest
from certification.applications.states import Paper
from certification.standards.models import Area, Criterion

WHY = _("What is missing and why")


def _reason(label: Any, rows: int = 2, **options: Any) -> forms.CharField:
    options.setdefault("max_length", 2000)
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, required=False, **options)


class DaysField(forms.TypedChoiceField):
    """A number of working days, each offered with the day it ends on."""

    def __init__(self, **options: Any) -> None:
        widget = forms.RadioSelect
        super().__init__(coerce=int, label=_("Deadline"), widget=widget, **options)


@dataclass(frozen=True)
class CriterionFields:
    """The two fields of one criterion; what is not asked for is left empty."""

    criterion: Criterion
    why: forms.BoundField
    documents: forms.BoundField | None

    @property
    def is_asked(self) -> bool:
        ticked = self.documents.value() if self.documents else None
        return bool(self.why.value() or ticked)


class CompletionRequestForm(forms.Form):
    """A criterion is asked about when a reason stands at it; `clean` makes `items` of them all."""

    working_days = DaysField()
    reason = _reason(
        _("A word to the institution"),
        rows=3,
        max_length=5000,
        help_text=_("Optional: what concerns the whole request."),
    )
    exception = _reason(
        _("Why once more"),
        help_text=_("One request is the rule. Say what exceptional thing makes another necessary."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        application: Application,
        wishes: Sequence[Wish] = (),
        is_second: bool = False,
    ) -> None:
        super().__init__(data, initial=_initial(wishes))
        self.criteria = list(application.criteria().prefetch_related("evidence_types"))
        self.fields["working_days"].choices = offers(clock.today())  # type: ignore[attr-defined]
        self.fields["working_days"].initial = settings.COMPLETION_WORKING_DAYS
        self.fields["exception"].required = is_second
        if not is_second:
            del self.fields["exception"]
        for criterion in self.criteria:
            self._add_fields(criterion)
        for paper in Paper:
            self.fields[f"why-{paper}"] = _reason(_(str(paper.label)))

    def _add_fields(self, criterion: Criterion) -> None:
        self.fields[f"why-{criterion.code}"] = _reason(WHY)
        kinds = [(str(kind.pk), str(kind)) for kind in criterion.evidence_types.all()]
        if kinds:
            self.fields[f"documents-{criterion.code}"] = forms.MultipleChoiceField(
                label=_("Documents to be cited here"),
                choices=kinds,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def areas(self) -> list[tuple[Area, list[CriterionFields]]]:
        """The criteria with their fields, by area, as the page shows them."""
        rows = [self._fields_of(criterion) for criterion in self.criteria]
        return [
            (area, list(of_area))
            for area, of_area in groupby(rows, key=lambda row: row.criterion.standard.area)
        ]

    def _fields_of(self, criterion: Criterion) -> CriterionFields:
        documents = f"documents-{criterion.code}"
        return CriterionFields(
            criterion,
            self[f"why-{criterion.code}"],
            self[documents] if documents in self.fields else None,
        )

    def asked(self) -> list[CriterionFields]:
        return [row for _area, rows in self.areas() for row in rows if row.is_asked]

    def papers(self) -> list[forms.BoundField]:
        return [self[f"why-{paper}"] for paper in Paper]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        items = [item for criterion in self.criteria for item in self._items(cleaned, criterion)]
        for paper in Paper:
            if reason := cleaned.get(f"why-{paper}"):
                items.append(Wish(reason, paper=paper))
        if not items and not self.errors:
            self.add_error(None, _("Write at one thing at least what is missing and why."))
        self.items = items
        return cleaned

    def _items(self, cleaned: dict[str, Any], criterion: Criterion) -> Iterator[Wish]:
        reason = cleaned.get(f"why-{criterion.code}", "")
        ticked = set(cleaned.get(f"documents-{criterion.code}", ()))
        if ticked and not reason:
            self.add_error(f"why-{criterion.code}", _("Say why this document is needed."))
        if reason and not ticked:
            yield Wish(reason, criterion)
        for kind in criterion.evidence_types.all():
            if str(kind.pk) in ticked:
                yield Wish(reason, criterion, kind)

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "items": self.items,
            "working_days": self.cleaned_data["working_days"],
            "reason": self.cleaned_data["reason"],
            "exception": self.cleaned_data.get("exception", ""),
        }


def _initial(wishes: Sequence[Wish]) -> dict[str, Any]:
    """The wishes of all, put together at what each is about."""
    initial: dict[str, Any] = {}
    for wish in wishes:
        place = wish.criterion.code if wish.criterion else wish.paper
        earlier = initial.get(f"why-{place}")
        initial[f"why-{place}"] = f"{earlier}\n\n{wish.reason}" if earlier else wish.reason
        if wish.evidence_type:
            kinds = initial.setdefault(f"documents-{place}", [])
            kinds.append(str(wish.evidence_type.pk))
    return initial


class CompletionForm(forms.Form):
    """The institution sends the completion back."""

    answer = _reason(
        _("A word to the office"),
        rows=3,
        max_length=5000,
        help_text=_("Optional: what you changed, or why something stays as it was."),
    )


class ExtensionWishForm(forms.Form):
    wish = forms.CharField(
        label=_("Why you need more time"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say until when, too, if you know it."),
    )


class ExtensionForm(forms.Form):
    """The office answers: more time, or none, each with a reason that the institution reads."""

    GRANT, REFUSE = "grant", "refuse"
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[(GRANT, _("Give more time")), (REFUSE, _("Leave the deadline as it is"))],
        widget=forms.RadioSelect,
        initial=GRANT,
    )
    working_days = DaysField()
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, request: CompletionRequest, is_asked: bool) -> None:
        super().__init__(data)
        start = max(request.deadline, clock.today())
        self.fields["working_days"].choices = offers(  # type: ignore[attr-defined]
            clock.today(), start=start
        )
        self.fields["working_days"].initial = 7
        if not is_asked:
            del self.fields["answer"]

    @property
    def refuses(self) -> bool:
        return self.cleaned_data.get("answer") == self.REFUSE


class EndNoteForm(forms.Form):
    """A word on why a case ends, asked for and not demanded."""

    reason = forms.CharField(
        label=_("Why (optional)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
