"""Writing one answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Answer
from certification.standards.models import RatingLevel


class PlainText(forms.CharField):
    """A long text. A browser sends each line end as two characters; one is kept, and counted."""

    def __init__(self, *, max_length: int, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "maxlength": max_length})
        super().__init__(widget=widget, **options)
        self.validators.append(MaxLengthValidator(max_length))

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class TextAsTyped(PlainText):
    """A long text kept to the last space, and refused where it is too long: never cut short."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)
        del self.widget.attrs["maxlength"]


class AnswerForm(forms.Form):
    """Self-rating and text on one criterion; both may wait, but "not applicable" is explained.

    `joined` comes back from the choice between two texts (applications/_answer_choice.html).
    """

    self_rating = forms.TypedChoiceField(
        label=_("Self-rating"), widget=forms.RadioSelect, required=False, empty_value=None
    )
    text = TextAsTyped(
        label=_("Answer"),
        max_length=Answer.MAX_LENGTH,
        rows=14,
        required=False,
        help_text=_("What you do, with whom, how often, and what came of it. Plain words will do."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    joined = TextAsTyped(max_length=2 * Answer.MAX_LENGTH, rows=1, required=False)

    def __init__(self, *args: Any, levels: Iterable[RatingLevel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(level.pk): level for level in levels}
        field: Any = self.fields["self_rating"]
        field.choices = [(key, str(level)) for key, level in by_key.items()]
        field.coerce = by_key.__getitem__

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        rating = cleaned.get("self_rating")
        if rating is not None and rating.value is None and not cleaned.get("text", "").strip():
            self.add_error("text", _("Explain why this criterion does not apply to you."))
        return cleaned
