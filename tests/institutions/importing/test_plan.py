"""What an import would do: new, changed, unchanged or refused, and why, in plain words."""

import pytest

from certification import clock
from institutions.import_files import Row
from institutions.models import FormerName, Institution
from institutions.services.importing import Outcome, Plan, PlannedRow, preview
from tests.factories import confirm_names, days_from_today, make_institution, make_kind, make_user

pytestmark = pytest.mark.usefixtures("kinds")

NIP, OTHER_NIP, REGON, OTHER_REGON = "1234563218", "5261040828", "123456785", "000331501"


def row(number: int = 2, **cells: str) -> Row:
    given = {
        "name": "Gminny Ośrodek Pomocy Społecznej w Próbie",
        "kind": "GOPS",
        "town": "Próba",
        "voivodeship": "podkarpackie",
    } | cells
    return Row(number, {name: text for name, text in given.items() if text})


def plan(*rows: Row) -> Plan:
    return preview(rows)


def only(*rows: Row) -> PlannedRow:
    """The plan of the last row."""
    return preview(rows).rows[-1]


def changes(planned: PlannedRow) -> dict[str, tuple[str, str]]:
    return {change.field: (change.before, change.after) for change in planned.changes}


def gops(**fields: object) -> Institution:
    given = {
        "name": "Gminny Ośrodek Pomocy Społecznej w Próbie",
        "town": "Próba",
        "voivodeship": "18",
        "kind": make_kind("social_assistance"),
    }
    return make_institution(**given | fields)


# --- what becomes of a row ------------------------------------------------------------------


def test_institution_that_is_not_on_the_list_is_new():
    planned = only(row(nip=NIP))
    assert planned.outcome is Outcome.NEW
    assert changes(planned)["nip"] == ("", NIP)
    assert changes(planned)["voivodeship"] == ("", "podkarpackie")
    assert (planned.problems, planned.remarks) == ([], [])


def test_institution_that_says_the_same_is_unchanged():
    gops(nip=NIP)
    assert only(row(nip=NIP)).outcome is Outcome.UNCHANGED


def test_field_by_field_what_changes():
    gops(street="Stara 1", nip="")
    planned = only(row(street="Nowa 2", nip=NIP))
    assert planned.outcome is Outcome.CHANGED
    assert changes(planned) == {"street": ("Stara 1", "Nowa 2"), "nip": ("", NIP)}


def test_empty_cell_erases_nothing():
    gops(street="Stara 1", county="próbny", nip=NIP)
    assert only(row(kind="", voivodeship="")).outcome is Outcome.UNCHANGED


# --- which institution ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        {"nip": NIP, "name": "Zupełnie inaczej"},
        {"regon": REGON, "name": "Zupełnie inaczej"},
        {"name": "GMINNY OŚRODEK POMOCY SPOŁECZNEJ W PRÓBIE"},
        {"name": "Gminny Osrodek Pomocy Spolecznej w Probie", "town": "PROBA"},
    ],
)
def test_found_by_nip_regon_or_name_and_town(cells):
    institution = gops(nip=NIP, regon=REGON)
    assert only(row(**cells)).found == institution


def test_found_by_the_name_it_used_to_have():
    institution = gops()
    FormerName.objects.create(
        institution=institution, name="Ośrodek Opieki w Próbie", used_until=days_from_today(-9)
    )
    planned = only(row(name="Ośrodek Opieki w Próbie"))
    assert planned.found == institution
    assert len(planned.remarks) == 1


def test_file_renames_nobody_and_moves_nobody():
    gops(nip=NIP)
    planned = only(row(name="Centrum Usług Społecznych", town="Inna", nip=NIP))
    assert planned.outcome is Outcome.UNCHANGED
    assert "„Centrum Usług Społecznych”" in planned.remarks[0]
    assert "„Inna”" in planned.remarks[1]


def test_numbers_of_two_institutions_are_refused_with_both_names():
    gops(nip=NIP)
    gops(name="Biblioteka w Próbie", regon=REGON)
    (why,) = only(row(nip=NIP, regon=REGON)).problems
    assert "„Biblioteka w Próbie”" in why
    assert "„Gminny Ośrodek" in why


