"""The key that credentials are signed with (Ed25519), and the name under which it is published."""

import logging
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.utils.translation import gettext as _

from certification.errors import Unavailable

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # base58 of Bitcoin
ED25519_PUBLIC = b"\xed\x01"  # multicodec

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class IssuerKey:
    """`multibase` is the public half, as a Multikey (W3C Controlled Identifiers 1.0, 2.2.2)."""

    private: Ed25519PrivateKey = field(repr=False)
    multibase: str

    @property
    def method(self) -> str:
        """The address of the public half, which a proof names."""
        return method_of(self.multibase)


def issuer_did() -> str:
    """Who issues, as did:web: its document is at /.well-known/did.json of this site."""
    return "did:web:" + quote(urlsplit(settings.SITE_URL).netloc, safe="")


def method_of(multibase: str) -> str:
    return f"{issuer_did()}#{multibase}"


def issuer_key() -> IssuerKey | None:
    """The key in use; None where none is set. Raises Unavailable where it cannot be read."""
    return _opened(settings.CREDENTIAL_KEY) if settings.CREDENTIAL_KEY else None


@cache
def _opened(path: str) -> IssuerKey:
    try:
        private = load_pem_private_key(Path(path).read_bytes(), password=None)
        if not isinstance(private, Ed25519PrivateKey):
            raise TypeError("The key is not one of Ed25519.")
    except (OSError, ValueError, TypeError) as error:
        log.exception("The key of credentials cannot be opened")
        raise Unavailable(
            _(
                "The key that signs credentials cannot be opened, so nothing was issued. Tell the "
                "administrator: the server's log says why."
            )
        ) from error
    public = private.public_key().public_bytes_raw()
    return IssuerKey(private, base58(ED25519_PUBLIC + public))


def base58(content: bytes) -> str:
    """Multibase of bytes in base58btc, with its letter z in front."""
    number, digits = int.from_bytes(content), ""
    while number:
        number, rest = divmod(number, 58)
        digits = ALPHABET[rest] + digits
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "z" + ALPHABET[0] * zeros + digits
