from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "certification.applications"
    label = "applications"

    def ready(self) -> None:
        from institutions import keeping as library
        from institutions.sections import on_evidence, on_institution

        from . import access, keeping, rules, sections
        from .models import Citation, DossierFile

        access.bar(rules.cases_in_conflict)
        on_institution.register(sections.applications_of)
        on_evidence.register(sections.uses_of)
        library.register(pointers=DossierFile.objects.all, reasons=keeping.freezing)
        library.register(
            pointers=Citation.objects.all, reasons=keeping.citing, let_go=keeping.let_go
        )
