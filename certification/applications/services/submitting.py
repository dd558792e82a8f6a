"""The institution hands its application in, or takes it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications import dossiers
from certification.applications.models import Application, Dossier, DossierFile
from certification.applications.models.application import NUMBER
from certification.applications.reading import Row, missing
from certification.applications.states import Verb
from certification.errors import CannotDo
from certification.numbering.services import next_number
from institutions.models import EvidenceRevision, User

from .calls import refuse_after_closing
from .moving import locked_for, move

SERIES = "CAL/W"


def submit(
    application: Application, *, by: User, declared: bool, arrived_at: datetime | None = None
) -> Application:
    """Give the application its number, freeze the dossier and hand both to the office.

    `declared`: the person made every Declaration. Refused while an answer is missing. A call
    is answered on time when the request arrived in time, however long the files take to read.
    """
    arrived_at = arrived_at or clock.now()
    refuse_after_closing(application, arrived_at)
    checked = check_files(application)
    with transaction.atomic():
        locked = locked_for(application, Verb.SUBMIT)
        refuse_after_closing(locked, arrived_at)
        if not declared:
            raise CannotDo(_("Tick every declaration: without them nothing can be submitted."))
        _refuse_retired(locked)
        refuse_incomplete(locked)
        year = clock.today().year
        locked.number = NUMBER.format(number=next_number(SERIES, year), year=year)
        locked.submitted_by, locked.submitted_at = by, arrived_at
        locked.save(update_fields=["number", "submitted_by", "submitted_at"])
        dossier = freeze(locked, by=by, checked=checked)
        return move(application, Verb.SUBMIT, by=by, number=locked.number, sha256=dossier.sha256)


@transaction.atomic
def withdraw(application: Application, *, by: User, reason: str = "") -> Application:
    """Take the application back, at any time before the Committee decides, with a word why."""
    locked = locked_for(application, Verb.WITHDRAW)
    locked.end_note = reason.strip()
    locked.save(update_fields=["end_note"])
    return move(application, Verb.WITHDRAW, by=by)


def check_files(application: Application) -> frozenset[int]:
    """Read every cited file anew and refuse where one is not what was uploaded.

    Done before the transaction, as it may take seconds and a lock would hold others up.
    Gives the pks of the revisions found intact.
    """
    return frozenset(revision.pk for revision in _intact(application, but=frozenset()))


def _intact(application: Application, *, but: frozenset[int]) -> list[EvidenceRevision]:
    cited = EvidenceRevision.objects.filter(citations__answer__application=application)
    revisions = cited.exclude(pk__in=but).select_related("evidence").distinct()
    for revision in revisions:
        if not dossiers.is_intact(revision, revision.sha256):
            raise CannotDo(
                _(
                    "The stored file “%(file)s” (%(title)s) is not the one that was uploaded. "
                    "Add it anew as a new version, cite that one, and submit again."
                )
                % {"file": revision.filename, "title": revision.evidence.title}
            )
    return list(revisions)


@transaction.atomic
def freeze(application: Application, *, by: User, checked: frozenset[int] = frozenset()) -> Dossier:
    """Freeze all answers and citations as the next dossier.

    Files of revisions in `checked` were found intact already; the others are read now.
    """
    _intact(application, but=checked)
    cited = EvidenceRevision.objects.filter(citations__answer__application=application).distinct()
    number = application.dossiers.count() + 1
    manifest = dossiers.canonical(dossiers.manifest_of(application, number=number))
    dossier = Dossier.objects.create(
        application=application,
        number=number,
        manifest=manifest,
        sha256=dossiers.sha256_of(manifest),
        frozen_by=by,
    )
    DossierFile.objects.bulk_create(DossierFile(dossier=dossier, revision=each) for each in cited)
    return dossier


def _refuse_retired(application: Application) -> None:
    """What is rated must be what is asked now; a draft loses nothing by going over."""
    if application.standard_set.is_retired:
        raise CannotDo(
            _(
                "This draft is written against an edition that was retired. Move it to the one "
                "that holds now, then submit it. Nothing that you wrote is lost."
            )
        )


def refuse_incomplete(application: Application) -> None:
    found = missing(application)
    if found.unanswered:
        raise CannotDo(
            _("These criteria still lack a text or a self-rating: %(codes)s.")
            % {"codes": _codes(found.unanswered)}
        )
    if found.unconfirmed:
        raise CannotDo(
            _("These answers were taken over and still wait to be confirmed: %(codes)s.")
            % {"codes": _codes(found.unconfirmed)}
        )
    if found.too_long:
        raise CannotDo(
            _("These answers have more words than their limit allows: %(codes)s. Shorten them.")
            % {"codes": _codes(found.too_long)}
        )


def _codes(rows: list[Row]) -> str:
    return ", ".join(row.criterion.code for row in rows)