@pytest.mark.parametrize(("field", "other"), [("nip", OTHER_NIP), ("regon", OTHER_REGON)])
def test_number_that_stands_is_not_replaced(field, other):
    gops(nip=NIP, regon=REGON)
    planned = only(row(**{field: other}))
    assert planned.outcome is Outcome.REFUSED
    assert other in planned.problems[0]


def test_second_row_of_one_institution_is_refused_naming_the_first():
    twice = [row(2, nip=NIP), row(7, nip=NIP, name="Inaczej"), row(9)]
    one, two, three = plan(*twice).rows
    assert one.outcome is Outcome.NEW
    assert "wierszu 2" in two.problems[0]
    assert "wierszu 2" in three.problems[0]
    gops(nip=NIP)
    assert [each.outcome for each in plan(*twice).rows] == [
        Outcome.UNCHANGED,
        Outcome.REFUSED,
        Outcome.REFUSED,
    ]


def test_refused_row_does_not_stand_in_the_way_of_the_right_one():
    wrong, right = plan(row(2, nip="1"), row(3)).rows
    assert (wrong.outcome, right.outcome) == (Outcome.REFUSED, Outcome.NEW)


@pytest.mark.parametrize(
    "name",
    [
        "GOPS",
        "GOPS w Próbie",
        "Gminny Ośrodek Pomocy Społecznej",
        "Ośrodek Pomocy Społecznej gminny w Próbie",
    ],
)
def test_similar_name_in_the_town_is_pointed_at(name):
    gops()
    planned = only(row(name=name))
    assert planned.outcome is Outcome.NEW
    assert "Podobna nazwa" in planned.remarks[0]


@pytest.mark.parametrize("cells", [{"name": "Dom Kultury w Próbie"}, {"town": "Inna"}])
def test_other_name_or_town_is_not_similar(cells):
    gops()
    assert only(row(**cells)).remarks == []


def test_numbered_schools_are_not_alike():
    gops(name="Szkoła Podstawowa nr 1 w Próbie")
    assert only(row(name="Szkoła Podstawowa nr 2 w Próbie", kind="szkoła")).remarks == []


# --- units ------------------------------------------------------------------------------------

UNIT = "Gminny Ośrodek Pomocy Społecznej w Próbie – Klub Seniora"


def test_unit_shares_the_nip_and_the_kind_of_its_institution():
    institution = gops(nip=NIP)
    planned = only(row(name=UNIT, kind="", parent=NIP, nip=NIP, town="", voivodeship=""))
    assert planned.outcome is Outcome.REFUSED  # its town must be said
    planned = only(row(name=UNIT, kind="", parent=NIP, nip=NIP, voivodeship=""))
    assert planned.outcome is Outcome.NEW
    assert planned.institution.parent == institution
    assert planned.institution.kind == institution.kind
    assert planned.institution.voivodeship == "18"


def test_unit_may_stand_above_its_institution_in_the_file():
    unit, institution = plan(row(2, name=UNIT, parent=row()["name"]), row(3)).rows
    assert (unit.outcome, institution.outcome) == (Outcome.NEW, Outcome.NEW)
    assert unit.institution.parent is institution.institution


def test_unit_on_the_list_is_found_though_the_nip_is_its_institutions():
    institution = gops(nip=NIP)
    unit = gops(name=UNIT, parent=institution)
    assert only(row(name=UNIT, nip=NIP, street="Nowa 2")).found == unit


def test_unit_says_by_its_kind_and_name_whose_it_is():
    institution = gops()
    assert only(row(name=UNIT, kind="jednostka GOPS")).institution.parent == institution


@pytest.mark.parametrize(
    "cells",
    [
        {"parent": "Nie ma takiego"},
        {"parent": OTHER_NIP},
        {"kind": "jednostka GOPS"},
    ],
)
def test_unit_of_nobody_we_know_is_refused(cells):
    assert only(row(name="Klub Seniora", **cells)).outcome is Outcome.REFUSED


def test_unit_has_no_units():
    institution = gops()
    gops(name=UNIT, parent=institution)
    assert only(row(name="Sekcja", parent=UNIT)).outcome is Outcome.REFUSED


