"""What stands in the database, in the ways a row of a file may point at it."""

import re
from collections.abc import Iterable, Sequence
from typing import Self

from django.utils.translation import gettext as _

from certification.errors import CannotDo
from certification.finding import fold
from certification.standards.models import InstitutionKind
from institutions.grammar import Variant
from institutions.import_files import Row
from institutions.import_files.kinds import Kinds
from institutions.models import FormerName, Institution, NameForm

_SMALL_WORDS = {"w", "we", "i", "z", "na", "im", "imienia", "nr", "oraz", "dla", "do", "ul"}


class Standing:
    """Institutions by number, by name and town, and by names that are nearly the same.

    `add` puts a new one there too, so that a later row of the file can point at it.
    """

    def __init__(
        self,
        institutions: Iterable[Institution],
        *,
        kinds: Iterable[InstitutionKind],
        former_names: Iterable[FormerName] = (),
        forms: Iterable[NameForm] = (),
    ) -> None:
        self.kinds = Kinds(kinds)
        self.by_pk: dict[int, Institution] = {}
        self._by_nip: dict[str, Institution] = {}
        self._by_regon: dict[str, Institution] = {}
        self._by_name: dict[tuple[str, str], Institution] = {}
        self._not_units: dict[str, list[Institution]] = {}
        self._alike: dict[tuple[str, str], Institution] = {}
        self.forms: dict[int, dict[str, NameForm]] = {}
        for institution in institutions:
            self.by_pk[institution.pk] = institution
            self.add(institution)
        for former in former_names:
            institution = self.by_pk[former.institution_id]
            self._by_name.setdefault((fold(former.name), fold(institution.town)), institution)
        for form in forms:
            self.forms.setdefault(form.institution_id, {})[form.case] = form

    @classmethod
    def now(cls, rows: Sequence[Row], *, lock: bool = False) -> Self:
        """Four queries, however many rows. With `lock`, nobody changes any institution until the
        transaction ends. Raises CannotDo when the catalogue of kinds is empty.
        """
        kinds = list(InstitutionKind.objects.all())
        if not kinds:
            raise CannotDo(
                _(
                    "There are no kinds of institutions in the catalogue yet. Import the "
                    "standards first: manage.py import_standards"
                )
            )
        institutions = Institution.objects.defer("search_text").order_by("pk")
        if lock:
            institutions = institutions.select_for_update(of=("self",))
        declined = [row["name"] for row in rows if row.name_forms]
        return cls(
            institutions,
            kinds=kinds,
            former_names=FormerName.objects.order_by("-used_until"),
            forms=NameForm.objects.filter(variant=Variant.FULL, institution__name__in=declined),
        )

    def add(self, institution: Institution) -> None:
        name, town = fold(institution.name), fold(institution.town)
        self._by_name.setdefault((name, town), institution)
        self.add_numbers(institution, nip=institution.nip, regon=institution.regon)
        for likeness in _likenesses(institution.name, institution.town):
            self._alike.setdefault((town, likeness), institution)
        if not is_unit(institution):
            self._not_units.setdefault(name, []).append(institution)

    def add_numbers(self, institution: Institution, *, nip: str, regon: str) -> None:
        """Numbers that one on the list gets from the file."""
        if regon:
            self._by_regon.setdefault(regon, institution)
        if nip and not is_unit(institution):
            self._by_nip.setdefault(nip, institution)

    def by_nip(self, nip: str) -> Institution | None:
        """The one that is no unit: units share the NIP of their institution."""
        return self._by_nip.get(nip)

    def by_regon(self, regon: str) -> Institution | None:
        return self._by_regon.get(regon)

    def by_name(self, name: str, town: str) -> Institution | None:
        """By its name now or earlier; capitals and accents do not matter."""
        return self._by_name.get((fold(name), fold(town)))

    def not_units_named(self, name: str) -> list[Institution]:
        return self._not_units.get(fold(name), [])

    def alike(self, name: str, town: str) -> Institution | None:
        """One of the same town whose name has the same words, or is their acronym."""
        likenesses = ((fold(town), likeness) for likeness in _likenesses(name, town))
        return next((self._alike[each] for each in likenesses if each in self._alike), None)


def is_unit(institution: Institution) -> bool:
    """Also of one whose institution is not saved yet."""
    return institution.parent_id is not None or institution.parent is not None


def _likenesses(name: str, town: str) -> list[str]:
    """„MOPS”, „Miejski Ośrodek Pomocy Społecznej w Radomiu” and „… Radom” have one in common."""
    stems = {word[:3] for word in re.findall(r"\w+", fold(town))}
    words = [
        word
        for word in re.findall(r"\w+", fold(name))
        if word not in _SMALL_WORDS and not (len(word) > 2 and word[:3] in stems)
    ]
    if len(words) < 2:
        return words
    roots = sorted({word if word.isdigit() else word[:5] for word in words})
    return [" ".join(roots), "".join(word if word.isdigit() else word[0] for word in words)]
