"""Certificates, how they end, and what goes with them."""

from .certificate import NUMBER, SERIES, Certificate, CertificateQuerySet
from .charges import Charges, ChargesDropping, ChargesReply
from .credential import Credential, CredentialKey
from .earlier_award import EarlierAward
from .signed_copy import SignedCopy
from .template import LABEL, REASON, CertificateTemplate
from .withdrawal import Appeal, AppealRefusal, Reinstatement, Withdrawal

__all__ = [
    "LABEL",
    "NUMBER",
    "REASON",
    "SERIES",
    "Appeal",
    "AppealRefusal",
    "Certificate",
    "CertificateQuerySet",
    "CertificateTemplate",
    "Charges",
    "ChargesDropping",
    "ChargesReply",
    "Credential",
    "CredentialKey",
    "EarlierAward",
    "Reinstatement",
    "SignedCopy",
    "Withdrawal",
]
