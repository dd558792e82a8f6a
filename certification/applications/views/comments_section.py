"""The thread of colleagues beside an answer, and on a page of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from certification.applications.forms.commenting import CommentForm
from certification.applications.models import Application, Comment
from certification.applications.services.commenting import is_answered
from certification.standards.models import Criterion
from institutions.models import User
from institutions.notices import members_of

NEW = "komentarz"  # the prefix of the form that opens a thread


@dataclass
class Said:
    """One comment as this person sees it."""

    comment: Comment
    may_change: bool


@dataclass
class Thread:
    """A comment with its answers, and the form to answer with."""

    opening: Comment
    said: list[Said] = field(default_factory=list)
    form: CommentForm | None = None

    @property
    def is_settled(self) -> bool:
        return self.opening.settled_at is not None


def comments_section(
    user: User,
    application: Application,
    criterion: Criterion,
    refused: CommentForm | None = None,
    *,
    begins: bool = True,
) -> dict[str, Any]:
    """The context of applications/_comments.html; `refused` is a form that comes back.

    Where nobody said anything and nobody `begins` to, there is no form, and no colleagues.
    """
    comments = Comment.objects.filter(application=application, criterion=criterion)
    threads = threads_of(comments, user, may_write=not application.has_ended)
    has_forms = not application.has_ended and bool(threads or refused or begins)
    colleagues = colleagues_of(application, but=user) if has_forms else []
    for thread in threads:
        asked = [said.comment.written_by_id for said in thread.said[-1:]]
        thread.form = _form(f"{NEW}-{thread.opening.pk}", colleagues, refused, told=asked)
    return {
        "application": application,
        "criterion": criterion,
        "open": [thread for thread in threads if not thread.is_settled],
        "settled": [thread for thread in threads if thread.is_settled],
        "form": _form(NEW, colleagues, refused) if has_forms else None,
        "begins": begins,
        "may_write": not application.has_ended,
    }


def threads_of(comments: Iterable[Comment], user: User, *, may_write: bool) -> list[Thread]:
    """The comments in threads, the oldest first. One query where there are none, else five."""
    # most criteria have none: joined to these, a query for nothing takes three times as long
    rows = comments.prefetch_related(  # type: ignore[attr-defined]
        "written_by", "settled_by", "criterion", "told"
    )
    threads: dict[int, Thread] = {}
    answers: dict[int, list[Comment]] = {}
    for row in rows:
        if row.opening_id is None:
            threads[row.pk] = Thread(row)
        else:
            answers.setdefault(row.opening_id, []).append(row)
    for pk, thread in threads.items():
        replies = answers.get(pk, [])
        for row in [thread.opening, *replies]:
            row.opening = thread.opening if row.opening_id else None
            mine = may_write and row.written_by_id == user.pk
            thread.said.append(Said(row, mine and not is_answered(row, replies)))
    return list(threads.values())


def colleagues_of(application: Application, *, but: User) -> list[User]:
    """The other people of the institution today, in the order of their names."""
    members = members_of(application.institution).exclude(pk=but.pk)
    return list(members.order_by("full_name").only("full_name"))


def open_comments(application: Application) -> dict[int, int]:
    """How many threads are not settled, by the pk of the criterion."""
    unsettled = Comment.objects.unsettled().filter(application=application).order_by()
    return dict(unsettled.values_list("criterion").annotate(Count("pk")))


def _form(
    prefix: str, colleagues: list[User], refused: CommentForm | None, told: Sequence[int] = ()
) -> CommentForm:
    """The form of one thread; whoever spoke last in it is told of the answer unless unticked."""
    if refused is not None and refused.prefix == prefix:
        return refused
    return CommentForm(prefix=prefix, colleagues=colleagues, initial={"told": told})
