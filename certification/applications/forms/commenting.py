"""Saying something to colleagues."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.applications.models import Comment
from certification.finding import fold
from institutions.models import User

from .answering import PlainText


class CommentForm(forms.Form):
    """A comment and whom to tell. Writing “@First Last” tells that colleague too."""

    text = PlainText(
        label=_("Comment"),
        max_length=Comment.MAX_LENGTH,
        rows=3,
        error_messages={"required": _("Write the comment first.")},
    )
    told = forms.ModelMultipleChoiceField(
        label=_("Notify"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = list(colleagues)
        field: Any = self.fields["told"]
        field.queryset = User.objects.filter(pk__in=[one.pk for one in self.colleagues])
        field.widget.choices = [(one.pk, str(one)) for one in self.colleagues]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        named = mentioned(cleaned.get("text", ""), self.colleagues)
        cleaned["told"] = list(dict.fromkeys([*cleaned.get("told", ()), *named]))
        return cleaned


class CommentTextForm(forms.Form):
    """The words alone: whom it told has been told."""

    text = PlainText(label=_("Comment"), max_length=Comment.MAX_LENGTH, rows=5)


def mentioned(text: str, colleagues: Iterable[User]) -> list[User]:
    """The colleagues whose whole name stands after an @, whatever the Polish letters."""
    folded = fold(text)
    return [
        one for one in colleagues if re.search(rf"@{re.escape(fold(one.full_name))}(?!\w)", folded)
    ]
