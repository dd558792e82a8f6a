"""A certificate that comes to its end, and an edition in which everything happens to criteria."""

from typing import Any

from certification import clock
from certification.applications import services
from certification.applications.models import Application, Citation
from certification.applications.services import freeze
from certification.applications.states import State
from certification.standards.models import Criterion, Descent, StandardSet
from certification.standards.states import State as SetState
from tests.certificates.factories import write_certificate
from tests.factories import (
    days_from_today,
    make_application,
    make_evidence,
    make_institution,
    make_member,
    make_standard_set,
)


def make_certified(*, ends_in: int = 90, cited: tuple[str, ...] = ("A1.1",), **fields: Any) -> Any:
    """A certified application, truly frozen, whose certificate ends in so many days."""
    fields.setdefault("institution", make_institution())
    fields.setdefault("by", make_member(fields["institution"]))
    application = make_application(State.CERTIFIED, **fields)
    for answer in application.answers.filter(criterion__code__in=cited):
        revision = make_evidence(application.institution, by=fields["by"])
        Citation.objects.create(answer=answer, revision=revision, page=4, added_by=fields["by"])
    freeze(application, by=fields["by"])
    write_certificate(
        application.pk,
        application.institution,
        application=application,
        issued_on=days_from_today(ends_in - 5 * 365),
        valid_from=days_from_today(ends_in - 5 * 365),
        valid_to=days_from_today(ends_in),
    )
    return application


def open_renewal(renewed: Application | None = None, **fields: Any) -> Application:
    """A renewal under way, just opened."""
    renewed = renewed or make_certified(**fields)
    return services.open_application(renewed.institution, by=renewed.opened_by, renews=renewed)


def make_next_edition(old: StandardSet, *, published: bool = True) -> StandardSet:
    """A1.1 is split into A1.1 and A1.2, A1.2 and A2.1 are merged in A2.1, B1.1 is dropped, and
    a new one, B1.1, takes its code.
    """
    new = make_standard_set(published=False, follows=old)
    for before, after in (
        ("A1.1", "A1.1"),
        ("A1.1", "A1.2"),
        ("A1.2", "A2.1"),
        ("A2.1", "A2.1"),
        ("B1.1", None),
    ):
        Descent.objects.create(
            standard_set=new, old=of(old, before), new=of(new, after) if after else None
        )
    return publish_row(new) if published else new


def make_reworded_edition(
    old: StandardSet, code: str = "A1.2", *, top_level: bool = True
) -> StandardSet:
    """Everything stays but the wording of one criterion, and where wanted the highest level."""
    new = make_standard_set(published=False, follows=old)
    if not top_level:
        new.levels.filter(value=3).delete()
    changed = of(new, code)
    Criterion.objects.filter(pk=changed.pk).update(text_pl=f"Nowa treść kryterium {code}")
    Descent.objects.create(standard_set=new, old=of(old, code), new=changed)
    return publish_row(new)


def publish_row(standard_set: StandardSet) -> StandardSet:
    StandardSet.objects.filter(pk=standard_set.pk).update(
        state=SetState.PUBLISHED, published_at=clock.now()
    )
    standard_set.refresh_from_db()
    return standard_set


def of(standard_set: StandardSet, code: str) -> Criterion:
    return Criterion.objects.of_set(standard_set).get(code=code)
