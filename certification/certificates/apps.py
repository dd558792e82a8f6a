from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certification.certificates"
    label = "certificates"

    def ready(self) -> None:
        from certification import chores
        from certification.applications.renewal import offers
        from institutions.sections import on_institution

        from . import reminders, renewing, verdicts
        from .sections import certificates_of, on_certificate
        from .signing.views import signatures_of
        from .standing import CERTIFICATES
        from .withdrawing import reminders as answers
        from .withdrawing.sections import charges_of
        from .withdrawing.standing import NOTICES

        offers.register(renewing.holding_of)
        on_institution.register(certificates_of)
        on_certificate.register(charges_of)
        on_certificate.register(signatures_of)
        verdicts.register(CERTIFICATES, first=True)
        verdicts.register(NOTICES)
        chores.register(
            "certificates.remind",
            label=_("Reminding of certificates that end"),
            every=timedelta(hours=6),
            do=reminders.remind,
        )
        chores.register(
            "certificates.remind_to_answer",
            label=_("Reminding holders of the last day to answer charges or to appeal"),
            every=timedelta(hours=6),
            do=answers.remind,
        )
