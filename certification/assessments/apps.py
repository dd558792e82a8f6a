from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "certification.assessments"
    label = "assessments"

    def ready(self) -> None:
        from certification.applications import access

        from . import rules, services

        access.grant(rules.assigned_cases)
        access.on_conflict(services.leave_case)
