"""What the office checks, and where each point is ruled.

The regulation wants a written request (point 3) and a report that illustrates the standards named
in the application (point 2). From institutions of social welfare the standards want four documents
to name community organising (standard A2); each is a point of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.applications.models import Application
from certification.standards.models import Criterion

DOCUMENTS_STANDARD = "A2"
REQUEST_POINT = "request"


@dataclass(frozen=True)
class Point:
    """`family` names the kind of point, of which documents have several: one a criterion."""

    code: str
    family: str
    title: str | Promise
    rule: str | Promise
    source: str | Promise
    criterion: Criterion | None = None


BEFORE_DOCUMENTS = (
    Point(
        REQUEST_POINT,
        "request",
        gettext_lazy("Written request"),
        gettext_lazy("The institution has asked for the certificate in writing, with a signature."),
        gettext_lazy("Regulation, point 3"),
    ),
    Point(
        "authority",
        "authority",
        gettext_lazy("Authority to sign"),
        gettext_lazy("Whoever signed may act for the institution: by office, or by authorisation."),
        gettext_lazy("Regulation, point 3"),
    ),
    Point(
        "report",
        "report",
        gettext_lazy("Complete report"),
        gettext_lazy(
            "The report illustrates every standard that this kind of institution is asked."
        ),
        gettext_lazy("Regulation, point 2"),
    ),
)
AFTER_DOCUMENTS = (
    Point(
        "declarations",
        "declarations",
        gettext_lazy("Declarations"),
        gettext_lazy("Every declaration was made: the facts, the authority, personal data."),
        gettext_lazy("Regulation, point 2"),
    ),
)
NO_DOCUMENTS = Point(
    "documents",
    "documents",
    gettext_lazy("Required documents"),
    gettext_lazy("Statute, organisational rules, job descriptions and strategy name the work."),
    gettext_lazy("Standard A2"),
)


def points_of(application: Application) -> list[Point]:
    """The points of this application, in the order of the printed check. One query or two."""
    documents = list(_documents(application)) or [NO_DOCUMENTS]
    return [*BEFORE_DOCUMENTS, *documents, *AFTER_DOCUMENTS]


def _documents(application: Application) -> Iterator[Point]:
    asked = application.criteria().filter(standard__code=DOCUMENTS_STANDARD)
    for criterion in asked.prefetch_related("evidence_types"):
        kinds = [str(kind) for kind in criterion.evidence_types.all()]
        yield Point(
            f"document-{criterion.code}",
            "document",
            " / ".join(kinds) or criterion.code,
            criterion.text,
            _("Standard %(standard)s, criterion %(criterion)s")
            % {"standard": DOCUMENTS_STANDARD, "criterion": criterion.code},
            criterion,
        )
