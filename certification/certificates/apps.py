from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certification.certificates"
    label = "certificates"

    def ready(self) -> None:
        from institutions.sections import section

        from .on_institution import certificates_of

        section(certificates_of)
