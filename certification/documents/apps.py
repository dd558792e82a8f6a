from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "certification.documents"
    label = "documents"
