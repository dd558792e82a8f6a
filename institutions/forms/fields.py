"""Fields that tidy what people type."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms

GIGABYTE = 1024**3


class CodeField(forms.CharField):
    """An identifier, in whatever grouping people type it; cleaned to the form it is stored in."""

    def __init__(
        self,
        *,
        normalise: Callable[[str], str],
        validate: Callable[[str], None],
        **options: Any,
    ) -> None:
        self.normalise = normalise
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "field-code"})
        super().__init__(required=False, validators=[validate], widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return self.normalise(super().to_python(value) or "")


class GigabytesField(forms.DecimalField):
    """A number of bytes, shown and typed in gigabytes (1024³). Empty stays None."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "field-code"})
        super().__init__(
            min_value=Decimal("0.1"),
            max_value=Decimal(1000),
            localize=True,
            widget=widget,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """A stored number of bytes in gigabytes; what was typed as it is."""
        return _tidy(Decimal(value) / GIGABYTE) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        gigabytes = super().clean(value)
        return None if gigabytes is None else int(gigabytes * GIGABYTE)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _tidy(gigabytes: Decimal) -> Decimal:
    """„5”, not „5.000”; „0.75” as it is."""
    rounded = gigabytes.quantize(Decimal("0.01"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded
