"""The key of the seal, opened: from a PKCS#12 file, or left in its token (PKCS#11)."""

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.utils.translation import gettext as _
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certification.errors import Unavailable

from .source import Source

log = logging.getLogger(__name__)


class _EvenLength:
    """Makes signatures of one length.

    The encoding of an ECDSA signature is a byte or two longer or shorter each time, and what is
    left of the room kept for it would be filled with zeros that nothing protects.
    """

    def __init__(self) -> None:
        self._length = 0

    async def made_by(self, sign: Callable[[], Awaitable[bytes]]) -> bytes:
        while True:
            signature = await sign()
            self._length = self._length or len(signature)
            if len(signature) == self._length:
                return signature


class KeyInMemory(Signer):
    """A key from a file. It is kept loaded: to load one of RSA takes twenty times the signing."""

    def __init__(
        self,
        key: RSAPrivateKey | EllipticCurvePrivateKey,
        certificate: x509.Certificate,
        chain: list[x509.Certificate],
    ) -> None:
        self._key, self._even = key, _EvenLength()
        store = SimpleCertificateStore.from_certs(chain)
        super().__init__(signing_cert=certificate, cert_registry=store, embed_roots=False)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        return await self._even.made_by(lambda: self._sign(data))

    async def _sign(self, data: bytes) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ECDSA(hashes.SHA256()))


class KeyInToken(PKCS11Signer):
    """A key that never leaves its token: a card, or a hardware security module."""

    def __init__(self, found: Source) -> None:
        session = open_pkcs11_session(
            found.module,
            token_criteria=TokenCriteria(label=found.token) if found.token else None,
            user_pin=found.secret or None,
        )
        self._even = _EvenLength()
        super().__init__(
            session,
            cert_label=found.key,
            key_label=found.key,
            other_certs_to_pull=None,
            embed_roots=False,
            use_raw_mechanism=False,
        )

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        sign = super().async_sign_raw
        return await self._even.made_by(lambda: sign(data, digest_algorithm))


def open_key(found: Source) -> Signer:
    """The signer; raises Unavailable where there is no such key or its passphrase is wrong."""
    try:
        signer = _from_file(found) if found.pkcs12 else KeyInToken(found)
        if signer.signing_cert is None:
            raise ValueError("The token holds no certificate of that label.")
    except Exception as error:  # a token's driver may raise anything
        log.exception("The key of the seal cannot be opened")
        raise Unavailable(
            _(
                "The key of the electronic seal cannot be opened, so nothing was issued. "
                "Tell the administrator: the page “Issuer” and the server's log say more."
            )
        ) from error
    return signer


def _from_file(found: Source) -> KeyInMemory:
    content = Path(found.pkcs12).read_bytes()
    key, certificate, others = pkcs12.load_key_and_certificates(
        content, found.secret.encode() or None
    )
    if certificate is None or not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise ValueError("The file holds no RSA or EC key with its certificate.")
    chain = [x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in others]
    own = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    return KeyInMemory(key, own, chain)
