"""A sample is written, or copied from an ended case and made anonymous."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from certification.applications.models import Application, Citation
from certification.applications.submitted import rows_for
from certification.assessments.calibration.anonymising import Identity, identity_of
from certification.assessments.calibration.states import Stage, Verb
from certification.assessments.models import CalibrationRound, SampleAnswer
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards.models import Criterion, InstitutionKind, RatingLevel, StandardSet
from institutions.models import User


@transaction.atomic
def create_round(
    *, by: User, title: str, standard_set: StandardSet, kind: InstitutionKind
) -> CalibrationRound:
    """Begin a round with an empty sample: a criterion is rated once something is written there."""
    created = CalibrationRound.objects.create(
        title=title.strip(), standard_set=standard_set, kind=kind, created_by=by
    )
    SampleAnswer.objects.bulk_create(
        SampleAnswer(round=created, criterion=criterion, is_rated=False)
        for criterion in created.questions().criteria
    )
    record(Verb.CREATE, created, by=by)
    return created


@transaction.atomic
def copy_case(application: Application, *, by: User, title: str) -> CalibrationRound:
    """Begin a round with the answers of an ended case, names and places replaced.

    Of its evidence only titles and places are taken, as lines of text: files cannot be made
    anonymous. Raises CannotDo for a case that has not ended or was never submitted.
    """
    if not application.has_ended or application.submitted_at is None:
        raise CannotDo(_("Only a case that has ended can become a sample."))
    identity = identity_of(application)
    created = CalibrationRound.objects.create(
        title=title.strip(),
        about=str(application.kind),
        standard_set=application.standard_set,
        kind=application.kind,
        source=application,
        created_by=by,
    )
    SampleAnswer.objects.bulk_create(_copied(created, application, identity))
    record(Verb.CREATE, created, by=by, source=application.pk)
    return created


def _copied(
    created: CalibrationRound, application: Application, identity: Identity
) -> Iterable[SampleAnswer]:
    rows = rows_for(created.created_by, application)
    with override(settings.LANGUAGE_CODE):  # as the answers, whatever the copier reads
        cited = {row.criterion.pk: _described(row.citations) for row in rows}
    answers = {row.criterion.pk: row.answer for row in rows}
    for criterion in created.questions().criteria:
        answer = answers.get(criterion.pk)
        yield SampleAnswer(
            round=created,
            criterion=criterion,
            is_rated=answer is not None,
            self_rating=answer.self_rating if answer else None,
            text=identity.taken_out_of(answer.text) if answer else "",
            evidence=identity.taken_out_of("\n".join(cited.get(criterion.pk, []))),
        )


def _described(citations: Iterable[Citation]) -> list[str]:
    """A line a piece."""
    found = []
    for each in citations:
        evidence = each.revision.evidence
        line = f"{evidence.title} ({evidence.type.name_pl})"
        found.append(f"{line}, {each.place}" if each.place else line)
    return found


def locked_round(calibration: CalibrationRound, verb: Verb, *stages: Stage) -> CalibrationRound:
    """The round as it stands now, kept so until the transaction ends.

    Raises TransitionNotAllowed when it is at none of these stages.
    """
    rounds = CalibrationRound.objects.select_for_update(of=("self",))
    locked = rounds.select_related("standard_set", "kind").get(pk=calibration.pk)
    if locked.stage not in stages:
        raise TransitionNotAllowed(verb, locked.stage)
    return locked


@transaction.atomic
def edit_round(
    calibration: CalibrationRound, *, by: User, title: str, about: str, expected_version: int
) -> CalibrationRound:
    """Change what stands above the sample, before it is opened. Raises Stale with the newer."""
    locked = locked_round(calibration, Verb.EDIT, Stage.PREPARED)
    if locked.version != expected_version:
        raise Stale(locked)
    locked.title, locked.about, locked.version = title.strip(), about.strip(), locked.version + 1
    locked.save(update_fields=["title", "about", "version"])
    record(Verb.EDIT, locked, by=by)
    return locked


@transaction.atomic
def edit_sample(
    answer: SampleAnswer,
    *,
    by: User,
    text: str,
    evidence: str,
    self_rating: RatingLevel | None,
    is_rated: bool,
    expected_version: int,
) -> SampleAnswer:
    """Change what the sample says about one criterion, or leave the criterion out.

    Raises Stale with the newer one when another tab or colleague was faster.
    """
    locked = locked_round(answer.round, Verb.EDIT_SAMPLE, Stage.PREPARED)
    saved = locked.sample.select_for_update(of=("self",)).get(pk=answer.pk)
    if saved.version != expected_version:
        raise Stale(saved)
    if self_rating is not None and self_rating.standard_set_id != locked.standard_set_id:
        raise CannotDo(_("This level belongs to another edition of the standards."))
    saved.text, saved.evidence = text.strip(), evidence.strip()
    saved.self_rating, saved.is_rated = self_rating, is_rated
    saved.version += 1
    saved.save()
    record(Verb.EDIT_SAMPLE, saved, by=by, criterion=_code(saved))
    return saved


def _code(answer: SampleAnswer) -> str:
    return Criterion.objects.values_list("code", flat=True).get(pk=answer.criterion_id)


@transaction.atomic
def replace(calibration: CalibrationRound, *, by: User, old: str, new: str) -> int:
    """Put `new` for `old` all over the sample and in what stands above it; in how many places.

    Capitals matter, and parts of words count: „Kowalsk” finds „Kowalska” too.
    """
    locked = locked_round(calibration, Verb.REPLACE, Stage.PREPARED)
    places = locked.about.count(old)
    if places:
        locked.about, locked.version = locked.about.replace(old, new), locked.version + 1
        locked.save(update_fields=["about", "version"])
    changed = []
    for answer in locked.sample.all():
        here = answer.text.count(old) + answer.evidence.count(old)
        if here:
            answer.text = answer.text.replace(old, new)
            answer.evidence = answer.evidence.replace(old, new)
            answer.version += 1
            changed.append(answer)
            places += here
    SampleAnswer.objects.bulk_update(changed, ["text", "evidence", "version"])
    if places:
        record(Verb.REPLACE, locked, by=by, places=places)
    return places


@transaction.atomic
def discard_round(calibration: CalibrationRound, *, by: User) -> None:
    """Drop a round that was never opened, with its sample."""
    locked = locked_round(calibration, Verb.DISCARD, Stage.PREPARED)
    record(Verb.DISCARD, locked, by=by)
    locked.delete()
