"""Messages to assessors, and of them to the office: one function a message."""

from typing import Any

from django.urls import reverse

from certification import clock
from certification.applications.models import Application
from certification.applications.recipients import office_of
from certification.outbox.kinds import Kind
from certification.standards.models import Criterion
from institutions.models import User
from institutions.notices import notify

from .models import Assignment, ConsolidatedCard, MoreTime, ReturnedPart
from .rules import is_still_judging


def office_told(application: Application) -> list[User]:
    """The office without those who judge this case themselves and have not finished: they
    learn nothing of how another assessor is doing.
    """
    return [each for each in office_of(application) if not is_still_judging(each, application)]


def assigned(assignment: Assignment) -> None:
    """A case was given to an assessor, who declares first that there is no conflict."""
    notify(
        [assignment.assessor],
        "case_assigned",
        kind=Kind.WORK,
        about=assignment.application,
        url=reverse("assignment_declare", args=[assignment.pk]),
        application=assignment.application,
        assignment=assignment,
    )


def assignment_ended(assignment: Assignment) -> None:
    """Names no case: it is closed to the person by now."""
    notify(
        [assignment.assessor],
        "assignment_ended",
        kind=Kind.WORK,
        url=reverse("assessment_list"),
    )


def card_opened(card: ConsolidatedCard) -> None:
    """Both assessors have submitted: what they see differently waits to be settled."""
    case: Application = card.application
    assignments = Assignment.objects.active().filter(application=case).select_related("assessor")
    notify(
        [each.assessor for each in assignments],
        "card_opened",
        kind=Kind.WORK,
        about=case,
        url=reverse("card_detail", args=[case.pk]),
        application=case,
    )


def card_remark(card: ConsolidatedCard, criterion: Criterion, *, by: User) -> None:
    """Somebody spoke of a criterion: told once a day and criterion, and never what was said."""
    others = [person for person in card.signers() if person != by]
    notify(
        others,
        "card_remark",
        kind=Kind.WORK,
        about=card.application,
        key=f"card_remark:{card.pk}:{criterion.pk}:{by.pk}:{clock.today()}",
        url=reverse("card_criterion", args=[card.application_id, criterion.code]),
        application=card.application,
        code=criterion.code,
        writer=by,
    )


def signature_awaited(card: ConsolidatedCard, people: list[User]) -> None:
    """Another assessor has signed the card."""
    notify(
        people,
        "signature_awaited",
        kind=Kind.WORK,
        about=card.application,
        url=reverse("card_sign", args=[card.application_id]),
        application=card.application,
    )


def signatures_taken_back(card: ConsolidatedCard, people: list[User]) -> None:
    """The card was changed after they signed it."""
    notify(
        people,
        "signatures_taken_back",
        kind=Kind.WORK,
        about=card.application,
        url=card.get_absolute_url(),
        application=card.application,
    )


def assignment_declined(assignment: Assignment) -> None:
    _to_office("assignment_declined", assignment)


def assignment_handed_back(assignment: Assignment) -> None:
    _to_office("assignment_handed_back", assignment)


def part_handed_back(part: ReturnedPart) -> None:
    """An assessor takes only a part of what they were given."""
    _to_office("part_handed_back", part.assignment, part=part)


def more_time_asked(wish: MoreTime) -> None:
    address = reverse("more_time_decide", args=[wish.assignment_id])
    _to_office("more_time_asked", wish.assignment, url=address, wish=wish)


def more_time_given(answer: MoreTime) -> None:
    _to_assessor("more_time_given", answer.assignment, answer=answer)


def more_time_refused(answer: MoreTime) -> None:
    _to_assessor("more_time_refused", answer.assignment, answer=answer)


def declaration_due(assignment: Assignment) -> None:
    _to_assessor("declaration_due", assignment, key=f"{assignment.pk}")


def assessment_due(assignment: Assignment) -> None:
    _to_assessor("assessment_due", assignment, key=f"{assignment.pk}:{assignment.due_on}")


def assessment_late(assignment: Assignment, *, time: int) -> None:
    """`time` tells one reminder from the next, as long as nothing comes."""
    key = f"{assignment.pk}:{assignment.due_on}:{time}"
    _to_assessor("assessment_late", assignment, key=key)


def assessor_in_conflict(assignment: Assignment) -> None:
    """A conflict of interest came to light after the case was open to an assessor."""
    address = reverse("conflict_list", args=[assignment.application_id])
    _to_office("assessor_in_conflict", assignment, url=address)


def _to_office(name: str, assignment: Assignment, *, url: str = "", **context: Any) -> None:
    case = assignment.application
    notify(
        office_told(case),
        name,
        kind=Kind.WORK,
        about=case,
        url=url or reverse("assignment_history", args=[case.pk]),
        application=case,
        assignment=assignment,
        **context,
    )


def _to_assessor(name: str, assignment: Assignment, *, key: str = "", **context: object) -> None:
    notify(
        [assignment.assessor],
        name,
        kind=Kind.WORK,
        key=f"{name}:{key}" if key else "",
        about=assignment.application,
        url=assignment.get_absolute_url(),
        application=assignment.application,
        assignment=assignment,
        **context,
    )


def cards_in(card: ConsolidatedCard) -> None:
    """The last card is in, and the consolidated one is open; to the office."""
    _of_cards("cards_in", card.application, reverse("card_detail", args=[card.application_id]))


def card_blocked(application: Application) -> None:
    """The last card is in, and a conflict of interest keeps the consolidated one from opening."""
    _of_cards("card_blocked", application, application.get_absolute_url())


def _of_cards(name: str, application: Application, url: str) -> None:
    notify(
        office_told(application),
        name,
        kind=Kind.WORK,
        about=application,
        url=url,
        application=application,
    )


def third_asked(card: ConsolidatedCard) -> None:
    """The assessors of a card ask for a third one; told to the office."""
    case: Application = card.application
    notify(
        office_of(case),
        "third_asked",
        kind=Kind.WORK,
        about=case,
        url=reverse("third_assign", args=[case.pk]),
        application=case,
    )


def third_withdrawn(card: ConsolidatedCard, *, by: User) -> None:
    """A third opinion is asked for no more; told to the office and to those whose card it is."""
    people = {each.pk: each for each in [*office_told(card.application), *card.signers()]}
    notify(
        [each for each in people.values() if each != by],
        "third_withdrawn",
        kind=Kind.WORK,
        about=card.application,
        url=card.get_absolute_url(),
        application=card.application,
        writer=by,
    )


def rating_corrected(card: ConsolidatedCard, criterion: Criterion, *, by: User) -> None:
    """Somebody corrected a rating they had submitted; never what it says now. Told to the office
    and to those whose card it is: their own ratings are in.
    """
    people = {each.pk: each for each in [*office_told(card.application), *card.signers()]}
    notify(
        [each for each in people.values() if each != by],
        "rating_corrected",
        kind=Kind.WORK,
        about=card.application,
        url=reverse("card_criterion", args=[card.application_id, criterion.code]),
        application=card.application,
        code=criterion.code,
        writer=by,
    )


def third_opinion(card: ConsolidatedCard) -> None:
    """The third assessor's opinion is on the card; told to those whose card it is."""
    notify(
        card.signers(),
        "third_opinion",
        kind=Kind.WORK,
        about=card.application,
        url=card.get_absolute_url(),
        application=card.application,
    )
