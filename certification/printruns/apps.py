from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintRunsConfig(AppConfig):
    name = "certification.printruns"
    label = "printruns"

    def ready(self) -> None:
        from certification import chores
        from certification.certificates.sections import on_certificate

        from . import keeping, working
        from .sections import printings_of

        on_certificate.register(printings_of)
        chores.register(
            "printruns.print",
            label=_("Preparing print runs"),
            every=timedelta(seconds=1),
            do=working.print_waiting,
        )
        chores.register(
            "printruns.remove_old",
            label=_("Removing old files of print runs"),
            every=timedelta(hours=6),
            do=keeping.remove_old,
        )
