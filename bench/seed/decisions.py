"""What the Committee and the Board decided; certificates and letters."""

from datetime import timedelta

from certification.applications.states import State
from certification.certificates.codes import ALPHABET, LENGTH
from certification.certificates.models import NUMBER, Certificate, Charges, Withdrawal
from certification.decisions.models import Decision, Reason, Resolution
from certification.decisions.states import Outcome
from certification.documents.models import StoredDocument
from certification.finding import search_text
from certification.letters.models import CommendationLetter, LetterParagraph
from certification.letters.states import State as LetterState
from institutions.states import Role

from .answers import SENTENCE
from .applications import DECIDED, ISSUED, LETTER, Story
from .places import Places

FIVE_YEARS = timedelta(days=5 * 365)
PARAGRAPHS = 8


def decide(stories: list[Story], places: Places) -> None:
    decided = [
        story for story in stories if story.state in {State.BOARD, State.CERTIFIED, State.REFUSED}
    ]
    made = Decision.objects.bulk_create(_decision(story, places) for story in decided)
    for story, decision in zip(decided, made, strict=True):
        story.decision = decision
    Reason.objects.bulk_create(
        Reason(decision=story.decision, criterion=criterion, text=SENTENCE)
        for story in decided
        if story.state == State.REFUSED
        for criterion in places.criteria[:3]
    )
    _certify([story for story in decided if story.state == State.CERTIFIED], places)


def _decision(story: Story, places: Places) -> Decision:
    return Decision(
        application=story.application,
        outcome=Outcome.REFUSED if story.state == State.REFUSED else Outcome.GRANTED,
        session_on=story.after(DECIDED).date(),
        justification=SENTENCE,
        decided_by=places.one(Role.COMMITTEE_CHAIR),
        decided_at=story.after(DECIDED),
    )


def _certify(stories: list[Story], places: Places) -> None:
    resolutions = Resolution.objects.bulk_create(
        Resolution(
            decision=story.decision,
            number=f"{story.index + 1}/{story.opened_at.year}",
            adopted_on=story.after(ISSUED).date(),
            recorded_by=places.one(Role.BOARD_MEMBER),
            recorded_at=story.after(ISSUED),
        )
        for story in stories
    )
    documents = _documents(stories, StoredDocument.Kind.CERTIFICATE, ISSUED, places)
    certificates = Certificate.objects.bulk_create(
        _certificate(story, resolution, document, places)
        for story, resolution, document in zip(stories, resolutions, documents, strict=True)
    )
    for story, certificate in zip(stories, certificates, strict=True):
        story.certificate = certificate
    charged = Charges.objects.bulk_create(_charges(story, places) for story in stories[::50])
    Withdrawal.objects.bulk_create(
        _withdrawal(story, charges, places)
        for story, charges in zip(stories[::50], charged, strict=True)
    )
    _correct(stories[1::50], places)
    _write_letters([story for story in stories if story.index % 20], places)


def _documents(
    stories: list[Story], kind: StoredDocument.Kind, days: int, places: Places
) -> list[StoredDocument]:
    return StoredDocument.objects.bulk_create(
        StoredDocument(
            kind=kind,
            title=f"{kind.label} {story.index}",
            file=f"documents/{kind}-{story.index}-{days}.pdf",
            size=60_000,
            sha256=f"{story.index:064x}",
            created_by=places.one(Role.OFFICE),
            created_at=story.after(days),
        )
        for story in stories
    )


def _certificate(
    story: Story, resolution: Resolution, document: StoredDocument, places: Places
) -> Certificate:
    day = story.after(ISSUED).date()
    number = NUMBER.format(number=story.index + 1, year=day.year)
    code = "".join(places.chance.choices(ALPHABET, k=LENGTH))
    return Certificate(
        application=story.application,
        institution=story.institution,
        resolution=resolution,
        number=number,
        code=code,
        holder_name=story.institution.name,
        reason="za wdrażanie Modelu Organizowania Społeczności Lokalnej",
        valid_from=day,
        valid_to=day + FIVE_YEARS,
        label=f"na lata {day.year}–{day.year + 5}",
        place="Warszawa",
        issued_on=day,
        first_function="Prezes Zarządu",
        second_function="Członek Zarządu",
        issuer_name="Centrum Wspierania Aktywności Lokalnej CAL",
        verification_url=f"https://bench.example.org/weryfikacja/{code}/",
        search_text=search_text(story.institution.name, story.institution.town, number),
        document=document,
        issued_by=places.one(Role.BOARD_MEMBER),
        issued_at=story.after(ISSUED),
    )


def _correct(stories: list[Story], places: Places) -> None:
    documents = _documents(stories, StoredDocument.Kind.CERTIFICATE, LETTER, places)
    corrections = []
    for story, document in zip(stories, documents, strict=True):
        old = story.certificate
        assert old is not None
        new = _certificate(story, old.resolution, document, places)
        new.number = NUMBER.format(number=100_000 + story.index, year=new.issued_on.year)
        new.replaces, new.correction_reason = old, SENTENCE
        corrections.append(new)
    Certificate.objects.bulk_create(corrections)


def _charges(story: Story, places: Places) -> Charges:
    return Charges(
        certificate=story.certificate,
        text=SENTENCE,
        stated_on=story.after(ISSUED + 5).date(),
        reply_until=story.after(ISSUED + 19).date(),
        stated_by=places.one(Role.COMMITTEE_CHAIR),
        stated_at=story.after(ISSUED + 5),
    )


def _withdrawal(story: Story, charges: Charges, places: Places) -> Withdrawal:
    return Withdrawal(
        charges=charges,
        withdrawn_on=story.after(ISSUED + 40).date(),
        reason=SENTENCE,
        appeal_until=story.after(ISSUED + 54).date(),
        withdrawn_by=places.one(Role.COMMITTEE_CHAIR),
        withdrawn_at=story.after(ISSUED + 40),
    )


def _write_letters(stories: list[Story], places: Places) -> None:
    documents = _documents(stories, StoredDocument.Kind.LETTER, LETTER, places)
    letters = CommendationLetter.objects.bulk_create(
        CommendationLetter(
            application=story.application,
            certificate=story.certificate,
            recipient=story.certificate.holder_name,
            state=LetterState.APPROVED,
            issuer_name="Centrum Wspierania Aktywności Lokalnej CAL",
            number=f"CAL/LG/{story.index + 1}/{story.after(LETTER).year}",
            place="Warszawa",
            dated_on=story.after(LETTER).date(),
            addressee=story.institution.name,
            salutation="Szanowni Państwo,",
            closing="Z wyrazami szacunku",
            first_signatory="Anna Próbna",
            first_function="Prezes Zarządu",
            drafted_by=places.one(Role.OFFICE),
            drafted_at=story.after(LETTER),
            approved_by=places.one(Role.OFFICE),
            approved_at=story.after(LETTER),
            document=document,
        )
        for story, document in zip(stories, documents, strict=True)
    )
    LetterParagraph.objects.bulk_create(
        LetterParagraph(letter=letter, position=position, text=SENTENCE * 3)
        for letter in letters
        for position in range(PARAGRAPHS)
    )
