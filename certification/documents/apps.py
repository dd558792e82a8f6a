from django.apps import AppConfig
from django.core.checks import register


class DocumentsConfig(AppConfig):
    name = "certification.documents"
    label = "documents"

    def ready(self) -> None:
        from .checks import print_libraries

        register(print_libraries)
