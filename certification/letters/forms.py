"""The forms of letters: what a draft needs to know, its header and its paragraphs."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.certificates.forms import LenientFilter
from institutions.models import Institution

from .address import OFFICES, usual_office, usual_title
from .models import CommendationLetter, LetterParagraph, Official
from .services import HEADER, Edited
from .services.drafting import Appeal, Partner
from .states import Kind, Office, State


class LetterForm(forms.ModelForm):
    """The header of a letter. `version` is the one the page was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = CommendationLetter
        fields = list(HEADER)
        widgets = {
            "addressee": forms.Textarea(attrs={"rows": 4}),
            "dated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_version(self) -> int:
        # kept as typed: the instance's own version is the newer one the service compares with
        version: int = self.cleaned_data["version"]
        return version

    def _post_clean(self) -> None:
        """Validate the fields without writing them into the instance, which the page shows."""
        kept = {field: getattr(self.instance, field) for field in (*HEADER, "version")}
        super()._post_clean()  # type: ignore[misc]
        for field, value in kept.items():
            setattr(self.instance, field, value)


class ParagraphForm(forms.Form):
    """One paragraph: its text, and whether it stays in the letter."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Text of the paragraph"),
        max_length=LetterParagraph._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    included = forms.BooleanField(label=_("Keep in the letter"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("included") and not cleaned.get("text"):
            self.add_error("text", _("Write the text, or untick the paragraph."))
        return cleaned


class _InOrder(forms.BaseFormSet):
    def edited(self) -> list[Edited]:
        """The paragraphs in the order their numbers ask for; an empty new one is left out."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        rows = [row for row in rows if row.get("text") or row.get("pk")]
        rows.sort(key=lambda row: (row.get("ORDER") is None, row.get("ORDER") or 0))
        return [Edited(row.get("pk"), row["text"], row["included"]) for row in rows]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Order")


MOST = 150  # paragraphs: a refusal gives a reason for each of the criteria
ParagraphFormSet = forms.formset_factory(
    ParagraphForm, formset=_InOrder, extra=1, can_order=True, max_num=MOST, validate_max=True
)


def paragraph_formset(letter: CommendationLetter, data: Any = None) -> _InOrder:
    """The formset of a letter's paragraphs, filled from the letter or from what was posted."""
    initial = [
        {"pk": paragraph.pk, "text": paragraph.text, "included": paragraph.included}
        for paragraph in letter.paragraphs.all()
    ]
    return cast(_InOrder, ParagraphFormSet(data, initial=initial, prefix="p"))


class ReturnForm(forms.Form):
    """What is to be mended in a draft."""

    note = forms.CharField(
        label=_("What to mend"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class OfficialForm(forms.ModelForm):
    """Who heads the municipality. What is filled in is a proposal, and a person confirms it."""

    confirmed = forms.BooleanField(
        label=_("I have checked the office, the name and the form of address.")
    )

    class Meta:
        model = Official
        fields = ("office", "full_name", "gender", "title", "address")
        widgets = {"gender": forms.RadioSelect, "address": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = Official.GENDERS  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        office, title = cleaned.get("office"), cleaned.get("title", "")
        if office and title:
            noun = OFFICES[Office(office)]["nom"]
            if title.partition(" ")[0].lower() != noun:
                self.add_error(
                    "title",
                    _("It begins with the word of the office, e.g. “%(noun)s …”.")
                    % {"noun": noun.capitalize()},
                )
        return cleaned

    @property
    def official(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def usual_official(institution: Institution) -> dict[str, str]:
    """What the form begins with: of another institution of the municipality, or by rule."""
    neighbours = Official.objects.filter(institution__teryt=institution.teryt).exclude(
        institution__teryt=""
    )
    known = neighbours.order_by("-confirmed_at").first()
    if known is not None:
        return {name: getattr(known, name) for name in OfficialForm.Meta.fields}
    office = usual_office(institution.teryt)
    if office is None:
        return {}
    return {"office": office.value, "title": usual_title(institution, office)}


class PartnerForm(forms.Form):
    """Whom a letter to a partner is for."""

    name = forms.CharField(
        label=_("Name of the partner"),
        max_length=300,
        help_text=_("In the nominative, as it stands at the head of the letter."),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=180,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def partner(self) -> Partner:
        return Partner(self.cleaned_data["name"], self.cleaned_data["address"])


class AppealForm(forms.Form):
    """What the Board made of an appeal. The proceedings themselves are outside the program."""

    received_on = forms.DateField(
        label=_("Day the appeal was received"), widget=forms.DateInput(attrs={"type": "date"})
    )
    examined_on = forms.DateField(
        label=_("Day the Board examined it"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reasons = forms.CharField(
        label=_("The Board's reasons"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("As they are to stand in the letter. An empty line begins a paragraph."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        received: date | None = cleaned.get("received_on")
        examined: date | None = cleaned.get("examined_on")
        if received and examined and not received <= examined <= clock.today():
            self.add_error(
                "examined_on",
                _("The Board examines an appeal after it was received, and not in the future."),
            )
        return cleaned

    @property
    def appeal(self) -> Appeal:
        return Appeal(**self.cleaned_data)


class LetterFilter(LenientFilter):
    """The list, narrowed by name or number, kind and state."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *State.choices]
    )
