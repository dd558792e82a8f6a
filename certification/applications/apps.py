from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "certification.applications"
    label = "applications"

    def ready(self) -> None:
        from institutions.sections import section

        from . import access, rules, sections

        access.bar(rules.cases_in_conflict)
        section(sections.applications_of)
