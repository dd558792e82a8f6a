"""From a bank of paragraphs to the paragraphs of one letter. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import override

from certification.applications.models import Application
from certification.assessments.models import ConsolidatedCard
from certification.assessments.outcomes import Outcome, standard_outcomes
from certification.assessments.states import OutcomeLevel
from certification.decisions.models import Reason
from certification.documents.models import Issuer
from institutions.models.name_form import Names

from .address import Addressed
from .models import Bank, BankParagraph, Finding
from .slots import OF_A_REASON, Words, fill, slots_in
from .states import Level

LEVELS = {OutcomeLevel.MET: Level.JUST_MET, OutcomeLevel.EXEMPLARY: Level.EXEMPLARY}
MOST_PRAISED = 4  # exemplary standards that a draft praises one by one; others wait to be ticked


@dataclass(frozen=True)
class Rests:
    """What a paragraph rests on; see models.Ground."""

    standard: str
    level: str = ""
    criterion: str = ""
    text: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Drafted:
    """A paragraph with its slots filled, and what it rests on."""

    function: str
    text: str
    included: bool = True
    grounds: tuple[Rests, ...] = ()


@dataclass(frozen=True)
class Material:
    """What a letter says beside the names: facts in words, reasons, and whom it addresses."""

    facts: Mapping[str, str]
    reasons: Sequence[Reason] = ()
    official: Addressed | None = None


NOTHING_MORE = Material({})


def compose(
    bank: Bank, application: Application, *, on: date, material: Material = NOTHING_MORE
) -> list[Drafted]:
    """The letter's paragraphs as the bank words them, dated `on`.

    Raises MissingNameForms naming every unconfirmed form at once, CannotDo for a slot that has
    no meaning here.
    """
    outcomes = _outcomes(application)
    paragraphs = applicable(bank, application, outcomes)
    institution = application.institution
    names = Names(institution)
    names.require(
        slot.name_form
        for paragraph in paragraphs
        for slot in slots_in(paragraph.text)
        if slot.name_form
    )
    facts = {"cal_years": str(Issuer.load().years_on(on)), **material.facts}
    words = Words(names, institution.gender, facts, material.official)
    praised = 0
    drafted: list[Drafted] = []
    for paragraph in paragraphs:
        is_praise = _praises_one(paragraph)
        praised += is_praise
        included = not paragraph.offered and not (is_praise and praised > MOST_PRAISED)
        found = _found(paragraph, outcomes)
        drafted += _filled(paragraph, words, material.reasons, found, included=included)
    return drafted


Outcomes = dict[str, Outcome]


def _outcomes(application: Application) -> Outcomes:
    """How each standard came out on the card, as far as there is one."""
    card = ConsolidatedCard.objects.filter(application=application).first()
    return standard_outcomes(card) if card else {}


def applicable(bank: Bank, application: Application, outcomes: Outcomes) -> list[BankParagraph]:
    """The paragraphs whose conditions hold for this institution and its consolidated card."""
    kind = application.kind
    return [
        paragraph
        for paragraph in bank.paragraphs.prefetch_related("kinds", "findings")
        if (not paragraph.kinds.all() or kind in paragraph.kinds.all())
        and all(_holds(finding, outcomes) for finding in paragraph.findings.all())
    ]


def _holds(finding: Finding, outcomes: Outcomes) -> bool:
    outcome = outcomes.get(finding.standard)
    if outcome is None:
        return False
    if finding.level == Level.MET:
        return outcome.is_met
    return outcome.level == next(o for o, level in LEVELS.items() if level == finding.level)


def _found(paragraph: BankParagraph, outcomes: Outcomes) -> tuple[Rests, ...]:
    """How the standards that a paragraph asks for really came out."""
    return tuple(
        Rests(each.standard, LEVELS[outcomes[each.standard].level])
        for each in paragraph.findings.all()
    )


def _praises_one(paragraph: BankParagraph) -> bool:
    findings = paragraph.findings.all()
    return len(findings) == 1 and findings[0].level == Level.EXEMPLARY


def _filled(
    paragraph: BankParagraph,
    words: Words,
    reasons: Sequence[Reason],
    grounds: tuple[Rests, ...],
    *,
    included: bool,
) -> Iterator[Drafted]:
    """One paragraph, or one for each reason; a text of several paragraphs stays several."""
    if OF_A_REASON.isdisjoint(slot.name for slot in slots_in(paragraph.text)):
        cases = [(words, grounds)]
    else:
        cases = [_of_reason(words, reason) for reason in reasons]
    for said, rests in cases:
        for text in _apart(fill(paragraph.text, said)):
            yield Drafted(paragraph.function, text, included, rests)


def _of_reason(words: Words, reason: Reason) -> tuple[Words, tuple[Rests, ...]]:
    criterion = reason.criterion
    facts = {
        "criterion": criterion.code,
        "criterion_text": criterion.text_pl.strip().rstrip("."),
        "reason": sentence(reason.text),
    }
    rests = Rests(criterion.standard.code, Level.UNMET, criterion.code, reason.text)
    return replace(words, facts={**words.facts, **facts}), (rests,)


def _apart(text: str) -> list[str]:
    """Paragraphs were written with an empty line between them."""
    parts = (" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n"))
    return [part for part in parts if part]


def sentence(text: str) -> str:
    """Begins with a capital and ends as a sentence does."""
    text = text.strip()
    if text and text[-1] not in ".!?…”":
        text += "."
    return text[:1].upper() + text[1:]


def in_polish(day: date) -> str:
    """„12 maja 2016 r.”, whatever language the screens are in."""
    with override("pl"):
        return f"{date_format(day, 'j E Y')} r."
