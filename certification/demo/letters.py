"""A short correspondence between an institution and the office, with a file."""

from django.core.files.base import ContentFile

from certification.correspondence.models import Message
from certification.correspondence.services import attach, mark_read, send_message

from .story import Telling
from .timing import on

QUESTION = (
    "Dzień dobry,\n\n"
    "w wezwaniu proszą Państwo o dokument założycielski. Nasz statut ma 24 strony, a o współpracy "
    "z mieszkańcami mówi tylko § 7. Czy wystarczy wyciąg?\n\n"
    "Z poważaniem\nSabina Sąsiedzka"
)
ANSWER = (
    "Dzień dobry,\n\n"
    "wystarczy wyciąg: strona tytułowa, § 7 i strona z podpisami. Prosimy dodać go do biblioteki "
    "i przywołać w odpowiedzi, bo wiadomości nie są częścią wniosku. Przesyłamy krótką "
    "instrukcję.\n\n"
    "Pozdrawiamy\nBiuro CAL"
)
HOW_TO = """Jak dodać wyciąg ze statutu

1. W menu wybierz „Dowody”, a potem „Dodaj dowód”.
2. Wskaż plik PDF i rodzaj „Statut”.
3. Otwórz kryterium wskazane w wezwaniu i przywołaj ten dowód, z numerem strony.
"""
THANKS = "Dziękuję, tak zrobimy. Wyciąg dodam do końca tygodnia."


def write_letters(telling: Telling) -> None:
    """The institution asks, the office answers with a file, the institution thanks."""
    case, custodian, office = telling.application, telling.custodian, telling.cast["biuro"]
    with on(telling.day(44)):
        question = send_message(case, by=custodian, text=QUESTION, seen=0)
    with on(telling.day(45)):
        mark_read(case, by=office, last=question.pk)
        attach(case, by=office, file=ContentFile(HOW_TO.encode(), name="Instrukcja.txt"))
        answer: Message = send_message(case, by=office, text=ANSWER, seen=question.pk)
    with on(telling.day(46)):
        send_message(case, by=custodian, text=THANKS, seen=answer.pk)
