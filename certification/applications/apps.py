from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "certification.applications"
    label = "applications"

    def ready(self) -> None:
        from institutions.sections import on_institution

        from . import access, rules, sections

        access.bar(rules.cases_in_conflict)
        on_institution.register(sections.applications_of)
