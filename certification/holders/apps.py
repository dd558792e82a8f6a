from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HoldersConfig(AppConfig):
    name = "certification.holders"
    label = "holders"

    def ready(self) -> None:
        from certification import chores
        from certification.certificates.sections import on_certificate

        from . import ended, sections

        on_certificate.register(sections.hand_over_of)
        on_certificate.register(sections.licence)
        on_certificate.register(sections.praise_of)
        chores.register(
            "holders.ended",
            label=_("Telling holders that a certificate has ended"),
            every=timedelta(hours=6),
            do=ended.tell_of_ends,
        )
