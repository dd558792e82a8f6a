from datetime import timedelta

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "certification.applications"
    label = "applications"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from certification import chores
        from certification.outbox import gates
        from institutions import keeping as library
        from institutions.sections import on_evidence, on_institution
        from institutions.services import cleaning

        from . import access, keeping, recipients, rules, sections, ties
        from .formal import known
        from .models import SignedPaper
        from .papers import facts
        from .reminders import remind_of_completions
        from .services.printing import print_missing

        known.register_all()
        facts.register_all()
        chores.register(
            "applications.print_missing",
            label=_("Printing requests and reports that a stopped process left out"),
            every=timedelta(minutes=5),
            do=print_missing,
        )
        chores.register(
            "applications.remind_of_completions",
            label=_("Reminding of completions that are due"),
            every=timedelta(hours=1),
            do=remind_of_completions,
        )
        cleaning.FOLDERS["signed"] = SignedPaper._meta.get_field("file")
        access.bar(rules.cases_in_conflict)
        ties.register_own()
        gates.open_to(recipients.is_open_to)
        gates.hidden_from(recipients.hidden_from)
        on_institution.register(sections.applications_of)
        on_evidence.register(sections.uses_of)
        library.register(pointers=keeping.frozen_of, reasons=keeping.freezing)
        library.register(pointers=keeping.cited_of, reasons=keeping.citing, let_go=keeping.let_go)
