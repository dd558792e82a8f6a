from datetime import timedelta

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "certification.followup"
    label = "followup"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from certification import chores
        from certification.applications import emails as moves
        from certification.applications.states import Verb

        from . import emails
        from .reminding import remind_of_stuck_cases

        moves.register(Verb.GRANT, emails.case_decided)
        moves.register(Verb.REFUSE, emails.case_decided)
        moves.register(Verb.CERTIFY, emails.certificate_issued)

        chores.register(
            "followup.remind_of_stuck_cases",
            label=_("Reminding of cases that lie too long"),
            every=timedelta(hours=1),
            do=remind_of_stuck_cases,
        )
