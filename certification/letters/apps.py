from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "certification.letters"
    label = "letters"
