from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "certification.assessments"
    label = "assessments"

    def ready(self) -> None:
        from certification import chores
        from certification.applications import access, asking
        from certification.applications.renewal import earlier
        from certification.correspondence import access as correspondence
        from certification.outbox import gates
        from institutions.sections import on_person

        from . import history, proposals, rules, sections, services
        from .calibration import reminders
        from .calibration import rules as calibration_rules  # noqa: F401 - registers them
        from .reminders import note_conflicts, remind_of_assessments
        from .services.importing import discard_old_drafts

        chores.register(
            "assessments.remind",
            label=_("Reminding assessors of declarations and cards that are due"),
            every=timedelta(hours=1),
            do=remind_of_assessments,
        )
        chores.register(
            "assessments.note_conflicts",
            label=_("Recording conflicts of interest that came to be after an assignment"),
            every=timedelta(minutes=10),
            do=note_conflicts,
        )
        chores.register(
            "assessments.forget_spreadsheets",
            label=_("Forgetting spreadsheets of ratings that nobody confirmed"),
            every=timedelta(hours=6),
            do=discard_old_drafts,
        )
        access.grant(rules.assigned_cases)
        access.judging(rules.is_still_judging)
        gates.open_to(rules.is_assigned)
        correspondence.bar(rules.cases_still_judged)
        asking.register(proposals.wishes)
        access.on_conflict(services.leave_case)
        earlier.register(history.judgements)
        on_person.register(sections.availability)
        chores.register(
            "assessments.remind_of_calibrations",
            label=_("Reminding assessors of calibrations"),
            every=timedelta(hours=1),
            do=reminders.remind,
        )
