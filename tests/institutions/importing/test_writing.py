"""What the preview said is what happens: no more, no less, in one transaction, journalled."""

import random
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from certification.audit.models import Event
from certification.audit.services import faults
from institutions.import_files import Row
from institutions.models import Institution, NameForm
from institutions.services.importing import (
    Outcome,
    Plan,
    PlanChanged,
    import_institutions,
    preview,
)
from institutions.services.importing.fields import WRITTEN
from institutions.states import Origin, Role, Verb
from tests.factories import confirm_names, make_institution, make_kind, make_user

pytestmark = pytest.mark.usefixtures("kinds")

NIPS = ["1234563218", "5261040828", "8670003563", "123"]
REGONS = ["123456785", "000331501", "331501", "9"]
NAMES = ["MOPS w Próbie", "Dom Kultury", "Biblioteka", "Biblioteka – Filia nr 2", "OPS", ""]
TOWNS = ["Próba", "PRÓBA", "Żary", ""]


def a_row(number: int, chance: random.Random) -> Row:
    """Something between a good row and nonsense, from so few words that rows often meet."""
    cells = {
        "name": chance.choice(NAMES),
        "kind": chance.choice(["MOPS", "biblioteka", "sklep", "", "jednostka OPS"]),
        "town": chance.choice(TOWNS),
        "voivodeship": chance.choice(["śląskie", "lubuskie", "?", ""]),
        "nip": chance.choice([*NIPS, "", "", ""]),
        "regon": chance.choice([*REGONS, "", "", ""]),
        "street": chance.choice(["Nowa 1", "Stara 2", ""]),
        "teryt": chance.choice(["0801011", "801011", "", ""]),
        "parent": chance.choice([*NAMES, *NIPS, "", "", "", "", ""]),
    }
    forms = {"gen": "Forma", "dat": "Inna"} if chance.random() < 0.3 else {}
    return Row(number, {name: text for name, text in cells.items() if text}, forms)


def as_stored() -> dict[int, dict[str, Any]]:
    fields = ("pk", "parent_id", *(f"{name}_id" if name == "kind" else name for name in WRITTEN))
    return {each["pk"]: each for each in Institution.objects.values(*fields)}


