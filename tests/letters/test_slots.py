"""Slots are a closed list; nothing else in braces gets in, and nothing runs."""

from pathlib import Path

import pytest
import yaml

from certification.letters.bank import BadBank, read
from certification.letters.slots import UnknownSlot, Words, fill, parse, slots_in


def names(variant: str, case: str) -> str:
    return f"ośrodek-{variant}-{case}"


WORDS = Words(names, facts={"cal_years": "16"})


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("dla {full_name:gen}.", "dla ośrodek-full-gen."),
        ("{Short_name:nom} działa", "Ośrodek-short-nom działa"),
        ("zespół {acronym}", "zespół ośrodek-acronym-nom"),
        ("w {generic:loc}", "w ośrodek-generic-loc"),
        ("od {cal_years} lat", "od 16 lat"),
        ("mieszkańcy {town:gen}", "mieszkańcy ośrodek-town-gen"),
        ("{Town:loc} działa", "Ośrodek-town-loc działa"),
        ("bez szczelin", "bez szczelin"),
    ],
)
def test_fill_puts_names_into_slots(text: str, filled: str) -> None:
    assert fill(text, WORDS) == filled


def test_fill_does_not_fill_what_a_name_brings_along() -> None:
    assert fill("{acronym}", Words(lambda *_: "{cal_years}")) == "{cal_years}"


@pytest.mark.parametrize(
    "written",
    [
        "full_name",
        "full_name:",
        "full_name:abl",
        "acronym:gen",
        "cal_years:nom",
        "town",
        "town:dat",
        "director",
        "",
        "full_name:gen.__class__",
        "full_name!r:gen",
        " full_name:gen",
    ],
)
def test_parse_refuses_what_is_not_on_the_list(written: str) -> None:
    with pytest.raises(UnknownSlot):
        parse(written)


@pytest.mark.parametrize("text", ["{{ user }}", "{% now %}", "a } b", "{full_name:gen"])
def test_slots_in_refuses_stray_braces_and_template_language(text: str) -> None:
    with pytest.raises(UnknownSlot):
        list(slots_in(text))


def bank_file(tmp_path: Path, *paragraphs: object, **head: object) -> Path:
    file = tmp_path / "bank.yaml"
    file.write_text(yaml.safe_dump({**head, "paragraphs": list(paragraphs)}), encoding="utf-8")
    return file


def test_read_takes_conditions(tmp_path: Path) -> None:
    row = {
        "function": "praise",
        "text": "Słowa  o\n{acronym}.",
        "condition": {"standards_met": ["A1"], "standards_exemplary": ["B1"], "kinds": ["library"]},
    }
    (paragraph,) = read(bank_file(tmp_path, row)).paragraphs
    assert paragraph.text == "Słowa o {acronym}."
    assert paragraph.findings == {"A1": "met", "B1": "exemplary"}
    assert paragraph.kinds == ["library"]


@pytest.mark.parametrize(
    "row",
    [
        "text alone",
        {"function": "praise"},
        {"function": "praise", "text": "{wrong}"},
        {"function": "praise", "text": "x", "condition": {"moon": "full"}},
    ],
)
def test_read_names_the_paragraph_at_fault(tmp_path: Path, row: object) -> None:
    good = {"function": "praise", "text": "Dobrze."}
    with pytest.raises(BadBank, match="2"):
        read(bank_file(tmp_path, good, row))


@pytest.mark.parametrize("content", ["", "a: [", "just text", "paragraphs: 5"])
def test_read_refuses_a_file_that_is_no_bank(tmp_path: Path, content: str) -> None:
    file = tmp_path / "bank.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadBank):
        read(file)


def test_read_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadBank):
        read(tmp_path / "nothing.yaml")
