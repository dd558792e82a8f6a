from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "certification.numbering"
    label = "numbering"