def test_institution_of_the_same_name_in_the_town_of_the_unit_is_meant():
    near = gops(name="Miejski Dom Kultury")
    gops(name="Miejski Dom Kultury", town="Daleko")
    assert only(row(name="Filia", parent="Miejski Dom Kultury")).institution.parent == near
    assert only(row(name="Filia", parent="Miejski Dom Kultury", town="?")).problems


def test_import_makes_no_unit_of_what_is_none():
    gops()
    gops(name="Klub Seniora")
    planned = only(row(name="Klub Seniora", parent=row()["name"]))
    assert planned.outcome is Outcome.UNCHANGED
    assert len(planned.remarks) == 1


# --- what is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"name": ""}, "Nazwa"),
        ({"town": ""}, "Miejscowość"),
        ({"voivodeship": ""}, "Województwo"),
        ({"voivodeship": "Mazowsze"}, "Województwo („Mazowsze”)"),
        ({"kind": "sklep"}, "rodzaj library"),
        ({"nip": "123"}, "NIP („123”)"),
        ({"teryt": "1418011"}, "TERYT („1418011”)"),
        ({"email": "biuro na ops"}, "E-mail"),
        ({"name": "x" * 301}, "Nazwa"),
        ({"town_preposition": "na"}, "„w” czy „we”"),
    ],
)
def test_wrong_row_is_refused_naming_the_column(cells, told):
    planned = only(row(**cells))
    assert planned.outcome is Outcome.REFUSED
    assert len(planned.problems) == 1
    assert told in planned.problems[0]


def test_everything_wrong_is_told_at_once():
    assert len(only(row(nip="1", regon="2", postcode="3")).problems) == 3


def test_kind_may_be_read_from_the_name():
    planned = only(row(kind=""))
    assert planned.institution.kind.code == "social_assistance"
    assert len(planned.remarks) == 1
    assert only(row(kind="", name="Coś w Próbie")).outcome is Outcome.REFUSED


def test_capitals_are_pointed_at():
    assert len(only(row(name="GMINNY OŚRODEK POMOCY SPOŁECZNEJ")).remarks) == 1


# --- forms of names ---------------------------------------------------------------------------


def test_forms_that_a_person_confirmed_stay_and_the_row_says_so():
    confirm_names(gops(), full={"dat": "Ośrodkowi"})
    given = Row(2, row().cells, {"dat": "Inaczej", "gen": "Ośrodka"})
    planned = only(given)
    assert planned.forms == {"gen": "Ośrodka"}
    assert "celownik" in planned.remarks[0]


def test_forms_of_another_name_are_refused_or_left():
    assert only(Row(2, row().cells, {"nom": "Inna nazwa"})).outcome is Outcome.REFUSED
    gops(nip=NIP)
    renamed = row(nip=NIP, name="Inna nazwa")
    assert only(Row(2, renamed.cells, {"gen": "Innej nazwy"})).forms == {}


def test_forms_of_a_town_that_were_confirmed_stay():
    gops(town_locative="Próbie", town_confirmed_by=make_user(), town_confirmed_at=clock.now())
    assert only(row(town_locative="Probie")).outcome is Outcome.UNCHANGED


# --- the plan as a whole ------------------------------------------------------------------------


def test_version_differs_when_what_would_be_written_does():
    before = plan(row(street="Nowa 2")).version
    assert plan(row(street="Nowa 2")).version == before
    assert plan(row(street="Nowa 3")).version != before
    gops()
    changed = plan(row(street="Nowa 2")).version
    assert changed != before
    Institution.objects.update(street="Stara")
    assert plan(row(street="Nowa 2")).version not in {before, changed}


def test_plan_costs_the_same_whatever_its_length(django_assert_num_queries):
    for count in (1, 60):
        gops(name=f"Ośrodek {count}", town=f"Miasto {count}")
        rows = [
            row(
                n,
                name=f"Ośrodek {n}",
                town=f"Miasto {n % 70}",
                parent="Ośrodek 1" if n % 3 == 2 else "",
            )
            for n in range(count)
        ]
        with django_assert_num_queries(4):
            preview([Row(each.number, each.cells, {"gen": "x"}) for each in rows])
