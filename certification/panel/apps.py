from django.apps import AppConfig


class PanelConfig(AppConfig):
    name = "certification.panel"
    label = "panel"
