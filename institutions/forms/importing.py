"""Choosing a file of institutions."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from institutions.import_files.rows import MAX_BYTES, MAX_ROWS


class ImportForm(forms.Form):
    """What is in the file is found out when it is read."""

    file = forms.FileField(
        label=_("File with institutions"),
        max_length=255,
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv", "data-max-bytes": MAX_BYTES}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["file"].help_text = _(
            "XLSX or CSV, up to %(limit)s and %(rows)s rows. Columns may stand in any order."
        ) % {"limit": filesizeformat(MAX_BYTES), "rows": MAX_ROWS}
