from django.apps import AppConfig
from django.core.checks import Tags, register


class DocumentsConfig(AppConfig):
    name = "certification.documents"
    label = "documents"

    def ready(self) -> None:
        from .checks import press_can_be_shut_in, print_libraries, seal_in_use

        register(print_libraries)
        register(press_can_be_shut_in)
        register(seal_in_use, Tags.security, deploy=True)
