"""From the office's choice to the public page: proposed, agreed to or declined, taken down."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.audit.services import record
from certification.certificates.models import Certificate
from certification.errors import CannotDo, TransitionNotAllowed
from certification.standards.models import Standard
from institutions.models import User

from . import emails
from .candidates import candidates
from .models import LONGEST, Praise, PraiseSentence, PraiseStep
from .states import Step, Verb

MOST = 8  # sentences on a page


@transaction.atomic
def propose_praise(certificate: Certificate, *, by: User, sentences: dict[Standard, str]) -> Praise:
    """Put sentences before the institution; they take the place of a proposal not yet answered.

    Raises CannotDo without a sentence, with more than a page holds, or for a standard that the
    consolidated card does not say is met.
    """
    application = _locked(certificate)
    kept = {
        standard: " ".join(text.split()) for standard, text in sentences.items() if text.strip()
    }
    if not kept:
        raise CannotDo(_("Write at least one sentence."))
    if len(kept) > MOST:
        raise CannotDo(_("Choose at most %(most)s sentences.") % {"most": MOST})
    if max(map(len, kept.values())) > LONGEST:
        raise CannotDo(_("A sentence has at most %(most)s characters.") % {"most": LONGEST})
    if not kept.keys() <= {each.standard for each in candidates(application)}:
        raise CannotDo(_("Only a standard that is met can be praised."))
    praise = Praise.objects.create(application=application, proposed_by=by, proposed_at=clock.now())
    PraiseSentence.objects.bulk_create(
        PraiseSentence(praise=praise, position=position, standard=standard, text=text)
        for position, (standard, text) in enumerate(kept.items(), start=1)
    )
    record(Verb.PROPOSE, praise, by=by, case=application, sentences=len(kept))
    emails.proposed(praise, certificate)
    return praise


@transaction.atomic
def agree_praise(praise: Praise, *, by: User) -> PraiseStep:
    """The institution agrees: from now on the sentences stand on its public page.

    Raises TransitionNotAllowed when it was answered, or a newer proposal took its place.
    """
    step = _answer(praise, Step.AGREED, by=by)
    record(Verb.AGREE, praise, by=by, case=praise.application)
    emails.answered(praise, step)
    return step


@transaction.atomic
def decline_praise(praise: Praise, *, by: User, note: str) -> PraiseStep:
    """The institution would rather not, and says why: the office reads it and may word it anew."""
    if not note.strip():
        raise CannotDo(_("Say what should be different, or why you do not agree."))
    step = _answer(praise, Step.DECLINED, by=by, note=note.strip())
    record(Verb.DECLINE, praise, by=by, case=praise.application)
    emails.answered(praise, step)
    return step


@transaction.atomic
def take_down_praise(praise: Praise, *, by: User) -> PraiseStep:
    """Take what is published off the page; raises TransitionNotAllowed when it is not there."""
    Application.objects.select_for_update().get(pk=praise.application_id)
    if not Praise.objects.published().filter(pk=praise.pk).exists():
        raise TransitionNotAllowed(Verb.TAKE_DOWN, Step.TAKEN_DOWN)
    step = _step(praise, Step.TAKEN_DOWN, by=by)
    record(Verb.TAKE_DOWN, praise, by=by, case=praise.application)
    return step


def _locked(certificate: Certificate) -> Application:
    return Application.objects.select_for_update().get(pk=certificate.application_id)


def _answer(praise: Praise, step: Step, *, by: User, note: str = "") -> PraiseStep:
    Application.objects.select_for_update().get(pk=praise.application_id)
    if not Praise.objects.awaiting().filter(pk=praise.pk).exists():
        last = praise.steps.last()
        raise TransitionNotAllowed(Verb.AGREE, last.step if last else step)
    return _step(praise, step, by=by, note=note)


def _step(praise: Praise, step: Step, *, by: User, note: str = "") -> PraiseStep:
    return PraiseStep.objects.create(
        praise=praise, step=step, note=note, done_by=by, done_at=clock.now()
    )
