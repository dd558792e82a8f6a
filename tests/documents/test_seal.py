"""The electronic seal: what it adds, who agrees with it, and that no changed byte escapes."""

import hashlib
import io
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.management import CommandError, call_command

from certification import clock
from certification.documents.checks import seal_in_use
from certification.documents.models import SealCertificate, StoredDocument
from certification.documents.render import render_certificate
from certification.documents.seal import Level, in_use, seal
from certification.documents.seal.authority import issue
from certification.documents.seal.checking import Found, check_seal
from certification.documents.services import Tampered, open_verified, store
from certification.errors import Unavailable
from tests.factories import make_user

from . import seal_servers
from .sealing import (
    MOMENT,
    SINCE,
    UNTIL,
    authority,
    gap,
    is_good,
    key,
    nss,
    pdfsig,
    sealed,
    set_seal,
)
from .sheets import certificate_sheet

without_pdfsig = pytest.mark.skipif(
    not (shutil.which("pdfsig") and shutil.which("certutil")),
    reason="pdfsig or certutil is missing: apt-get install poppler-utils libnss3-tools",
)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render_certificate(certificate_sheet())


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> Path:
    set_seal(settings, tmp_path / "keys")
    return tmp_path / "keys"


def changed(content: bytes, at: int) -> bytes:
    """One byte another: a digit stays a digit, so that it is the value that changes."""
    other = content[at] ^ 1
    return content[:at] + bytes([other]) + content[at + 1 :]


def test_without_a_key_nothing_is_sealed(settings: Any, printed: bytes) -> None:
    settings.SEAL_PKCS12 = ""
    assert seal(printed, MOMENT) is None
    assert in_use(MOMENT) is None


def test_the_printed_bytes_stay_and_the_seal_follows(printed: bytes) -> None:
    file = sealed(printed)
    assert file.content.startswith(printed)
    assert (file.by.subject, file.by.level) == ("CAL – pieczęć próbna", Level.BASIC)
    assert file.by.fingerprint == hashlib.sha256(key().der).hexdigest()
    assert file.by.pem.count("BEGIN CERTIFICATE") == 2  # and who vouches for it


@pytest.mark.parametrize("with_rsa", [False, True])
def test_no_room_is_left_that_nothing_protects(
    settings: Any, tmp_path: Path, printed: bytes, with_rsa: bool
) -> None:
    set_seal(settings, tmp_path, key(with_rsa=with_rsa))
    for _again in range(4):
        content = sealed(printed).content
        held = bytes.fromhex(content[gap(content).start + 1 : gap(content).stop - 1].decode())
        assert int.from_bytes(held[2:4]) + 4 == len(held)  # the length that DER itself says


@without_pdfsig
def test_pdfsig_agrees(tmp_path: Path, printed: bytes) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed(printed).content)
    said = pdfsig(path, nss(tmp_path / "nss"))
    assert is_good(said), said
    assert "ETSI.CAdES.detached" in said
    assert "Signing Time: Nov 03 2026 10:00:00" in said


