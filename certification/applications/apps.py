from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "certification.applications"
    label = "applications"
