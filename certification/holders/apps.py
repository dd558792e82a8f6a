from django.apps import AppConfig


class HoldersConfig(AppConfig):
    name = "certification.holders"
    label = "holders"

    def ready(self) -> None:
        from certification.certificates.sections import on_certificate

        from .sections import praise_of

        on_certificate.register(praise_of)