@without_pdfsig
def test_pdfsig_finds_a_changed_byte_wherever_the_seal_reaches(
    tmp_path: Path, printed: bytes
) -> None:
    content, path, trusted = sealed(printed).content, tmp_path / "one.pdf", nss(tmp_path / "nss")
    positions = [*range(0, len(content), len(content) // 60), len(content) - 1]
    missed = []
    for at in positions:
        if at in gap(content):
            continue
        path.write_bytes(changed(content, at))
        if is_good(pdfsig(path, trusted)):
            missed.append(at)
    assert missed == []
    path.write_bytes(content + b"\n")
    assert not is_good(pdfsig(path, trusted))


@without_pdfsig
def test_what_pdfsig_lets_pass_within_the_seal_our_hash_finds(
    tmp_path: Path, printed: bytes
) -> None:
    """No seal covers its own bytes; few of them say nothing that anybody checks."""
    content, path, trusted = sealed(printed).content, tmp_path / "one.pdf", nss(tmp_path / "nss")
    positions = gap(content)[::40]
    passed = 0
    for at in positions:
        path.write_bytes(changed(content, at))
        passed += is_good(pdfsig(path, trusted))
        assert hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(content).digest()
    assert passed <= len(positions) // 10


@pytest.mark.django_db
def test_our_own_check_finds_a_changed_byte(printed: bytes) -> None:
    document = store(StoredDocument.Kind.CERTIFICATE, "Certyfikat", printed, by=make_user())
    content = open_verified(document)
    assert check_seal(io.BytesIO(content), clock.now()).found == Found.OURS
    within = gap(content)
    for at in [9, 2000, len(printed) - 20, within.start - 40, within.stop + 3, len(content) - 3]:
        other = changed(content, at)
        assert check_seal(io.BytesIO(other), clock.now()).found != Found.OURS, at
    for at in [*range(0, len(content), 997), *within[::50]]:
        Path(document.file.path).write_bytes(changed(content, at))
        with pytest.raises(Tampered):
            open_verified(document)


@pytest.mark.django_db
def test_stored_document_says_what_sealed_it(printed: bytes) -> None:
    document = store(StoredDocument.Kind.LETTER, "List", printed, by=make_user())
    document.refresh_from_db()
    assert document.seal.subject == "CAL – pieczęć próbna"
    assert document.seal.issuer == "Urząd Pieczęci"
    assert (document.seal_level, document.sealed_at) == ("B-B", document.created_at)
    assert document.size > len(printed)
    store(StoredDocument.Kind.LETTER, "Drugi list", printed, by=document.created_by)
    assert SealCertificate.objects.count() == 1


@pytest.mark.django_db
def test_papers_for_the_office_are_not_sealed(printed: bytes) -> None:
    document = store(StoredDocument.Kind.REPORT, "Raport", printed, by=make_user())
    assert (document.seal, document.seal_level, document.sealed_at) == (None, "", None)
    assert open_verified(document) == printed


@pytest.mark.django_db
def test_after_a_new_key_old_documents_are_known_as_ours(
    settings: Any, keys: Path, printed: bytes
) -> None:
    old = store(StoredDocument.Kind.LETTER, "Stary", printed, by=make_user())
    set_seal(settings, keys, key("CAL – nowa pieczęć"))
    new = store(StoredDocument.Kind.LETTER, "Nowy", printed, by=old.created_by)
    told = [str(check_seal(io.BytesIO(open_verified(each)), clock.now())) for each in (old, new)]
    assert "CAL – pieczęć próbna" in told[0]
    assert "CAL – nowa pieczęć" in told[1]
    assert [seal.subject for seal in SealCertificate.objects.all()] == [
        "CAL – nowa pieczęć",
        "CAL – pieczęć próbna",
    ]


@pytest.mark.django_db
def test_seal_of_a_stranger_is_not_ours(settings: Any, tmp_path: Path, printed: bytes) -> None:
    store(StoredDocument.Kind.LETTER, "Nasz", printed, by=make_user())
    stranger = issue("CAL – pieczęć próbna", None, since=SINCE, until=UNTIL)
    set_seal(settings, tmp_path / "other", stranger)
    assert check_seal(io.BytesIO(sealed(printed).content), MOMENT).found == Found.FOREIGN
    assert check_seal(io.BytesIO(printed), MOMENT).found == Found.NONE
    assert check_seal(io.BytesIO(b"no pdf"), MOMENT).found == Found.UNREADABLE


# --- a key that cannot be used --------------------------------------------------------------


def test_passphrase(settings: Any, keys: Path, printed: bytes) -> None:
    set_seal(settings, keys, passphrase="tajne hasło")
    assert sealed(printed).content
    settings.SEAL_PASSPHRASE = "inne"
    with pytest.raises(Unavailable, match="pieczęci"):
        seal(printed, MOMENT)


@pytest.mark.parametrize("content", [None, b"", b"to nie klucz"])
def test_file_that_holds_no_key(
    settings: Any, tmp_path: Path, printed: bytes, content: bytes | None
) -> None:
    path = tmp_path / "broken.p12"
    if content is not None:
        path.write_bytes(content)
    settings.SEAL_PKCS12 = str(path)
    with pytest.raises(Unavailable):
        seal(printed, MOMENT)


def test_certificate_that_ended(settings: Any, keys: Path, printed: bytes) -> None:
    set_seal(settings, keys, key("CAL – dawna", until=MOMENT - timedelta(seconds=1)))
    with pytest.raises(Unavailable, match="2026-11-03"):
        seal(printed, MOMENT)


@pytest.mark.django_db
def test_nothing_is_stored_where_the_seal_cannot_be_used(
    settings: Any, tmp_path: Path, printed: bytes
) -> None:
    settings.SEAL_PKCS12 = str(tmp_path / "none.p12")
    with pytest.raises(Unavailable):
        store(StoredDocument.Kind.LETTER, "List", printed, by=make_user())
    assert StoredDocument.objects.count() == 0
    assert list(Path(settings.MEDIA_ROOT).rglob("*.pdf")) == []


def test_operator_is_told_of_the_key(settings: Any, keys: Path) -> None:
    assert seal_in_use() == []
    set_seal(settings, keys, key("CAL – kończy się", until=clock.now() + timedelta(days=59)))
    assert [message.id for message in seal_in_use()] == ["documents.W002"]
    settings.SEAL_PKCS12 += ".gone"
    assert [message.id for message in seal_in_use()] == ["documents.E002"]
    settings.SEAL_PKCS12 = ""
    assert seal_in_use() == []


# --- time stamps, tokens ---------------------------------------------------------------------


def test_time_stamp_and_proofs(settings: Any, tmp_path: Path, printed: bytes) -> None:
    with seal_servers.running() as servers:
        settings.SIGNATURE_TRUST = tmp_path / "trust"
        settings.SIGNATURE_TRUST.mkdir()
        (settings.SIGNATURE_TRUST / "clock.pem").write_bytes(authority().pem)
        set_seal(settings, tmp_path / "lasting", servers.key)
        settings.SEAL_TIMESTAMP_URL = servers.clock_url
        now = clock.now()
        stamped = sealed(printed, now)
        settings.SEAL_LASTING = True
        lasting = sealed(printed, now)
    assert (stamped.by.level, lasting.by.level) == (Level.STAMPED, Level.LASTING)
    assert b"/DSS" not in stamped.content
    assert b"/DSS" in lasting.content
    assert b"/ETSI.RFC3161" in lasting.content
    assert lasting.content.startswith(printed)


def test_clock_that_does_not_answer(settings: Any, printed: bytes) -> None:
    settings.SEAL_TIMESTAMP_URL = "http://127.0.0.1:9/"
    with pytest.raises(Unavailable, match="Spróbuj"):
        seal(printed, MOMENT)


MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")


@pytest.mark.skipif(not MODULE.exists(), reason="no token: apt-get install softhsm2")
def test_key_in_a_token(
    settings: Any, tmp_path: Path, printed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, tokens = tmp_path / "softhsm.conf", tmp_path / "tokens"
    tokens.mkdir()
    config.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    _fill_token(tmp_path)
    settings.SEAL_PKCS12 = ""
    settings.SEAL_PKCS11_MODULE, settings.SEAL_PKCS11_TOKEN = str(MODULE), "cal"
    settings.SEAL_PKCS11_KEY, settings.SEAL_PASSPHRASE = "pieczec", "1234"
    file = sealed(printed)
    assert file.by.fingerprint == hashlib.sha256(key(with_rsa=True).der).hexdigest()


def _fill_token(folder: Path) -> None:
    import pkcs11
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    tool = ["softhsm2-util", "--init-token", "--free", "--label", "cal"]
    subprocess.run([*tool, "--so-pin", "5678", "--pin", "1234"], check=True, capture_output=True)
    holder = key(with_rsa=True)
    private = holder.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    token = pkcs11.lib(str(MODULE)).get_token(token_label="cal")
    with token.open(rw=True, user_pin="1234") as session:
        given = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "pieczec"}
        session.create_object({**decode_rsa_private_key(private), **given})
        session.create_object({**decode_x509_certificate(holder.der), **given})


# --- commands ---------------------------------------------------------------------------------


def test_key_for_trying(settings: Any, tmp_path: Path, printed: bytes) -> None:
    path = tmp_path / "new" / "demo.p12"
    call_command("make_seal_key", out=path)
    assert path.stat().st_mode & 0o077 == 0
    settings.SEAL_PKCS12 = str(path)
    assert "pokazowa" in sealed(printed).by.subject
    made = path.read_bytes()
    call_command("make_seal_key", out=path, if_missing=True)
    assert path.read_bytes() == made
    with pytest.raises(CommandError, match="is there already"):
        call_command("make_seal_key", out=path)


@pytest.mark.django_db
def test_verify_documents_tells_of_seals(
    printed: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    store(StoredDocument.Kind.LETTER, "List", printed, by=make_user())
    call_command("verify_documents", seals=True)
    told = capsys.readouterr().out
    assert "sealed  1 by CAL – pieczęć próbna, valid to 2050-01-01" in told
    assert "as it was issued" in told


@pytest.mark.django_db
def test_verify_documents_finds_a_document_stored_with_a_broken_seal(printed: bytes) -> None:
    document = store(StoredDocument.Kind.LETTER, "List", printed, by=make_user())
    broken = changed(open_verified(document), 5000)
    name = document.file.storage.save("documents/broken.pdf", io.BytesIO(broken))
    StoredDocument.objects.create(
        kind=document.kind,
        title="Zepsuty",
        file=name,
        size=len(broken),
        sha256=hashlib.sha256(broken).hexdigest(),
        seal=document.seal,
        seal_level="B-B",
        sealed_at=document.sealed_at,
        created_by=document.created_by,
    )
    call_command("verify_documents")
    with pytest.raises(CommandError, match="1 stored documents"):
        call_command("verify_documents", seals=True)
