from django.apps import AppConfig
from django.core.checks import Tags, register


class InstitutionsConfig(AppConfig):
    name = "institutions"
    label = "institutions"

    def ready(self) -> None:
        from institutions.checks import virus_scanner

        register(virus_scanner, Tags.security, deploy=True)
