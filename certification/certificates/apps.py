from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certification.certificates"
    label = "certificates"

    def ready(self) -> None:
        from institutions.sections import on_institution

        from .sections import certificates_of

        on_institution.register(certificates_of)
