"""The applications, each with a story that says how far it got and when."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from certification.applications.models import Answer, Application
from certification.applications.models.application import NUMBER
from certification.applications.states import State
from certification.assessments.models import Assessment, ConsolidatedCard
from certification.certificates.models import Certificate
from certification.decisions.models import Decision
from institutions.models import Institution, User

from .places import Places

OF_A_HUNDRED = {
    State.DRAFT: 6,
    State.SUBMITTED: 2,
    State.FORMAL_CHECK: 2,
    State.COMPLETION: 2,
    State.ASSESSMENT: 5,
    State.COMMITTEE: 2,
    State.BOARD: 1,
    State.CERTIFIED: 34,
    State.REFUSED: 26,
    State.WITHDRAWN: 20,
}
STATES = [state for state, count in OF_A_HUNDRED.items() for _each in range(count)]
UNDER_WAY = 20  # the first of STATES
INSTITUTIONS = 40  # for a hundred applications; each has at most one under way

# days after the opening
SUBMITTED, TAKEN_UP, ACCEPTED, ASSIGNED, RATED, CLOSED, DECIDED, ISSUED, LETTER = (
    20, 25, 30, 32, 60, 70, 80, 90, 95,
)  # fmt: skip
JUDGED = frozenset({State.ASSESSMENT, State.COMMITTEE, State.BOARD, State.CERTIFIED, State.REFUSED})


@dataclass
class Story:
    """One application on its way; the later steps fill in what came of it."""

    index: int
    state: State
    is_full: bool
    institution: Institution
    custodian: User
    opened_at: datetime
    application: Application = field(init=False)
    answers: list[Answer] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    card: ConsolidatedCard | None = None
    decision: Decision | None = None
    certificate: Certificate | None = None

    def after(self, days: int) -> datetime:
        return self.opened_at + timedelta(days=days)

    @property
    def is_submitted(self) -> bool:
        return self.state != State.DRAFT

    @property
    def is_judged(self) -> bool:
        """Assessors are at work or have been."""
        return self.state in JUDGED

    @property
    def is_being_rated(self) -> bool:
        """The first assessor of these has submitted, the second has not."""
        return self.state == State.ASSESSMENT and self.index % 2 == 0

    @property
    def is_card_open(self) -> bool:
        return self.state == State.ASSESSMENT and not self.is_being_rated


def open_applications(size: int, places: Places, *, answered: int) -> list[Story]:
    stories = [_story(i, places, is_full=i < answered) for i in range(size)]
    made = Application.objects.bulk_create(_row(story, places) for story in stories)
    for story, application in zip(stories, made, strict=True):
        story.application = application
    return stories


def _story(index: int, places: Places, *, is_full: bool) -> Story:
    hundred, place = divmod(index, 100)
    under_way = place < UNDER_WAY
    nearby = place if under_way else places.chance.randrange(INSTITUTIONS)
    institution = places.institutions[hundred * INSTITUTIONS + nearby]
    days_ago = places.chance.randrange(96, 190) if under_way else places.chance.randrange(200, 3400)
    return Story(
        index=index,
        state=STATES[place],
        is_full=is_full,
        institution=institution,
        custodian=places.custodians[institution.pk],
        opened_at=places.now - timedelta(days=days_ago, minutes=index),
    )


def renew(stories: list[Story]) -> None:
    """A draft among those answered in full, but the first two, continues a certificate that its
    institution holds.
    """
    held = {each.institution.pk: each for each in stories if each.state == State.CERTIFIED}
    story = next(
        each
        for each in stories[2:]
        if each.state == State.DRAFT and each.is_full and each.institution.pk in held
    )
    story.application.renews = held[story.institution.pk].application
    story.application.save(update_fields=["renews"])


def _row(story: Story, places: Places) -> Application:
    row = Application(
        institution=story.institution,
        kind=story.institution.kind,
        standard_set=places.standard_set,
        state=story.state,
        state_since=story.after(TAKEN_UP),
        opened_by=story.custodian,
        opened_at=story.opened_at,
    )
    if story.is_submitted:
        row.number = NUMBER.format(number=story.index + 1, year=story.opened_at.year)
        row.submitted_by, row.submitted_at = story.custodian, story.after(SUBMITTED)
    return row
