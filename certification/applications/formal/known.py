"""The facts that an application itself holds, for each point of its formal check."""

from collections.abc import Iterator

from django.template.defaultfilters import date as formatted
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.applications.models import Citation
from certification.applications.reading import missing
from certification.applications.states import Declaration, Result

from . import facts
from .facts import Case, Fact
from .points import Point


def submission(case: Case, point: Point) -> Iterator[Fact]:
    """That it came through the program is known; a signature is another room's to show."""
    application = case.application
    yield Fact(
        _("Submitted here on %(day)s as %(number)s.")
        % {
            "day": formatted(localtime(application.submitted_at), "j E Y, H:i"),
            "number": application.number,
        }
    )


def who_submitted(case: Case, point: Point) -> Iterator[Fact]:
    application, person = case.application, case.application.submitted_by
    if person is None:
        return
    yield Fact(
        _("Submitted by %(person)s, who declared to be authorised.") % {"person": person},
        url=reverse("institution_detail", args=[application.institution_id]),
    )


def report(case: Case, point: Point) -> Iterator[Fact]:
    lacking = missing(case.application, case.rows)
    whole = reverse("application_answers", args=[case.application.pk]) + "?widok=calosc"
    if lacking.unanswered:
        codes = ", ".join(row.criterion.code for row in lacking.unanswered)
        text = _("These criteria lack a text or a self-rating: %(codes)s.") % {"codes": codes}
        yield Fact(text, Result.UNMET, whole)
    else:
        number = len(case.rows)
        text = ngettext(
            "%(n)s criterion is answered: all that were asked.",
            "%(n)s criteria are answered: all that were asked.",
            number,
        )
        yield Fact(text % {"n": number}, Result.MET, whole)
    if lacking.unsupported:
        codes = ", ".join(row.criterion.code for row in lacking.unsupported)
        yield Fact(_("Rated as met, without evidence: %(codes)s.") % {"codes": codes})


def documents(case: Case, point: Point) -> Iterator[Fact]:
    """Evidence of the kinds the criterion wants, cited at it."""
    if point.criterion is None:
        return
    wanted = {kind.pk for kind in point.criterion.evidence_types.all()}
    citations = case.row(point.criterion.code).citations
    fitting = [each for each in citations if each.revision.evidence.type_id in wanted]
    for citation in fitting:
        yield Fact(_cited(citation), Result.MET, _place(case, citation))
    if not fitting:
        yield Fact(_("No document of this kind is cited at the criterion."), Result.UNMET)
        for citation in citations:
            yield Fact(_cited(citation), url=_place(case, citation))


def no_documents(case: Case, point: Point) -> Iterator[Fact]:
    text = _("This standard is not asked of the kind of institution: %(kind)s.")
    yield Fact(text % {"kind": case.application.kind}, Result.NOT_APPLICABLE)


def declarations(case: Case, point: Point) -> Iterator[Fact]:
    dossier = case.application.dossiers.last()
    made = set(dossier.contents.get("declarations", [])) if dossier else set()
    url = dossier.get_absolute_url() if dossier else ""
    if made.issuperset(Declaration.values):
        yield Fact(_("Every declaration is in the dossier."), Result.MET, url)
    else:
        yield Fact(_("The dossier does not hold every declaration."), Result.UNMET, url)


def _cited(citation: Citation) -> str:
    evidence = citation.revision.evidence
    return _("Cited: “%(title)s” (%(kind)s).") % {"title": evidence.title, "kind": evidence.type}


def _place(case: Case, citation: Citation) -> str:
    if not citation.revision.file:
        code = citation.answer.criterion.code
        whole = reverse("application_answers", args=[case.application.pk])
        return f"{whole}?widok=calosc#{code}"
    return reverse("cited_view", args=[case.application.pk, citation.revision_id])


def register_all() -> None:
    """Called once, when the app starts."""
    for family, provider in {
        "request": submission,
        "authority": who_submitted,
        "report": report,
        "document": documents,
        "documents": no_documents,
        "declarations": declarations,
    }.items():
        facts.register(family, provider)