def written(plan: Plan, before: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """What the plan says the table holds afterwards."""
    after = {pk: dict(fields) for pk, fields in before.items()}
    for each in plan.of(Outcome.NEW) + plan.of(Outcome.CHANGED):
        one = each.institution
        row = after.setdefault(one.pk, {"pk": one.pk, "parent_id": one.parent_id})
        row |= {name: getattr(one, name) for name in WRITTEN if name != "kind"}
        row["kind_id"] = one.kind_id
    return after


@pytest.mark.parametrize("seed", range(12))
def test_what_was_shown_is_what_happened(seed):
    """Random files against random lists: shown, written, and shown again as unchanged."""
    chance = random.Random(seed)  # noqa: S311
    make_institution(name="MOPS w Próbie", town="Próba", voivodeship="24", nip=NIPS[0])
    confirm_names(make_institution(name="Biblioteka", town="Żary", voivodeship="08"))
    rows = [a_row(number, chance) for number in range(2, 32)]
    shown, before = preview(rows), as_stored()
    done = import_institutions(rows, by=None, seen=shown.version)
    assert [each.mark() for each in done.rows if each.found] == [
        each.mark() for each in shown.rows if each.found
    ]
    assert as_stored() == written(done, before)
    assert len(as_stored()) == len(before) + len(shown.of(Outcome.NEW))
    again = preview(rows)
    written_now = {each.number for each in again.rows if each.changes and not each.problems}
    assert written_now <= {each.number for each in shown.of(Outcome.REFUSED)}
    assert list(faults()) == []


OPS = "Ośrodek Pomocy Społecznej w Próbie"
ROWS = [
    Row(
        2,
        {
            "name": "Ośrodek Pomocy Społecznej w Próbie",
            "kind": "OPS",
            "town": "Próba",
            "voivodeship": "śląskie",
        },
    ),
    Row(3, {"name": "Biblioteka", "town": "Próba", "street": "Nowa 2"}, {"gen": "Biblioteki"}),
    Row(4, {"name": "Sklep", "kind": "sklep", "town": "Próba", "voivodeship": "śląskie"}),
]


def library(**fields: Any) -> Institution:
    return make_institution(
        name="Biblioteka", town="Próba", voivodeship="24", kind=make_kind("library"), **fields
    )


def test_preview_writes_nothing():
    library()
    counts = [model.objects.count() for model in (Institution, NameForm, Event)]
    with CaptureQueriesContext(connection) as queries:
        preview(ROWS)
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []
    assert [model.objects.count() for model in (Institution, NameForm, Event)] == counts


def test_new_ones_get_suggestions_and_every_institution_one_event():
    changed, clerk = library(), make_user(Role.OFFICE)
    import_institutions(ROWS, by=clerk)
    new = Institution.objects.get(name=OPS)
    assert (new.created_by, new.gender) == (clerk, "m")
    assert new.name_forms.get(variant="full", case="nom").origin == Origin.SUGGESTED
    assert changed.name_forms.get(variant="full", case="gen").origin == Origin.IMPORTED
    events = Event.objects.filter(verb=Verb.IMPORT_INSTITUTIONS).order_by("seq")
    assert [(event.by, event.facts) for event in events] == [
        (clerk, {"outcome": "created"}),
        (clerk, {"outcome": "updated"}),
    ]
    assert list(faults()) == []


def test_imported_institutions_are_found_by_what_came_in():
    library()
    import_institutions(ROWS, by=None)
    assert Institution.objects.matching("probie osrodkowi").get().kind.code == "social_assistance"
    assert Institution.objects.matching("biblioteki").get().name == "Biblioteka"


def test_forms_typed_or_confirmed_are_never_replaced():
    institution = library()
    confirm_names(institution, full={"gen": "Biblioteki Naszej"})
    import_institutions(ROWS, by=None)
    form = institution.name_forms.get(variant="full", case="gen")
    assert (form.text, form.is_confirmed) == ("Biblioteki Naszej", True)


def test_other_plan_than_the_one_shown_is_not_written():
    institution = library()
    seen = preview(ROWS).version
    Institution.objects.filter(pk=institution.pk).update(street="Ktoś zmienił 3")
    with pytest.raises(PlanChanged):
        import_institutions(ROWS, by=None, seen=seen)
    assert Institution.objects.count() == 1
    assert not Event.objects.exists()


def test_one_added_by_somebody_at_the_same_moment_rolls_all_back(monkeypatch):
    def taken(*args: Any, **options: Any) -> None:
        raise IntegrityError

    library()
    monkeypatch.setattr("institutions.services.importing.writing.record_each", taken)
    with pytest.raises(PlanChanged):
        import_institutions(ROWS, by=None)
    assert Institution.objects.count() == 1
    assert Institution.objects.get().street == ""


def test_nothing_to_write_leaves_no_event():
    import_institutions(ROWS[2:], by=None)
    assert not Event.objects.exists()


def test_many_rows_cost_what_one_costs():
    library()
    import_institutions(ROWS, by=None)  # the first event of a journal costs more
    costs = []
    for count in (1, 60):
        one = ROWS[0].cells
        rows = [Row(n + 9, {**one, "name": f"Ośrodek {count}.{n}"}) for n in range(count)]
        Institution.objects.update(street="")
        with CaptureQueriesContext(connection) as queries:
            import_institutions([*ROWS[1:], *rows], by=None)
        inserts = [q for q in queries if q["sql"].startswith("INSERT")]  # in batches
        costs.append(len(queries) - len(inserts))
    assert costs == [12, 12]
