"""From what stands in a cell to what is stored: codes regrouped, zeros that Excel ate put back.

A zero is put back only where the number itself proves it: by its check digit, or by its length
and the voivodeship beside it. Nothing else is guessed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.pl import regon

from certification.finding import fold
from institutions import identifiers
from institutions.identifiers import Voivodeship
from institutions.import_files.columns import TITLES
from institutions.import_files.rows import Row

_AS_NUMBER = re.compile(r"(?<=\d)[.,]0+$")  # 5252248481.0, 5252248481,00
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?e\+\d+", re.I)
_NUMBERS = {"nip", "regon", "krs", "postcode"}
_ADDRESS = re.compile(r"^(?P<street>.*?)[\s,;]*\b(?P<postcode>\d{2}-?\d{3})\s+(?P<town>\D.*)$")
_VOIVODESHIPS = {re.sub(r"\W", "", fold(each.label)): each for each in Voivodeship}


@dataclass
class Values:
    """`stored` by field; why the row cannot be taken, and what was mended on the way."""

    stored: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def values_of(row: Row) -> Values:
    """The row's texts as an institution stores them; its kind and parent are left to the plan."""
    cells = _with_address_divided(row.cells)
    values = Values()
    for name, text in cells.items():
        if name in _READ:
            _put(values, name, text)
        elif name not in {"kind", "parent"}:
            values.stored[name] = text
    if "teryt" in cells:
        _put_teryt(values, cells["teryt"])
    return values


def _put(values: Values, name: str, text: str) -> None:
    bare = _AS_NUMBER.sub("", text) if name in _NUMBERS else text
    try:
        if name in _NUMBERS and _SCIENTIFIC.fullmatch(text.replace(" ", "")):
            raise ValidationError(_shortened())
        stored = _READ[name](bare)
    except ValidationError as error:
        values.problems.append(problem(name, " ".join(error.messages), text))
        return
    values.stored[name] = stored
    if name in {"regon", "postcode"}:
        _tell_of_zeros(values, name, bare, stored)


def problem(name: str, why: str, text: str = "") -> str:
    """What is wrong in which column, e.g. „NIP (123): …”."""
    return f"{TITLES[name]} („{text}”): {why}" if text else f"{TITLES[name]}: {why}"


def _shortened() -> str:
    return _(
        "The spreadsheet shortened this number, and its digits are lost. Format the column as "
        "text and type the number anew."
    )


def _tell_of_zeros(values: Values, name: str, typed: str, stored: str) -> None:
    before, after = re.sub(r"\D", "", typed), re.sub(r"\D", "", stored)
    if len(after) > len(before):
        values.remarks.append(
            _("%(column)s: zeros in front, lost in the file, were put back: %(number)s.")
            % {"column": TITLES[name], "number": stored}
        )


def _nip(text: str) -> str:
    number = identifiers.normalise_nip(re.sub(r"(?i)^nip\b:?", "", text))
    identifiers.validate_nip(number)
    return number


def _regon(text: str) -> str:
    """Registers pad the nine digits of an institution with five zeros; they are not part of it."""
    number = identifiers.normalise_regon(re.sub(r"(?i)^regon\b:?", "", text))
    if len(number) == 14:
        number = number.removesuffix("00000")
    for length in (9, 14):
        if number.isdigit() and length - 3 <= len(number) < length and _holds(number.zfill(length)):
            number = number.zfill(length)
    identifiers.validate_regon(number)
    return number


def _holds(number: str) -> bool:
    return bool(number.strip("0")) and regon.is_valid(number)


def _krs(text: str) -> str:
    number = identifiers.normalise_krs(text)
    identifiers.validate_krs(number)
    return number


def _postcode(text: str) -> str:
    lost_its_zero = re.fullmatch(r"\d-?\d{3}", text)
    postcode = identifiers.normalise_postcode(f"0{text}" if lost_its_zero else text)
    identifiers.validate_postcode(postcode)
    return postcode


def _edelivery(text: str) -> str:
    address = identifiers.normalise_edelivery(text)
    identifiers.validate_edelivery(address)
    return address


def _voivodeship(text: str) -> str:
    bare = re.sub(r"^(wojewodztwo|woj)\b|\W", "", fold(text))
    if found := _VOIVODESHIPS.get(bare.removeprefix("wojewodztwo")):
        return found.value
    if text.zfill(2) in Voivodeship.values:
        return text.zfill(2)
    raise ValidationError(
        _("This is not one of the sixteen voivodeships. Write e.g. podkarpackie.")
    )


def _county(text: str) -> str:
    return re.sub(r"(?i)^(powiat|pow\.)\s+", "", text)


def _email(text: str) -> str:
    return text.removeprefix("mailto:").strip().lower()


_READ: Mapping[str, Callable[[str], str]] = {
    "nip": _nip,
    "regon": _regon,
    "krs": _krs,
    "postcode": _postcode,
    "edelivery": _edelivery,
    "voivodeship": _voivodeship,
    "county": _county,
    "email": _email,
}


def _put_teryt(values: Values, text: str) -> None:
    """Six digits may be a code that lost its zero, or one without the type of municipality: only
    the voivodeship beside it tells. Seven of them give the voivodeship where there is none.
    """
    code = identifiers.normalise_teryt(_AS_NUMBER.sub("", text))
    whole = code.zfill(7)
    region = values.stored.get("voivodeship", "")
    restored = whole if len(code) == 6 and whole[:2] == region else code
    try:
        identifiers.validate_teryt(restored)
    except ValidationError as error:
        values.stored.pop("teryt", None)
        values.problems.append(problem("teryt", " ".join(error.messages), text))
        return
    values.stored["teryt"] = restored
    values.stored.setdefault("voivodeship", identifiers.voivodeship_of(restored).value)
    _tell_of_zeros(values, "teryt", code, restored)


def _with_address_divided(cells: Mapping[str, str]) -> dict[str, str]:
    """„ul. Szkolna 4, 05-123 Przykładowo” in one cell; the house in a cell of its own."""
    divided = dict(cells)
    whole = divided.pop("address", "")
    if whole:
        parts = _ADDRESS.match(whole)
        found = parts.groupdict() if parts else {"street": whole}
        divided = {name: text for name, text in found.items() if text} | divided
    house = "/".join(filter(None, (divided.pop("house", ""), divided.pop("flat", ""))))
    if house and not whole:
        divided["street"] = f"{divided.get('street') or divided.get('town', '')} {house}".strip()
    return divided
