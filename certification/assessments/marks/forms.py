"""A place in one piece of evidence, as an assessor types it or as the page fills it in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from certification.applications.places import NOWHERE, Place, Unreadable, clock_of, read_place
from institutions.models import EvidenceRevision
from institutions.reading import PDF
from institutions.reading.passages import MAX_CONTEXT, MAX_QUOTE, Passage
from institutions.viewing.spots import Region, Spot

SIDES = ("left", "top", "width", "height")
LEAST = 0.5  # per cent: a smaller part of a page is a slip of the hand


class QuoteField(forms.CharField):
    """Words out of a document: spaces and ends of lines as one space. What is too long is cut,
    from the right or, what stood before a passage, from the left.
    """

    def __init__(self, *, longest: int, keep_end: bool = False, **options: Any) -> None:
        self._longest, self._keep_end = longest, keep_end
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> str:
        words = " ".join((super().to_python(value) or "").split())
        return words[-self._longest :] if self._keep_end else words[: self._longest]


class PercentField(forms.FloatField):
    """A side of a part of a page, typed in per cent and cleaned to a fraction."""

    def __init__(self, label: Any) -> None:
        widget = forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"})
        super().__init__(label=label, required=False, min_value=0, max_value=100, widget=widget)

    def clean(self, value: Any) -> float | None:
        typed = value.replace(",", ".") if isinstance(value, str) else value
        number = super().clean(typed)
        return None if number is None else number / 100


class MarkForm(forms.Form):
    """Has the fields that make sense for this evidence: a page of a document, words, a part of
    a page or a picture, a time of a recording. Left empty it means the whole page or piece.
    """

    page = forms.IntegerField(label=gettext_lazy("Page"), min_value=1, max_value=9999)
    quote = QuoteField(
        label=gettext_lazy("Passage"),
        longest=MAX_QUOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The words you cite, as they stand there. Empty: the whole page."),
    )
    before = QuoteField(longest=MAX_CONTEXT, keep_end=True, widget=forms.HiddenInput)
    after = QuoteField(longest=MAX_CONTEXT, widget=forms.HiddenInput)
    start = forms.CharField(
        label=pgettext_lazy("time", "From"), required=False, max_length=20, help_text="12:30"
    )
    end = forms.CharField(label=pgettext_lazy("time", "To"), required=False, max_length=20)
    left = PercentField(gettext_lazy("From the left, %"))
    top = PercentField(gettext_lazy("From the top, %"))
    width = PercentField(gettext_lazy("Width, %"))
    height = PercentField(gettext_lazy("Height, %"))

    def __init__(self, *args: Any, revision: EvidenceRevision, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_miejsce_{revision.pk}_%s")  # several stand on a page
        super().__init__(*args, **kwargs)
        self.revision = revision
        for name in self._senseless():
            del self.fields[name]
        if "start" in self.fields:
            self.fields["quote"].help_text = _("What is said or seen there, in a few words.")
        elif "page" not in self.fields and "quote" in self.fields:
            self.fields["quote"].help_text = _("The words you cite, as they stand there.")

    def _senseless(self) -> set[str]:
        revision, gone = self.revision, set()
        if not revision.has_pages:
            gone |= {"page"}
        if not (revision.is_film or revision.is_sound):
            gone |= {"start", "end"}
        if not (revision.kind == PDF or revision.is_picture):
            gone |= set(SIDES)
        if revision.is_picture:
            gone |= {"quote", "before", "after"}
        return gone

    @property
    def sides(self) -> list[forms.BoundField]:
        """The fields of a part of a page, where there are some."""
        return [self[name] for name in SIDES if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["time"] = self._time()
        cleaned["region"] = self._region()
        if cleaned["region"] and cleaned.get("quote"):
            self.add_error(
                "quote", _("Cite either words or a part of the page. Empty one of them.")
            )
        return cleaned

    def _time(self) -> Place:
        typed = [self.cleaned_data.get(name, "").strip() for name in ("start", "end")]
        if typed[1] and not typed[0]:
            self.add_error("start", _("Write when it begins, for example 12:30."))
            return NOWHERE
        try:
            place = read_place("–".join(part for part in typed if part), self.revision)
        except Unreadable as error:
            self.add_error("start", str(error))
            return NOWHERE
        if place and place.second is None:
            self.add_error("start", _("Write minutes and seconds: 12:30, or 1:02:05."))
        return place

    def _region(self) -> Region | None:
        left, top, width, height = (self.cleaned_data.get(name) for name in SIDES)
        known = [side for side in (left, top, width, height) if side is not None]
        if not known or self.errors:
            return None
        if left is None or top is None or not width or not height:
            self.add_error("left", _("Give all four numbers of the part of the page, or none."))
            return None
        # what reaches a hair over the edge, as a hand does, ends there
        width, height = min(width, 1 - left), min(height, 1 - top)
        if min(width, height) * 100 < LEAST:
            self.add_error("width", _("This part of the page is too small to be seen."))
            return None
        return Region(*(round(side, 4) for side in (left, top, width, height)))

    @property
    def spot(self) -> Spot:
        """The place, of a valid form."""
        cleaned, time = self.cleaned_data, self.cleaned_data["time"]
        quote = cleaned.get("quote", "")
        passage = Passage(quote, cleaned["before"], cleaned["after"]) if quote else None
        return Spot(cleaned.get("page"), time.second, time.second_to, passage, cleaned["region"])


def starting_at(revision: EvidenceRevision, place: Place) -> dict[str, Any]:
    """What the form of a piece of evidence begins with: the place that is looked at."""
    at: dict[str, Any] = {"page": place.page or 1} if revision.has_pages else {}
    if place.second is not None:
        at["start"] = clock_of(place.second)
    return at
