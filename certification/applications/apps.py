from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "certification.applications"
    label = "applications"

    def ready(self) -> None:
        from . import access, rules

        access.bar(rules.cases_in_conflict)
