"""What can happen to the issuer's data; a stored document has no states."""

from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class Verb(AuditVerb):
    CHANGE_ISSUER = "documents.change_issuer", _("Issuer's data changed")
    USE_SEAL = "documents.use_seal", _("Documents sealed with a new certificate")
