from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "certification.demo"
    label = "demo"
