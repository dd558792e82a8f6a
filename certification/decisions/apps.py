from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "certification.decisions"
    label = "decisions"

    def ready(self) -> None:
        from certification.applications import access

        from . import rules

        access.grant(rules.cases_of_committee)
        access.grant(rules.cases_of_board)
        access.grant(rules.cases_of_responsible_member)
