"""Where the key of the seal is, as the settings name it."""

from dataclasses import dataclass, field

from django.conf import settings


@dataclass(frozen=True)
class Source:
    """A PKCS#12 file, or a token behind a PKCS#11 module; `secret` is its passphrase or PIN."""

    pkcs12: str = ""
    module: str = ""
    token: str = ""
    key: str = ""  # label of the key and of its certificate
    secret: str = field(default="", repr=False)
    clock: str = ""  # address of the time-stamp server
    is_lasting: bool = False


def source() -> Source | None:
    """What the settings name, or None where documents are not sealed."""
    if not (settings.SEAL_PKCS12 or settings.SEAL_PKCS11_MODULE):
        return None
    return Source(
        pkcs12=str(settings.SEAL_PKCS12),
        module=str(settings.SEAL_PKCS11_MODULE),
        token=settings.SEAL_PKCS11_TOKEN,
        key=settings.SEAL_PKCS11_KEY,
        secret=settings.SEAL_PASSPHRASE,
        clock=settings.SEAL_TIMESTAMP_URL,
        is_lasting=settings.SEAL_LASTING,
    )
