from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "certification.visits"
    label = "visits"

    def ready(self) -> None:
        from certification import chores
        from certification.applications import access
        from certification.assessments.allocation import visiting
        from institutions.services import cleaning

        from . import reminders, rules, services  # noqa: F401 - rules register who may do what
        from .models import SiteVisit, VisitPhoto

        access.on_conflict(services.leave_visits)
        visiting.register(SiteVisit.objects.to_come)
        cleaning.FOLDERS["visits"] = VisitPhoto._meta.get_field("file")
        chores.register(
            "visits.remind_of_visits",
            label=_("Reminding of site visits and their protocols"),
            every=timedelta(hours=1),
            do=reminders.remind_of_visits,
        )
        chores.register(
            "visits.remove_old_photos",
            label=_("Removing photos of site visits whose time has passed"),
            every=timedelta(days=1),
            do=services.remove_old_photos,
        )
