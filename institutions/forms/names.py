"""A table of the name's forms: four variants in seven cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.declension.sentences import (
    QUESTIONS,
    TOWN_QUESTIONS,
    Sentence,
    sentence,
    town_sentence,
)
from institutions.grammar import Case, Variant
from institutions.models import Institution, NameForm
from institutions.services.names import GRAMMAR_FIELDS, NOMINATIVE, names_version
from institutions.services.suggesting import suggested_town

HINTS = {
    Variant.FULL: _("As in the statute. Certificates and letters are written with it."),
    Variant.SHORT: _("What a letter says the second time, e.g. “MOPS w Stalowej Woli”."),
    Variant.ACRONYM: _("The letters alone. In formal letters they stay the same in every case."),
    Variant.GENERIC: _("What kind of thing it is, in small letters: “ośrodek”, “biblioteka”."),
}
POLISH = {"class": "form-control name-form", "lang": "pl", "autocomplete": "off"}


@dataclass(frozen=True)
class Row:
    """One case of one variant: its field, the form that is stored, and a sentence with it."""

    case: Case
    question: str
    field: forms.BoundField
    stored: NameForm | None
    sentence: Sentence

    @property
    def is_the_name(self) -> bool:
        return self.field.field.disabled


@dataclass(frozen=True)
class TownRow:
    """The genitive or the locative of the town: its field, where it stands, and a sentence.

    `state` is "confirmed", "suggested", "typed" or "missing".
    """

    case: Case
    question: str
    field: forms.BoundField
    state: str
    sentence: Sentence


@dataclass(frozen=True)
class Group:
    variant: Variant
    hint: str
    rows: list[Row]

    @property
    def is_undeclined(self) -> bool:
        """Abbreviations, which formal letters leave as they are in every case."""
        return self.variant in {Variant.SHORT, Variant.ACRONYM}

    @property
    def same(self) -> str:
        """The one form of an abbreviation that stands in all seven cases alike, or ''."""
        texts = {str(row.field.value() or "").strip() for row in self.rows}
        states = {row.stored.is_confirmed if row.stored else None for row in self.rows}
        wrong = any(row.field.errors for row in self.rows)
        alike = len(texts) == len(states) == 1 and not wrong
        return texts.pop() if self.is_undeclined and alike else ""


class NameFormsForm(forms.ModelForm):
    """Fields `full-nom` … `generic-voc`, and the grammar around them. Empty means: not known."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Institution
        fields = list(GRAMMAR_FIELDS)
        help_texts = {
            "gender": _("Verbs in letters agree with it: otrzymał, otrzymała, otrzymało."),
        }
        widgets = {
            "town_genitive": forms.TextInput(
                POLISH | {"aria-describedby": "id_town_genitive_sentence"}
            ),
            "town_locative": forms.TextInput(
                POLISH | {"aria-describedby": "id_town_locative_sentence"}
            ),
            "town_preposition": forms.Select({"class": "form-select", "lang": "pl"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        institution = self.instance
        self.fields["seen"].initial = names_version(institution)
        self.stored = {(form.variant, form.case): form for form in _loaded(institution)}
        for variant in Variant:
            for case in Case:
                self.fields[f"{variant}-{case}"] = self._field(variant, case)

    def groups(self) -> Iterator[Group]:
        """The table, with what was typed where the form comes back with an error."""
        for variant in Variant:
            yield Group(variant, str(HINTS[variant]), [self._row(variant, case) for case in Case])

    def town_rows(self) -> list[TownRow]:
        return [
            self._town_row(Case.GEN, "town_genitive"),
            self._town_row(Case.LOC, "town_locative"),
        ]

    def typed_forms(self) -> dict[tuple[str, str], str]:
        return {
            (variant.value, case.value): self.cleaned_data[f"{variant}-{case}"]
            for variant in Variant
            for case in Case
            if (variant, case) != NOMINATIVE
        }

    def grammar(self) -> dict[str, str]:
        return {field: self.cleaned_data[field] for field in GRAMMAR_FIELDS}

    def against(self, newer: Institution) -> list[tuple[str, str]]:
        """What a newer version says otherwise, by label. The form may then replace it."""
        self.data = dict(self.data.items()) | {"seen": names_version(newer)}
        grammar = {field: getattr(newer, field) for field in GRAMMAR_FIELDS}
        values = grammar | {f"{one.variant}-{one.case}": one.text for one in _loaded(newer)}
        return [
            (str(self.fields[name].label), str(value or "–"))
            for name, value in values.items()
            if value != self.cleaned_data.get(name)
        ]

    def _field(self, variant: Variant, case: Case) -> forms.CharField:
        is_the_name = (variant, case) == NOMINATIVE
        stored = self.stored.get((variant, case))
        text = self.instance.name if is_the_name else (stored.text if stored else "")
        long = variant == Variant.FULL
        attrs = POLISH | {"aria-describedby": f"id_{variant}-{case}_sentence"}
        return forms.CharField(
            label=f"{variant.label} – {case.label}",
            required=False,
            max_length=300,
            initial=text,
            disabled=is_the_name,
            widget=forms.Textarea({**attrs, "rows": 2}) if long else forms.TextInput(attrs),
        )

    def _row(self, variant: Variant, case: Case) -> Row:
        field = self[f"{variant}-{case}"]
        return Row(
            case=case,
            question=QUESTIONS[case],
            field=field,
            stored=self.stored.get((variant, case)),
            sentence=sentence(case, str(field.value() or "")),
        )

    def _town_row(self, case: Case, name: str) -> TownRow:
        bound = self[name]
        form = " ".join(str(bound.value() or "").split())
        preposition = f"{self['town_preposition'].value()} " if case == Case.LOC else ""
        return TownRow(
            case=case,
            question=TOWN_QUESTIONS[case],
            field=bound,
            state=self._town_state(name, form),
            sentence=town_sentence(case, f"{preposition}{form}" if form else ""),
        )

    def _town_state(self, name: str, form: str) -> str:
        if not form:
            return "missing"
        if self.initial.get(name) != form:
            return "typed"
        if self.instance.town_confirmed_at:
            return "confirmed"
        return "suggested" if suggested_town(self.instance).get(name) == form else "typed"


def _loaded(institution: Institution) -> Any:
    return institution.name_forms.select_related("confirmed_by")
