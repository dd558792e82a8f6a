from django.apps import AppConfig


class YearlyConfig(AppConfig):
    name = "certification.yearly"
    label = "yearly"
