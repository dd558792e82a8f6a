"""Keys of the seal for tests, and what poppler says of a sealed file."""

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from certification.documents.seal import SealedFile, seal
from certification.documents.seal.authority import Holder, issue

SINCE = datetime(2015, 1, 1, tzinfo=UTC)
UNTIL = datetime(2050, 1, 1, tzinfo=UTC)
MOMENT = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


@cache
def authority() -> Holder:
    return issue("Urząd Pieczęci", None, since=SINCE, until=UNTIL)


@cache
def key(
    name: str = "CAL – pieczęć próbna",
    *,
    until: datetime = UNTIL,
    with_rsa: bool = False,
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> Holder:
    own = rsa.generate_private_key(65537, 2048) if with_rsa else None
    return issue(name, authority(), since=SINCE, until=until, key=own, extensions=extensions)


def set_seal(
    settings: Any, folder: Path, holder: Holder | None = None, passphrase: str = ""
) -> Path:
    """Have the program seal with this key from now on."""
    folder.mkdir(exist_ok=True)
    holder = holder or key()
    path = folder / f"{holder.certificate.serial_number:x}-{bool(passphrase)}.p12"
    path.write_bytes(holder.pkcs12(passphrase))
    settings.SEAL_PKCS12, settings.SEAL_PASSPHRASE = str(path), passphrase
    return path


def sealed(content: bytes, moment: datetime = MOMENT) -> SealedFile:
    file = seal(content, moment)
    assert file is not None
    return file


def pdfsig(path: Path, trusted: Path) -> str:
    """What poppler's pdfsig says; `trusted` is a folder made by `nss`."""
    done = subprocess.run(
        ["pdfsig", "-nssdir", f"sql:{trusted}", str(path)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    )
    return done.stdout


def nss(folder: Path) -> Path:
    """A store of certificates, as pdfsig reads one, that trusts our authority."""
    folder.mkdir()
    database = ["certutil", "-d", f"sql:{folder}"]
    subprocess.run([*database, "-N", "--empty-password"], check=True)
    root = folder / "root.pem"
    root.write_bytes(authority().pem)
    subprocess.run([*database, "-A", "-n", "urzad", "-t", "CT,C,C", "-i", str(root)], check=True)
    return folder


def is_good(said: str) -> bool:
    """Whether pdfsig finds one seal that is valid, whole and vouched for."""
    return (
        said.count("Signature #") == 1
        and "Signature is Valid." in said
        and "Certificate is Trusted." in said
        and "  - Total document signed" in said
    )


def gap(content: bytes) -> range:
    """Where the seal itself stands: the bytes it does not cover (ISO 32000-1, 12.8.1)."""
    spans = re.findall(rb"/ByteRange \[0 (\d+) (\d+) \d+\]", content)
    start, end = map(int, spans[-1])
    return range(start, end)


DAY = timedelta(days=1)
