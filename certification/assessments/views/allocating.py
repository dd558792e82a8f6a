"""The office gives a whole batch of cases to assessors, from a computed proposal."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from certification import clock
from certification.assessments import services
from certification.assessments.allocation.board import Board, CaseRow
from certification.assessments.allocation.forms import (
    CallFilter,
    DueForm,
    opened_case,
    read_draft,
)
from certification.assessments.allocation.gathering import Batch, gather
from certification.assessments.allocation.planning import first_draft, propose
from certification.assessments.allocation.solving import Solution
from certification.assessments.services import NotAllocated
from institutions.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def allocation(request: SignedInRequest) -> HttpResponse:
    """Propose on GET; on POST change by hand, compute the rest anew, or assign.

    The plan stands in the page alone until it is assigned: nothing of it is stored.
    """
    if not request.user.has_perm("assessments.allocate"):
        raise PermissionDenied
    calls = CallFilter(request.GET)
    due = DueForm(request.POST if request.method == "POST" else None, today=clock.today())
    batch = gather(request.user, due_on=due.day(), call=calls.chosen())
    page = AllocationPage(request, calls, due, batch)
    if request.method == "GET":
        draft, solution = propose(batch, first_draft(batch))
        return page.shown(Board(batch, draft), solution=solution)
    return page.answered()


class AllocationPage:
    """What one request is answered with."""

    def __init__(
        self, request: SignedInRequest, calls: CallFilter, due: DueForm, batch: Batch
    ) -> None:
        self.request, self.calls, self.due, self.batch = request, calls, due, batch

    def answered(self) -> HttpResponse:
        sent = self.request.POST
        draft, fits = read_draft(self.batch, sent)
        board = Board(self.batch, draft, opened=opened_case(self.batch, sent))
        if not self.due.is_valid():
            return self.shown(board, status=422)
        if not fits:
            text = _(
                "The cases or the assessors have changed since you opened this page. What no "
                "longer fits was left out, the rest of your choices was kept. Nothing was assigned."
            )
            return self.shown(board, refusal=text, status=409)
        if sent.get("do") == "compute":
            draft, solution = propose(self.batch, draft)
            return self.shown(Board(self.batch, draft), solution=solution)
        if sent.get("do") == "assign":
            return self.assigned(board)
        return self.shown(board)

    def assigned(self, board: Board) -> HttpResponse:
        """Everybody to their cases, or nobody and a page that says why."""
        if not board.to_assign:
            refusal = _("Nobody is chosen for any case yet.")
            return self.shown(board, refusal=refusal, status=422)
        if board.errors:
            return self.shown(board, status=422)
        if board.odd and "aware" not in self.request.POST:
            refusal = _(
                "Some of the choices break a rule of the proposal; they are marked. Change them, "
                "or confirm below that they are meant."
            )
            return self.shown(board, refusal=refusal, marked=board.odd, status=422)
        choices = [(row.application, [one.user for one in row.chosen]) for row in board.to_assign]
        try:
            services.allocate(choices, by=self.request.user, due_on=self.batch.due_on)
        except NotAllocated as refused:
            return self.shown(board, refusal=str(refused), status=409)
        count = len(choices)
        text = ngettext("%(n)d case was assigned.", "%(n)d cases were assigned.", count)
        messages.success(self.request, text % {"n": count})
        return redirect("assessment_list")

    def shown(
        self,
        board: Board,
        *,
        solution: Solution | None = None,
        refusal: str = "",
        marked: Iterable[CaseRow] = (),
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "board": board,
            "calls": self.calls,
            "due": self.due,
            "solution": solution,
            "refusal": refusal,
            "marked": marked,
            "here": self.request.get_full_path(),
            "is_aware": "aware" in self.request.POST,
        }
        return render(self.request, "assessments/allocation.html", context, status=status)
