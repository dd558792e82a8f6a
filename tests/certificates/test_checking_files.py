"""A PDF is checked by its bytes: on the page, in the browser, and by a command."""

import hashlib
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from certification.certificates.models import Certificate
from certification.certificates.standing import BLANKS, blank_verdicts
from certification.certificates.states import Status
from certification.certificates.verification import check, check_file

from .factories import withdraw_row, write_certificate

pytestmark = pytest.mark.django_db

TODAY = date(2018, 5, 4)
FILES = reverse("issued_files_json")


@pytest.fixture(autouse=True)
def _standing_still():
    with time_machine.travel(TODAY.isoformat() + "T10:00:00+02:00", tick=False):
        yield


def certificate(number: int = 1, **fields: Any) -> Certificate:
    days = {"valid_from": date(2016, 5, 12), "valid_to": date(2021, 5, 11)}
    return write_certificate(number, issued_on=date(2016, 5, 12), **days | fields)


def listed(client: Client) -> dict[str, dict[str, str]]:
    files: dict[str, dict[str, str]] = client.get(FILES).json()["files"]
    return files


def test_a_file_is_told_of_like_its_number():
    one = certificate()
    assert check_file(one.document.sha256, TODAY) == check(one.number, TODAY)


def test_a_changed_file_is_not_ours():
    certificate()
    verdict = check_file(hashlib.sha256(b"1 ").hexdigest(), TODAY)
    assert verdict.document is None
    assert verdict.headline == "Tego pliku nie wydaliśmy"


def test_the_list_says_how_each_stands(client: Client):
    one, old = certificate(), certificate(2)
    new = certificate(3, replaces=old, correction_reason="Tylko dla biura.")
    withdraw_row(one, date(2018, 1, 15))

    days = {"valid_from": "2016-05-12", "valid_to": "2021-05-11"}
    withdrawn = {"withdrawn_on": "2018-01-15", "reason": one.withdrawal.reason}
    assert listed(client) == {
        one.document.sha256: {"number": one.number, "status": "withdrawn", **days, **withdrawn},
        old.document.sha256: {
            "number": old.number,
            "status": "superseded",
            **days,
            "replaced_by": new.number,
        },
        new.document.sha256: {"number": new.number, "status": "valid", **days},
    }


def test_whoever_has_the_list_gets_it_again_only_when_it_changed(client: Client):
    one = certificate()
    tag = client.get(FILES).headers["ETag"]
    assert client.get(FILES, headers={"If-None-Match": tag}).status_code == 304

    withdraw_row(one, TODAY)
    assert client.get(FILES, headers={"If-None-Match": tag}).status_code == 200


def test_the_next_day_the_list_may_differ(client: Client):
    one = certificate(valid_to=TODAY)
    tag = client.get(FILES).headers["ETag"]
    with time_machine.travel("2018-05-05T10:00:00+02:00", tick=False):
        again = client.get(FILES, headers={"If-None-Match": tag})
    assert again.json()["files"][one.document.sha256]["status"] == "expired"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_questions_for_three_as_for_one(
    client: Client, django_assert_num_queries: Any, number: int
):
    for serial in range(1, number + 1):
        certificate(serial)
    with django_assert_num_queries(14):  # seven of them for the ETag
        client.get(FILES)


def test_the_page_can_say_everything_the_list_says():
    blanks = blank_verdicts()
    assert set(blanks) == set(Status)
    facts = {"[number]", "[status]", *BLANKS.values()}
    assert {word for each in blanks.values() for word in facts if word in each.text} == set(
        BLANKS.values()
    )


# --- the command ---------------------------------------------------------------------------


def told(*files: Path) -> str:
    out = StringIO()
    call_command("verify_file", *map(str, files), stdout=out)
    return out.getvalue()


def test_the_command_tells_of_a_certificate_in_force(tmp_path: Path):
    one = certificate()
    file = tmp_path / "certyfikat.pdf"
    file.write_bytes(b"1")
    said = told(file)
    assert said.startswith(f"{file}: {one.number}. Ten certyfikat jest ważny.")


def test_the_command_fails_for_any_other_file(tmp_path: Path):
    certificate()
    good, changed = tmp_path / "a.pdf", tmp_path / "b.pdf"
    good.write_bytes(b"1")
    changed.write_bytes(b"1 ")
    with pytest.raises(CommandError, match="1 of 2 do not stand"):
        told(good, changed)


def test_the_command_says_what_it_cannot_read(tmp_path: Path):
    with pytest.raises(CommandError, match="cannot be read"):
        told(tmp_path / "missing.pdf")
