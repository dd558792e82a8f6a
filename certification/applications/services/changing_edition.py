"""A draft goes over to a newer edition of the standards, with everything that was written."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.dossiers import answers_of, canonical
from certification.applications.editions import offered_to
from certification.applications.models import Answer, Application, Carried, EditionChange
from certification.applications.reading import rows_of
from certification.applications.renewal.carrying import Carry, carry, said_in
from certification.applications.states import State, Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.descent import Kind, Lineage, trace
from certification.standards.models import RatingLevel, StandardSet
from institutions.models import User

from .answering import write
from .carrying import cite_again, common_scale

# A moved answer begins this much further on, so that a page that was opened before the move and
# is saved after it counts as older, whichever answer stands at its address now.
FAR = 1000


@transaction.atomic
def change_edition(application: Application, *, by: User, to: StandardSet) -> EditionChange:
    """Move a draft to the edition `to`, whose mapping the person saw.

    Each answer goes to the criterion that descends from its own, with its history and evidence;
    a split one is copied, several that become one are joined. What no criterion inherits stays
    readable in the change, as does everything else as it stood before.
    """
    locked = Application.objects.with_names().select_for_update(of=("self",)).get(pk=application.pk)
    if locked.state != State.DRAFT:
        raise TransitionNotAllowed(Verb.CHANGE_EDITION, locked.state)
    offered = offered_to(locked)
    if offered is None:
        raise CannotDo(_("This draft is written against the edition that holds now."))
    if offered != to:
        raise CannotDo(_("A newer edition was published since. Look at what changes once more."))
    before = locked.standard_set
    contents: dict[str, Any] = {"answers": answers_of(rows_of(locked))}
    lineage = trace(before, to)
    locked.standard_set = to
    carries = carry(said_in(contents, lineage.old), lineage, locked.criteria())
    taken, gone = _shared_out(locked, carries)
    change = _keep(locked, before, contents | {"history": _history_of(gone)}, by=by)
    locked.save(update_fields=["standard_set"])
    levels = common_scale(before, to)
    answers = [
        _move(own, each, locked, levels, by=by) for own, each in zip(taken, carries, strict=True)
    ]
    cite_again(answers, carries, by=by)
    _let_wait(answers, carries)
    _move_comments(locked, lineage, by=by)
    Answer.objects.filter(pk__in=[answer.pk for answer in gone]).delete()
    record(
        Verb.CHANGE_EDITION,
        locked,
        by=by,
        case=locked,
        before=before.code,
        after=to.code,
        carried=len(carries),
        gone=len(gone),
    )
    application.standard_set = to
    return change


def _keep(
    application: Application, before: StandardSet, contents: dict[str, Any], *, by: User
) -> EditionChange:
    """Write down how everything stood before it is moved."""
    return EditionChange.objects.create(
        application=application,
        before=before,
        after=application.standard_set,
        manifest=canonical(contents),
        changed_by=by,
        changed_at=clock.now(),
    )


def _history_of(answers: Iterable[Answer]) -> dict[str, list[dict[str, str]]]:
    """The earlier texts of answers that find no place of their own, by code, newest first."""
    return {
        answer.criterion.code: [
            {"text": version.text, "written_at": version.written_at.isoformat()}
            for version in answer.versions.all()
        ]
        for answer in answers
        if answer.versions.exists()
    }


def _shared_out(
    application: Application, carries: Iterable[Carry]
) -> tuple[list[Answer | None], list[Answer]]:
    """For each carry the answer that moves there, which its history follows: that of the first
    origin no other took. And the answers that no carry took.
    """
    answers = application.answers.select_related("criterion", "updated_by", "self_rating")
    left = {answer.criterion_id: answer for answer in answers}
    taken = []
    for each in carries:
        keys = [said.criterion.pk for said in each.origins if said.criterion.pk in left]
        taken.append(left.pop(keys[0]) if keys else None)
    return taken, list(left.values())


def _move(
    own: Answer | None,
    inherited: Carry,
    application: Application,
    levels: dict[Any, RatingLevel],
    *,
    by: User,
) -> Answer:
    answer = own or Answer(application=application, version=0, updated_by=by)
    answer.criterion = inherited.criterion
    rating = inherited.rating_among(levels)
    if answer.text != inherited.text:
        write(answer, by=by, self_rating=rating, text=inherited.text)
    answer.self_rating = rating
    answer.version += FAR
    answer.save()
    return answer


def _let_wait(answers: Iterable[Answer], carries: Iterable[Carry]) -> None:
    """An answer to other words than before is to be looked at; what waited already still does."""
    for answer, each in zip(answers, carries, strict=True):
        if each.how != Kind.SAME:
            Carried.objects.update_or_create(
                answer=answer,
                defaults={"version": answer.version, "confirmed_by": None, "confirmed_at": None},
            )
        else:  # of the same words: its text is the one it had
            waiting = Carried.objects.filter(answer=answer, version=answer.version - FAR)
            waiting.update(version=answer.version)


def _move_comments(application: Application, lineage: Lineage, *, by: User) -> None:
    """What colleagues said of a criterion goes to its first heir; where there is none, nobody is
    asked any more, and it stays to be read with the draft as it stood.
    """
    for old in lineage.old:
        comments = application.comments.filter(criterion=old)
        heirs = lineage.children[old.pk]
        if heirs:
            comments.update(criterion=heirs[0])
        else:
            comments.unsettled().update(settled_by=by, settled_at=clock.now())
