"""What is typed in the evidence of an answer: saved with it, whatever button is pressed."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import QueryDict

from certification.applications import services
from certification.applications.forms.citing import NewEvidenceForm, PlaceForm
from certification.applications.models import Application, Citation
from certification.errors import CannotDo
from certification.standards.models import Criterion
from institutions.models import User
from institutions.services.evidence import add_evidence


class PlaceRefused(Exception):
    """A place could not be saved; its form says why."""


@dataclass(frozen=True)
class TypedEvidence:
    """Places that were typed, and a link or a note to be added and cited, if there is one."""

    places: list[PlaceForm] = field(default_factory=list)
    new: NewEvidenceForm | None = None

    @property
    def forms(self) -> list[PlaceForm | NewEvidenceForm]:
        return [*self.places, self.new] if self.new else [*self.places]

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    def save(self, application: Application, criterion: Criterion, *, by: User) -> None:
        """Save it, once it is valid. Raises PlaceRefused, so call it inside a transaction."""
        for form in self.places:
            try:
                services.change_place(form.citation, by=by, place=form.cleaned_data["place"])
            except CannotDo as refusal:
                form.add_error("place", str(refusal))
                raise PlaceRefused from refusal
        if self.new:
            added = add_evidence(application.institution, by=by, **self.new.given)
            services.cite(application, criterion, added.latest, by=by)


def typed_evidence(
    data: QueryDict,
    application: Application,
    criterion: Criterion,
    *,
    removed: Citation | None = None,
) -> TypedEvidence:
    """What was typed; places that were not may be older than their rows. The place beside a
    citation that is being `removed` is not asked about.
    """
    if not data:
        return TypedEvidence()
    places = [PlaceForm(data, citation=one) for one in citations_at(application, criterion)]
    new = NewEvidenceForm(data, criterion=criterion)
    return TypedEvidence(
        [form for form in places if form.has_changed() and form.citation != removed],
        new if new.is_typed else None,
    )


def citations_at(application: Application, criterion: Criterion) -> QuerySet[Citation]:
    rows = Citation.objects.filter(answer__application=application, answer__criterion=criterion)
    return rows.select_related("revision__evidence", "answer__criterion", "answer__application")
