from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "certification.decisions"
    label = "decisions"
