"""Reading a bank of paragraphs from a file, with every fault named by its paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from certification.errors import CannotDo

from .slots import UnknownSlot, slots_in
from .states import Level

OWN_BANKS = sorted((Path(__file__).parent / "initial").glob("*.yaml"))
OWN_BANK = Path(__file__).parent / "initial" / "commendation-pl.yaml"
CONDITIONS = {
    "standards_met": Level.MET,
    "standards_just_met": Level.JUST_MET,
    "standards_exemplary": Level.EXEMPLARY,
}


class BadBank(CannotDo):
    """The file is not a bank of paragraphs; `str(error)` says where and why."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as read: what it says, when it is used, for which kinds of institution.

    One that is `offered` is drafted and left out until somebody ticks it.
    """

    function: str
    text: str
    findings: dict[str, str] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    offered: bool = False


@dataclass(frozen=True)
class BankFile:
    letter: str
    language: str
    edition: str
    paragraphs: list[Paragraph]


def read(path: Path) -> BankFile:
    """Read a YAML bank (`letter`, `language`, `paragraphs: [function, text, condition?]`)."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadBank(_("The file cannot be read: %(error)s") % {"error": error}) from error
    if not isinstance(data, dict) or not isinstance(data.get("paragraphs"), list):
        raise BadBank(_("The file has no list called “paragraphs”."))
    return BankFile(
        letter=str(data.get("letter", "commendation")),
        language=str(data.get("language", "pl")),
        edition=str(data.get("edition", "")),
        paragraphs=list(_paragraphs(data["paragraphs"])),
    )


def _paragraphs(rows: list[Any]) -> Iterator[Paragraph]:
    for number, row in enumerate(rows, start=1):
        try:
            yield _paragraph(row)
        except (BadBank, UnknownSlot) as error:
            raise BadBank(
                _("Paragraph %(number)s: %(error)s") % {"number": number, "error": error}
            ) from error


def _paragraph(row: Any) -> Paragraph:
    if not isinstance(row, dict) or not row.get("function") or not row.get("text"):
        raise BadBank(_("a paragraph has a “function” and a “text”."))
    text = " ".join(str(row["text"]).split())
    list(slots_in(text))
    condition = row.get("condition") or {}
    unknown = set(condition) - {*CONDITIONS, "kinds"}
    if unknown:
        raise BadBank(_("unknown condition: %(names)s") % {"names": ", ".join(sorted(unknown))})
    findings = {
        standard: str(level)
        for name, level in CONDITIONS.items()
        for standard in condition.get(name, [])
    }
    return Paragraph(
        str(row["function"]),
        text,
        findings,
        list(condition.get("kinds", [])),
        offered=bool(row.get("offered")),
    )
