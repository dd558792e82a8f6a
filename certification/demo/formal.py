"""The formal check of a case of the demonstration, and its completion."""

from typing import TYPE_CHECKING

from certification.applications.asking import Wish
from certification.applications.formal.reading import OpenPoint, OpenRound
from certification.applications.services.answering import save_answer
from certification.applications.services.checking import request_completion
from certification.applications.services.completing import complete, lapse
from certification.applications.services.formal_check import save_point
from certification.applications.states import Result

from .cases import Stage
from .timing import on

if TYPE_CHECKING:
    from .story import Telling

# what the office says beside a result, and what it found otherwise than the program suggests
CHECKED = {
    "request": "Prośba podpisana, wpłynęła w dniu złożenia wniosku.",
    "authority": "Funkcja osoby podpisującej zgadza się z danymi instytucji.",
}
NOT_WHOLE = (
    Result.UNMET,
    "Opis przy dwóch kryteriach nie ilustruje jeszcze standardu – szczegóły w wezwaniu.",
)
FOUND = {(stage, "report"): NOT_WHOLE for stage in (Stage.COMPLETION, Stage.ACCEPTED)}
IN_PUBLIC = "Dokument jest w Biuletynie Informacji Publicznej instytucji; treść sprawdzona."
ANSWER = "Dopisaliśmy to, o co prosiliście."
ASKED = {
    Stage.COMPLETION: {
        "A5.2": "Prosimy o dołączenie aktualnego porozumienia o udostępnianiu miejsca spotkań.",
        "D1.1": "Prosimy o opis tego, jak mieszkańcy współdecydują o programie miejsca spotkań.",
    },
    Stage.ACCEPTED: {
        "A5.2": "Prosimy dopisać, kto i w jakich godzinach może korzystać z miejsca spotkań.",
        "D1.1": "Prosimy podać przykład z ostatniego roku.",
    },
}
ADDED = {
    "A5.2": " Miejsce spotkań jest otwarte codziennie od 10 do 20, w soboty do 14; klucze mają "
    "także trzy grupy mieszkańców, które same układają dyżury.",
    "D1.1": " W ubiegłym roku rada mieszkańców zdecydowała o przeznaczeniu połowy budżetu na "
    "warsztaty międzypokoleniowe.",
}


def check_form(telling: "Telling") -> None:
    """Save every point; a case that stays in the check has a few still open."""
    office, points = telling.cast["biuro"], OpenRound(telling.application).points
    shown = points[:2] if telling.stage == Stage.FORMAL_CHECK else points
    with on(telling.day(35)):
        for each in shown:
            result, note = _found(telling.stage, each)
            save_point(telling.application, each.point.code, by=office, result=result, note=note)


def _found(stage: Stage, each: OpenPoint) -> tuple[Result, str]:
    """What the office finds: mostly what the program suggests, and nothing that stops a story."""
    code, (suggested, note) = each.point.code, each.suggested
    if (stage, code) in FOUND:
        return FOUND[stage, code]
    if suggested == Result.UNMET:
        return Result.MET, CHECKED.get(code, IN_PUBLIC)
    return suggested or Result.MET, note or CHECKED.get(code, "")


def ask_for_completion(telling: "Telling") -> None:
    """Ask where the case waits for its completion, and where one came before assessment."""
    if telling.stage not in ASKED:
        return
    with on(telling.day(36)):
        criteria = {each.code: each for each in telling.application.criteria()}
        request_completion(
            telling.application,
            by=telling.cast["biuro"],
            items=[Wish(why, criteria[code]) for code, why in ASKED[telling.stage].items()],
            working_days=60 if telling.stage == Stage.COMPLETION else 14,
            reason="Dziękujemy za staranny wniosek. Do oceny brakuje jeszcze niewiele.",
        )


def complete_application(telling: "Telling") -> None:
    """Answer a request: a text that grew, and another piece of evidence."""
    if telling.stage != Stage.ACCEPTED:
        return
    with on(telling.day(44)):
        for code in ASKED[telling.stage]:
            answer = telling.application.answers.get(criterion__code=code)
            save_answer(
                telling.application,
                answer.criterion,
                by=telling.custodian,
                self_rating=answer.self_rating,
                text=answer.text + ADDED[code],
                expected_version=answer.version,
            )
    with on(telling.day(45)):
        complete(telling.application, by=telling.custodian, answer=ANSWER)
    with on(telling.day(46)):
        for each in OpenRound(telling.application).points:
            if not each.saved:
                save_point(
                    telling.application,
                    each.point.code,
                    by=telling.cast["biuro"],
                    result=Result.MET,
                    note="Uzupełniono.",
                )


def leave_unexamined(telling: "Telling") -> None:
    """Nobody answered, not even in the days of grace."""
    with on(telling.day(140)):
        lapse(
            telling.application,
            by=telling.cast["biuro"],
            note="Uzupełnienie nie wpłynęło, a na przypomnienia nikt nie odpowiedział.",
        )
