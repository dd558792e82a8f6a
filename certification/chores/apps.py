from django.apps import AppConfig


class ChoresConfig(AppConfig):
    name = "certification.chores"
    label = "chores"
