"""Colleagues over one draft: a question that waits, one that is settled, and places named."""

from certification.applications.models import Citation
from certification.applications.places import Place
from certification.applications.services import change_place, comment, settle_comment
from institutions.models import User

from .story import Telling
from .timing import on


def talk(telling: Telling, *, editor: User) -> None:
    """The custodian asks, the editor answers; one thread is settled, one waits for each of them."""
    application, custodian = telling.application, telling.custodian
    criteria = {one.code: one for one in application.criteria()}
    with on(telling.day(21)):
        asked = comment(
            application,
            criteria["A1.2"],
            by=custodian,
            text="Czy mamy jeszcze protokół z jesiennego przeglądu planu? Przydałby się tutaj.",
            told=[editor],
        )
        comment(
            application,
            criteria["A3.1"],
            by=custodian,
            text=f"@{editor.full_name}, sprawdź, proszę, czy to nadal aktualna nazwa zespołu.",
            told=[editor],
        )
    with on(telling.day(22)):
        comment(
            application,
            criteria["A1.2"],
            by=editor,
            text="Jest w segregatorze z 2025 roku. Zeskanuję i dodam do biblioteki.",
            opening=asked,
        )
        done = comment(application, criteria["A1.1"], by=editor, text="Poprawiłam literówki.")
        settle_comment(done, by=custodian)
        name_places(telling)


def name_places(telling: Telling) -> None:
    """Say where to look in what the first answers cite."""
    cited = Citation.objects.filter(answer__application=telling.application).select_related(
        "revision", "answer__application", "answer__criterion"
    )
    for citation in cited.order_by("pk")[:4]:
        place = Place(page=1) if citation.revision.is_pdf else Place(spot="drugi akapit")
        change_place(citation, by=telling.custodian, place=place)
