"""How an institution of the demonstration brings the answers of its last application up to date."""

from collections.abc import Callable, Sequence

from certification.applications.models import Application
from certification.applications.services.answering import save_answer
from certification.applications.services.renewing import confirm_answers
from certification.standards.models import Criterion
from institutions.models import Evidence, Institution, User
from institutions.services.evidence import revise_evidence

from .reworded_edition import REWORDED

# what became of it since: one of these is added to an answer that is written anew
SINCE = (
    "Od poprzedniego certyfikatu tę pracę prowadzimy razem z radą użytkowników świetlicy: to ona "
    "zgłasza tematy i rozlicza nas z ustaleń.",
    "W ostatnich dwóch latach dołączyła do tego grupa młodzieży, która sama prowadzi spotkania "
    "raz w miesiącu i zaprasza kolejne osoby.",
    "Zmieniliśmy też sposób sprawdzania efektów: raz na pół roku pytamy mieszkańców, co z tego "
    "wynikło, i zapisujemy wnioski w planie na kolejny okres.",
)


def bring_up_to_date(
    application: Application, criteria: Sequence[Criterion], *, by: User, die: Callable[..., int]
) -> None:
    """Write every fourth answer anew, confirm the others."""
    anew = [each for each in criteria if die(each.code, "anew") < 3]
    for criterion in anew:
        _add_to(application, criterion, by=by, words=SINCE[die(criterion.code) % 3])
    rest = [each for each in criteria if each not in anew]
    confirm_answers(application, by=by, criteria=rest)


def begin_to_renew(application: Application, *, by: User) -> None:
    """Go through the first area and a little of the second; the rest still waits."""
    criteria = {each.code: each for each in application.criteria()}
    for code, words in zip(("A1.2", "A3.1", "B1.1"), SINCE, strict=True):
        _add_to(application, criteria[code], by=by, words=words)
    done = [each for code, each in criteria.items() if code[0] == "A" and code not in REWORDED]
    confirm_answers(application, by=by, criteria=done)


def renew_paper(institution: Institution, kind: str, *, by: User) -> None:
    """Add a newer version of a note to the library, which no answer cites yet."""
    paper = Evidence.objects.get(institution=institution, type__code=kind)
    revise_evidence(
        paper,
        by=by,
        text="Klub seniora: 26 osób, spotkania w środy i piątki. Od dwóch lat klub sam pisze "
        "wnioski o małe dotacje, prowadzi kronikę i dyżur telefoniczny dla sąsiadów.",
    )


def _add_to(application: Application, criterion: Criterion, *, by: User, words: str) -> None:
    answer = application.answers.select_related("self_rating").get(criterion=criterion)
    save_answer(
        application,
        criterion,
        by=by,
        self_rating=answer.self_rating,
        text=f"{answer.text}\n\n{words}",
        expected_version=answer.version,
    )
