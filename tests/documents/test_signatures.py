"""What is found about signatures: a certificate authority of our own, and every way to go wrong."""

import io
import re
from dataclasses import asdict
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm

from certification.documents.request import render_request
from certification.documents.signatures import After, Examination, Trust, examine

from .application_sheets import request_sheet
from .signing import NOW, authority, person, sign, trust


@cache
def own() -> bytes:
    return render_request(request_sheet())


@pytest.fixture(autouse=True)
def _trusted(settings: Any, tmp_path: Path) -> None:
    settings.SIGNATURE_TRUST = trust(tmp_path / "trust")


def look(content: bytes, **given: Any) -> Examination:
    found = examine(io.BytesIO(content), moment=given.pop("moment", NOW), **given)
    assert found is not None
    return found


def rewritten(content: bytes, words: bytes = b"/Rotate 90") -> bytes:
    """The PDF with its first page changed by an update at the end, as an editor saves it."""
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.pdf_name("/Rotate")] = generic.NumberObject(90)
    writer.update_container(page)
    writer.write(out)
    return out.getvalue()


def test_unsigned_document_is_ours_and_untouched() -> None:
    assert look(own(), original_size=len(own())) == Examination(since_original=After.NOTHING)


def test_good_signature() -> None:
    found = look(sign(own()), original_size=len(own()))
    (signature,) = found.signatures
    assert found.since_original == After.ALLOWED
    assert (signature.signer, signature.issuer) == ("Anna Próbna", "Urząd Próbny")
    assert (signature.is_intact, signature.covers_whole_file) == (True, True)
    assert (signature.trust, signature.anchor) == (Trust.LISTED, "Urząd Próbny")
    assert signature.says_qualified
    assert not signature.is_seal
    assert not signature.checked_revocation
    assert signature.stamp is None


def test_number_of_the_signer_is_hidden_but_for_its_end() -> None:
    (signature,) = look(sign(own())).signatures
    assert signature.number == "PNOPL-*******1458"


def test_time_stamp_is_told_with_its_authority() -> None:
    (signature,) = look(sign(own(), stamped=True)).signatures
    assert signature.stamp is not None
    assert signature.stamp.time == (NOW - timedelta(hours=1)).isoformat()
    assert signature.stamp.authority == "Zegar Próbny"
    assert (signature.stamp.is_intact, signature.stamp.trust) == (True, Trust.LISTED)


def test_one_byte_altered_after_signing() -> None:
    signed = sign(own())
    at = signed.index(b"/Title") + 9
    altered = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    (signature,) = look(altered).signatures
    assert not signature.is_intact
    assert not signature.is_whole
    assert signature.trust != Trust.LISTED


def test_page_changed_after_signing() -> None:
    found = look(rewritten(sign(own())), original_size=len(own()))
    (signature,) = found.signatures
    assert signature.is_intact  # what was signed is still there
    assert (signature.covers_whole_file, signature.after) == (False, After.CHANGED)
    assert not signature.is_whole
    assert found.since_original == After.CHANGED


def test_page_changed_before_signing() -> None:
    found = look(sign(rewritten(own())), original_size=len(own()))
    (signature,) = found.signatures
    assert signature.is_whole
    assert found.since_original == After.CHANGED


def test_two_signatures() -> None:
    twice = sign(sign(own()), person("Jan Drugi"), field="Podpis2")
    found = look(twice, original_size=len(own()))
    assert [each.signer for each in found.signatures] == ["Anna Próbna", "Jan Drugi"]
    assert [each.after for each in found.signatures] == [After.ALLOWED, After.NOTHING]
    assert all(each.is_whole for each in found.signatures)
    assert found.since_original == After.ALLOWED


def test_certified_document_that_forbids_changes() -> None:
    certified = sign(own(), certify=MDPPerm.NO_CHANGES)
    found = look(certified, original_size=len(own()))
    (signature,) = found.signatures
    assert signature.certifies == "no_changes"
    assert signature.is_whole
    assert found.since_original == After.ALLOWED
    (signature,) = look(rewritten(certified)).signatures
    assert signature.after == After.CHANGED


def test_certificate_that_has_ended() -> None:
    (signature,) = look(sign(own(), person(ended=True))).signatures
    assert signature.trust == Trust.EXPIRED
    assert signature.valid_to == (NOW - timedelta(days=30)).isoformat()


def test_certificate_of_an_unknown_authority() -> None:
    (signature,) = look(sign(own(), person(issuer="Obcy Urząd"))).signatures
    assert signature.is_whole
    assert (signature.trust, signature.anchor) == (Trust.UNKNOWN, "")


def test_authority_that_signs_for_itself_is_nobody() -> None:
    (signature,) = look(sign(own(), authority("Samozwaniec"))).signatures
    assert signature.trust == Trust.UNKNOWN


@pytest.mark.parametrize("exists", [True, False])
def test_without_a_list_nobody_is_trusted(settings: Any, tmp_path: Path, exists: bool) -> None:
    settings.SIGNATURE_TRUST = tmp_path / "none"
    if exists:
        settings.SIGNATURE_TRUST.mkdir()
        (settings.SIGNATURE_TRUST / "README").write_text("put certificates here")
    (signature,) = look(sign(own())).signatures
    assert (signature.is_whole, signature.trust) == (True, Trust.NO_LIST)


def test_signature_of_something_else_does_not_fit() -> None:
    """The signature of one document moved into the place of another's."""
    other = sign(render_request(request_sheet(place="Gdzie Indziej")))
    mine = sign(own())
    held = re.compile(rb"(/Contents\s*<)([0-9a-fA-F]{2000,})(>)")
    theirs = held.search(other)[2].rstrip(b"0")  # zeros fill the room up, and rooms differ
    moved = held.sub(lambda match: match[1] + theirs.ljust(len(match[2]), b"0") + match[3], mine)
    assert len(moved) == len(mine)
    (signature,) = look(moved).signatures
    assert not signature.is_intact


def test_signature_that_is_no_signature() -> None:
    held = re.compile(rb"(/Contents\s*<)([0-9a-fA-F]{2000,})(>)")
    junk = held.sub(lambda match: match[1] + b"ab" * (len(match[2]) // 2) + match[3], sign(own()))
    found = look(junk)
    assert (found.signatures, found.unreadable) == ((), 1)


def test_document_saved_anew_keeps_a_broken_signature() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sign(own()))) as pdf:
        pdf.save(out)
    found = look(out.getvalue())
    assert found.unreadable + sum(not each.is_intact for each in found.signatures) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"no pdf at all", sign(own())[:-3000][:4000]],
    ids=["empty", "head", "text", "cut"],
)
def test_broken_file_is_not_read(content: bytes) -> None:
    assert examine(io.BytesIO(content), moment=NOW) is None


def test_facts_can_be_kept_and_read_again() -> None:
    found = look(sign(own(), stamped=True))
    assert Examination.of(asdict(found)) == found
