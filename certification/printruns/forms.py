"""What the office chooses for a run, and what it measured on a printer's test page."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certification.documents.calibration import CROSS
from certification.documents.mailing import LABELS

from .models import MOST_SHIFT, Printer, PrintRun

CONTENTS = ("with_certificates", "with_letters", "with_other_letters", "envelope", "labels")


class RunForm(forms.ModelForm):
    """How a run is printed. It writes nothing: services.start_run does."""

    skip_printed = forms.BooleanField(
        label=_("Leave out documents that were printed before"), required=False, initial=True
    )
    printer = forms.ModelChoiceField(
        Printer.objects.all(),
        label=_("Printer"),
        required=False,
        empty_label=_("none: nothing is moved"),
        help_text=_("Its test page tells how far it puts things from where they should be."),
    )

    class Meta:
        model = PrintRun
        fields = [
            "title",
            "with_certificates",
            "with_letters",
            "with_other_letters",
            "envelope",
            "labels",
            "first_label",
            "with_delivery_list",
            "sending",
            "with_ceremony_list",
            "ceremony",
            "output",
            "grouping",
            "order",
            "duplex",
            "reprint_reason",
        ]
        help_texts = {
            "title": _("So that it is found again, e.g. Gala 2026."),
            "first_label": _(
                "1 is the label at the upper left, counted row by row. A sheet that was begun "
                "is used up from there."
            ),
            "ceremony": _("Printed on the ceremony list, e.g. Warsaw, 12 May 2026."),
            "duplex": _("Each document begins on a front; a blank back is put in where needed."),
            "reprint_reason": _(
                "Needed when a document was printed before, e.g. lost in the post. The copy is "
                "the same file, byte by byte."
            ),
        }
        widgets = {
            "output": forms.RadioSelect,
            "grouping": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("envelope", "labels"):
            choices = self.fields[name].choices  # type: ignore[attr-defined]
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ("", _("none")),
                *[choice for choice in choices if choice[0]],
            ]
        if not Printer.objects.exists():
            del self.fields["printer"]

    def clean_first_label(self) -> int:
        first: int = self.cleaned_data["first_label"]
        labels = LABELS.get(self.cleaned_data.get("labels", ""))
        most = labels.count if labels else max(each.count for each in LABELS.values())
        if not 1 <= first <= most:
            raise forms.ValidationError(
                _("This sheet has %(most)s labels: choose a number from 1 to %(most)s.")
                % {"most": most}
            )
        return first

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        lists = data.get("with_delivery_list") or data.get("with_ceremony_list")
        if not any(data.get(name) for name in CONTENTS) and lists:
            self.add_error(
                "with_certificates",
                _("Lists tell of documents: choose certificates, letters, envelopes or labels."),
            )
        return data


class PrinterForm(forms.Form):
    """How far the cross of the test page lies from two edges, as somebody measured it."""

    name = forms.CharField(
        label=_("Printer and tray"),
        max_length=80,
        help_text=_("E.g. “HP in the office, tray 2, envelopes C5”."),
    )
    from_left = forms.DecimalField(
        label=_("From the left edge to the cross, in mm"),
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    from_top = forms.DecimalField(
        label=_("From the upper edge to the cross, in mm"),
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    moves_all = forms.BooleanField(
        label=_("Move certificates and letters as well"),
        required=False,
        help_text=_("Otherwise only envelopes and labels are moved."),
    )

    def __init__(self, data: Any = None, *, printer: Printer) -> None:
        self.printer = printer
        cross = Decimal(str(CROSS))
        initial = {
            "name": printer.name,
            "from_left": cross - printer.right,
            "from_top": cross - printer.down,
            "moves_all": printer.moves_all,
        }
        super().__init__(data, initial=initial)
        for name in ("from_left", "from_top"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Printer.objects.filter(name=name).exclude(pk=self.printer.pk).exists():
            raise forms.ValidationError(_("A printer of this name is listed already."))
        return name

    def clean_from_left(self) -> Decimal:
        return self._distance("from_left")

    def clean_from_top(self) -> Decimal:
        return self._distance("from_top")

    def _distance(self, name: str) -> Decimal:
        measured: Decimal = self.cleaned_data[name]
        if abs(measured - Decimal(str(CROSS))) > MOST_SHIFT:
            raise forms.ValidationError(
                _("It should be about 20 mm. Measure once more, from the edge of the paper.")
            )
        return measured

    def settings(self) -> dict[str, Any]:
        """What services.save_printer takes: how far all must be moved."""
        data, cross = self.cleaned_data, Decimal(str(CROSS))
        return {
            "name": data["name"],
            "right": cross - data["from_left"],
            "down": cross - data["from_top"],
            "moves_all": data["moves_all"],
        }
