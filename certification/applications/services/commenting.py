"""Colleagues talk about a criterion. Events name nobody and hold no text, nor the case: its page
shows the case's events to the office, which has no part in this.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, Comment
from certification.applications.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.kinds import Kind
from certification.standards.models import Criterion
from institutions.models import User
from institutions.notices import notify


@transaction.atomic
def comment(
    application: Application,
    criterion: Criterion,
    *,
    by: User,
    text: str,
    told: Collection[User] = (),
    opening: Comment | None = None,
) -> Comment:
    """Say something to the colleagues, in a thread of its own or as an answer in `opening`'s.

    Those who are told get a notice, without the text: the office sees what mail goes out. An
    answer to a settled thread opens it again. Allowed until the case has ended, whoever's
    turn it is: colleagues talk while the office checks, too.
    """
    _refuse_ended(application)
    if opening is not None:
        opening = _locked(opening)
        if opening.settled_at:
            opening.settled_by = opening.settled_at = None
            opening.save(update_fields=["settled_by", "settled_at"])
    written = Comment.objects.create(
        application=application, criterion=criterion, opening=opening, text=text, written_by=by
    )
    written.told.set(told)
    record(Verb.COMMENT, written, by=by, criterion=criterion.code)
    notify(
        told,
        "comment_mention",
        kind=Kind.COMMENT,
        about=application,
        key=f"comment-{written.pk}",
        url=written.get_absolute_url(),
        comment=written,
        application=application,
    )
    return written


@transaction.atomic
def edit_comment(comment: Comment, *, by: User, text: str) -> Comment:
    """Put it in other words, as long as nobody has answered."""
    comment = _unanswered(comment)
    if comment.text == text:
        return comment
    comment.text, comment.edited_at = text, clock.now()
    comment.save(update_fields=["text", "edited_at"])
    record(Verb.EDIT_COMMENT, comment, by=by, criterion=comment.criterion.code)
    return comment


@transaction.atomic
def delete_comment(comment: Comment, *, by: User) -> None:
    """Take it back, as long as nobody has answered."""
    comment = _unanswered(comment)
    record(Verb.DELETE_COMMENT, comment, by=by, criterion=comment.criterion.code)
    comment.delete()


@transaction.atomic
def settle_comment(comment: Comment, *, by: User) -> Comment:
    """Mark the thread as settled. Done twice, it does nothing the second time."""
    thread = _locked(comment)
    if thread.settled_at is None:
        thread.settled_by, thread.settled_at = by, clock.now()
        thread.save(update_fields=["settled_by", "settled_at"])
        record(Verb.SETTLE_COMMENT, thread, by=by, criterion=thread.criterion.code)
    return thread


@transaction.atomic
def reopen_comment(comment: Comment, *, by: User) -> Comment:
    thread = _locked(comment)
    if thread.settled_at is not None:
        thread.settled_by = thread.settled_at = None
        thread.save(update_fields=["settled_by", "settled_at"])
        record(Verb.REOPEN_COMMENT, thread, by=by, criterion=thread.criterion.code)
    return thread


def is_answered(comment: Comment, replies: Collection[Comment]) -> bool:
    """Whether somebody reacted to it: an answer came later in its thread, or it was settled."""
    thread = comment.opening or comment
    return thread.settled_at is not None or any(reply.pk > comment.pk for reply in replies)


def _locked(comment: Comment) -> Comment:
    """The comment as it stands, locked; the thread it opens is locked with it."""
    rows = Comment.objects.select_for_update(of=("self",)).select_related("criterion")
    found = rows.filter(pk=comment.pk).first()
    if found is None:
        raise CannotDo(_("Somebody removed this comment in the meantime."))
    _refuse_ended(found.application)
    return found


def _unanswered(comment: Comment) -> Comment:
    thread = _locked(comment.opening or comment)
    found = thread if comment.opening_id is None else _locked(comment)
    found.opening = thread if comment.opening_id else None
    if is_answered(found, list(thread.replies.all())):
        raise CannotDo(
            _("Somebody has answered this comment, so it stays as it is. Add another one below.")
        )
    return found


def _refuse_ended(application: Application) -> None:
    current = Application.objects.only("state").get(pk=application.pk)
    if current.has_ended:
        raise TransitionNotAllowed(Verb.COMMENT, current.state)
