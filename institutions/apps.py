from datetime import timedelta

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    name = "institutions"
    label = "institutions"

    def ready(self) -> None:
        from certification import chores
        from institutions.checks import virus_scanner
        from institutions.copies import remove_old_copies
        from institutions.notices.summary import send_summaries
        from institutions.services.employees import remove_old_lists

        register(virus_scanner, Tags.security, deploy=True)
        chores.register(
            "institutions.send_summaries",
            label=_("Writing the daily summaries"),
            every=timedelta(minutes=10),
            do=send_summaries,
        )
        chores.register(
            "institutions.remove_old_lists",
            label=_("Removing lists of employees past their last day"),
            every=timedelta(hours=1),
            do=remove_old_lists,
        )
        chores.register(
            "institutions.remove_old_copies",
            label=_("Removing copies of documents nobody looks at any more"),
            every=timedelta(hours=1),
            do=remove_old_copies,
        )
