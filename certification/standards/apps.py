from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "certification.standards"
    label = "standards"
