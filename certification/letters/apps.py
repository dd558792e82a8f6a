from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "certification.letters"
    label = "letters"

    def ready(self) -> None:
        from certification.certificates import verdicts
        from certification.certificates.sections import on_certificate

        from .sections import letters_of
        from .standing import LETTERS

        on_certificate.register(letters_of)
        verdicts.register(LETTERS)
