"""Writing earlier answers down under the criteria that descend from theirs."""

from collections.abc import Sequence

from certification import clock
from certification.applications.models import Answer, Application, Carried, Citation
from certification.applications.renewal.carrying import Carry, by_name
from certification.applications.renewal.earlier import earlier_than
from certification.standards.models import RatingLevel, StandardSet
from institutions.models import EvidenceRevision, User


def carry_over(application: Application, *, renewed: Application, by: User) -> int:
    """Answer a new application as the one it renews was frozen; gives the number of answers.

    Each is to be confirmed or written anew. Evidence is cited in the same versions, as far as
    they still exist.
    """
    earlier = earlier_than(application)
    carries = earlier.carries if earlier else []
    levels = common_scale(renewed.standard_set, application.standard_set)
    answers = [_answer(application, each, levels, by=by) for each in carries]
    Answer.objects.bulk_create(answers)
    cite_again(answers, carries, by=by)
    mark_carried(answers)
    return len(answers)


def common_scale(
    before: StandardSet, after: StandardSet
) -> dict[tuple[int | None, str], RatingLevel]:
    """The levels of the new edition, where both rate by the same scale; otherwise none."""
    old, new = by_name(before.levels.all()), by_name(after.levels.all())
    return new if old.keys() == new.keys() else {}


def _answer(
    application: Application,
    inherited: Carry,
    levels: dict[tuple[int | None, str], RatingLevel],
    *,
    by: User,
) -> Answer:
    return Answer(
        application=application,
        criterion=inherited.criterion,
        self_rating=inherited.rating_among(levels),
        text=inherited.text,
        updated_by=by,
        updated_at=clock.now(),
    )


def cite_again(answers: Sequence[Answer], carries: Sequence[Carry], *, by: User) -> None:
    """Let each answer cite what its origins cited and it does not yet."""
    wanted = {piece["id"] for each in carries for piece in each.pieces}
    there = set(EvidenceRevision.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    cited = {
        (each.answer_id, each.revision_id, each.place)
        for each in Citation.objects.filter(answer__in=answers)
    }
    Citation.objects.bulk_create(
        Citation(
            answer=answer,
            revision_id=piece["id"],
            **piece["place"].columns,
            added_by=by,
            added_at=clock.now(),
        )
        for answer, each in zip(answers, carries, strict=True)
        for piece in each.pieces
        if piece["id"] in there and (answer.pk, piece["id"], piece["place"]) not in cited
    )


def mark_carried(answers: Sequence[Answer]) -> None:
    """Let each answer wait until somebody confirms it or writes it anew."""
    Carried.objects.bulk_create(Carried(answer=each, version=each.version) for each in answers)
