"""The set of letters that follow from one decision, and how each stands."""

from dataclasses import dataclass

from certification.applications.models import Application
from certification.certificates.models import Certificate
from certification.decisions.models import Decision

from .models import CommendationLetter, Official
from .states import AFTER_REFUSAL, APPEALS, GOES_WITH_CERTIFICATE, Kind


@dataclass(frozen=True)
class Place:
    """One kind of letter in the set. `needs` says that a form asks for something first."""

    kind: Kind
    letters: tuple[CommendationLetter, ...]
    may_draft: bool
    needs: bool

    @property
    def is_empty(self) -> bool:
        return not self.letters


@dataclass(frozen=True)
class LetterSet:
    application: Application
    places: tuple[Place, ...]
    official: Official | None
    certificate: Certificate | None

    @property
    def at_once(self) -> list[Kind]:
        """Kinds that can be drafted without asking for anything."""
        return [each.kind for each in self.places if each.may_draft and not each.needs]


def set_of(application: Application) -> LetterSet:
    """Four queries."""
    decision: Decision | None = getattr(application, "decision", None)
    certificate = Certificate.objects.standing().filter(application=application).first()
    official = Official.objects.filter(institution=application.institution_id).first()
    letters = list(
        application.letters.select_related(
            "approved_by", "drafted_by", "edited_by", "replaced_by", "returned_by"
        ).order_by("pk")
    )
    kinds: tuple[Kind, ...] = ()
    if decision is not None:
        kinds = AFTER_REFUSAL if decision.is_refusal else GOES_WITH_CERTIFICATE
    there = {letter.kind for letter in letters}
    places = []
    for kind in kinds:
        mine = tuple(letter for letter in letters if letter.kind == kind)
        open_to_draft = not mine or kind == Kind.PARTNER
        if kind in APPEALS:
            open_to_draft = there.isdisjoint(APPEALS)
        may_draft = open_to_draft and (kind in AFTER_REFUSAL or certificate is not None)
        places.append(Place(kind, mine, may_draft, _needs(kind, official)))
    return LetterSet(application, tuple(places), official, certificate)


def _needs(kind: Kind, official: Official | None) -> bool:
    if kind == Kind.CONGRATULATIONS:
        return official is None
    return kind == Kind.PARTNER or kind in APPEALS
