"""The part of an answer's page that shows what is cited, and adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from certification.applications.forms.citing import (
    FilesForm,
    NewEvidenceForm,
    PlaceForm,
)
from certification.applications.models import Answer, Application, Citation
from certification.applications.picking import Offer, offer
from certification.applications.places import understood
from certification.standards.models import Criterion
from institutions.forms.evidence import KindForAll
from institutions.requests import SignedInRequest
from institutions.services.uploads import room_of
from institutions.views.several import Row, sending, sent_rows

from .typed_evidence import TypedEvidence, typed_evidence

MAX_WORDS = 100


@dataclass(frozen=True)
class Cited:
    """A citation being edited; `newest` is the number of a newer version, if there is one."""

    citation: Citation
    form: PlaceForm
    newest: int = 0
    is_new: bool = False  # cited just now, in place: its field takes the focus

    @property
    def told(self) -> str:
        return understood(self.citation.place, self.citation.revision)

    @property
    def example(self) -> str:
        """How a place in it is written."""
        revision = self.citation.revision
        if revision.text:
            return _("paragraph 2")
        return "12:30" if revision.is_film or revision.is_sound else "s. 4–6"


def citing_section(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    answer: Answer | None,
    citing: forms.Form | None = None,
    typed: TypedEvidence | None = None,
) -> dict[str, Any]:
    """The context of applications/_answer_evidence.html; `citing` and `typed` were refused."""
    citations = citations_of(answer)
    typed = typed or typed_evidence(request.POST, application, criterion)
    wants_new = request.GET.get("dodaj") == "tekst"
    asked = request.POST if request.method == "POST" else request.GET
    is_asked = "szukaj" in asked
    return {
        "application": application,
        "criterion": criterion,
        "cited": cited_rows(citations, typed=typed.places),
        "typed": typed,
        "new": typed.new or (NewEvidenceForm(criterion=criterion) if wants_new else None),
        # suggestions come on their own once somebody looks at them: the page opens sooner
        "offer": offer_of(request, application, criterion, citations) if is_asked else None,
        "words": asked.get("szukaj", "")[:MAX_WORDS],
        "sending": _files_again(request, application, criterion, citing),
    }


def files_of(
    request: SignedInRequest, application: Application, criterion: Criterion, rows: list[Row]
) -> dict[str, Any]:
    """The context of institutions/_sending_body.html for files that this answer will cite."""
    institution = application.institution
    return sending(institution, room_of(institution), rows, kind_for_all(request, criterion))


def kind_for_all(request: SignedInRequest, criterion: Criterion) -> KindForAll:
    """A file is most likely of the first kind that usually shows the criterion."""
    usual = [kind.pk for kind in criterion.evidence_types.all()][:1]
    sent = request.POST if "type_for_all" in request.POST else None
    return KindForAll(sent, initial={"type_for_all": usual[0] if usual else None})


def _files_again(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    refused: forms.Form | None,
) -> dict[str, Any] | None:
    """Files that came with a form which is shown again: none of what was typed of them is lost."""
    if isinstance(refused, FilesForm):
        rows = refused.rows
    elif "row" in request.POST:
        rows = sent_rows(request, application.institution, kind_for_all(request, criterion))
    else:
        return None
    return files_of(request, application, criterion, rows)


def citations_of(answer: Answer | None) -> list[Citation]:
    """What the answer cites, each `with_newest`."""
    if answer is None:
        return []
    cited = answer.citations.with_newest()
    return list(cited.select_related("revision__evidence__type"))


def cited_rows(
    citations: list[Citation], *, typed: Sequence[PlaceForm] = (), new: int = 0
) -> list[Cited]:
    """The rows of what `citations_of` gave; `new` is the pk of one that was cited just now."""
    rows, typed_in = [], {form.citation.pk: form for form in typed}
    for citation in citations:
        rows.append(
            Cited(
                citation,
                typed_in.get(citation.pk) or PlaceForm(citation=citation),
                newest=citation.newest if citation.newest > citation.revision.number else 0,
                is_new=citation.pk == new,
            )
        )
    return rows


def offer_of(
    request: SignedInRequest,
    application: Application,
    criterion: Criterion,
    citations: list[Citation],
) -> Offer:
    """What was looked for in the address or the form, or suggestions."""
    asked = request.POST if request.method == "POST" else request.GET
    typed = asked.get("strona", "")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
    words = asked.get("szukaj", "")[:MAX_WORDS].replace("\0", "")
    return offer(application, criterion, citations, to=request.user, words=words, page=max(page, 1))
