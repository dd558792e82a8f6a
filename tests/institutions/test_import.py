"""Institutions from a file: read into rows, then written; a second run changes nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from certification.audit.models import Event
from institutions.import_files import Row, UnreadableFile, read_yaml
from institutions.models import Institution
from institutions.services.importing import KIND_OF_TYPE, import_institutions
from institutions.services.names import confirm_name_forms, save_name_forms, suggest_name_forms
from institutions.states import Origin, Role, Verb
from tests.factories import make_kind, make_user

pytestmark = pytest.mark.django_db
HOLDERS = Path(__file__).parents[2] / "institutions" / "initial" / "holders.yaml"
STALOWA_WOLA = "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli"


@pytest.fixture
def kinds():
    for code in set(KIND_OF_TYPE.values()):
        make_kind(code)


def row(**changed):
    given = {
        "name": "Ośrodek Pomocy Społecznej w Próbie",
        "type": "OPS",
        "town": "Próba",
        "town_genitive": "Próby",
        "town_locative": "Próbie",
        "voivodeship": "podkarpackie",
        "teryt": "1818011",
        "county": "próbny",
        "name_forms": {"gen": "Ośrodka Pomocy Społecznej w Próbie"},
    }
    return Row(**given | changed)


def test_all_holders_load_with_their_institutions(kinds):
    report = import_institutions(read_yaml(HOLDERS))
    assert report.refused == []
    assert len(read_yaml(HOLDERS)) == 27
    units = Institution.objects.exclude(parent=None)
    assert units.count() == 5
    parents = Institution.objects.filter(units__isnull=False).distinct()
    assert parents.count() == 4  # two units are of the same institution in Wrocław
    assert Institution.objects.count() == 27 + 4
    assert Institution.objects.exclude(gender="").count() == 31


def test_second_run_changes_nothing(kinds):
    import_institutions(read_yaml(HOLDERS))
    events = Event.objects.count()
    report = import_institutions(read_yaml(HOLDERS))
    assert (report.created, report.updated, len(report.unchanged)) == ([], [], 27)
    assert Event.objects.count() == events


def test_stalowa_wola_has_six_imported_forms_and_the_rest_suggested(kinds):
    import_institutions(read_yaml(HOLDERS))
    mops = Institution.objects.get(name=STALOWA_WOLA)
    forms = mops.name_forms
    assert forms.count() == 6
    assert {one.origin for one in forms.all()} == {Origin.IMPORTED}
    assert not forms.confirmed().exists()
    assert (mops.kind.code, mops.voivodeship, mops.teryt, mops.town_locative) == (
        "social_assistance",
        "18",
        "1818011",
        "Stalowej Woli",
    )
    assert suggest_name_forms(mops, by=None) == 22
    suggested = forms.filter(origin=Origin.SUGGESTED).values_list("variant", "case")
    assert [case for variant, case in suggested if variant == "full"] == ["voc"]
    assert {variant for variant, _case in suggested} == {"full", "short", "acronym", "generic"}


def test_unit_is_declined_in_both_parts_and_its_institution_gets_the_forms(kinds):
    import_institutions(read_yaml(HOLDERS))
    unit = Institution.objects.get(name__endswith="nr 7")
    assert unit.name_forms.get(case="dat").text == (
        "Miejskiemu Ośrodkowi Pomocy Społecznej we Wrocławiu – "
        "Zespołowi Terenowej Pracy Socjalnej nr 7"
    )
    assert unit.name_forms.get(case="dat").origin == Origin.SUGGESTED
    assert unit.parent.name == "Miejski Ośrodek Pomocy Społecznej we Wrocławiu"
    assert unit.parent.name_forms.get(case="dat").origin == Origin.IMPORTED


def test_new_facts_update_and_what_people_did_stays(kinds):
    import_institutions([row()])
    institution = Institution.objects.get()
    clerk = make_user(Role.OFFICE)
    save_name_forms(institution, forms={("full", "dat"): "Moja forma"}, by=clerk)
    confirm_name_forms(institution, by=clerk)
    save_name_forms(institution, forms={("full", "loc"): "Moja druga"}, by=clerk)
    forms = {"gen": "Inaczej", "dat": "Inaczej", "loc": "Inaczej", "voc": "Nowa"}
    report = import_institutions([row(county="inny", name_forms=forms)])
    assert report.updated == [institution.name]
    institution.refresh_from_db()
    assert institution.county == "inny"
    stored = {one.case: one.text for one in institution.name_forms.all()}
    assert stored == {
        "nom": institution.name,
        "gen": "Ośrodka Pomocy Społecznej w Próbie",
        "dat": "Moja forma",
        "loc": "Moja druga",
        "voc": "Nowa",
    }
    assert Event.objects.filter(verb=Verb.IMPORT_INSTITUTIONS).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "sklep"},
        {"voivodeship": "mazowsze"},
        {"teryt": "99"},
        {"town": ""},
        {"name": ""},
        {"type": "jednostka MOPS"},
        {"town_preposition": "na"},
        {"name_forms": {"nom": "Inna Nazwa"}},
    ],
)
def test_wrong_row_is_left_out_and_the_others_come_in(wrong, kinds):
    report = import_institutions([row(**wrong), row(name="Biblioteka w Próbie", type="biblioteka")])
    assert len(report.refused) == 1
    assert report.refused[0][1]
    assert report.created == ["Biblioteka w Próbie"]
    assert Institution.objects.count() == 1


@pytest.mark.parametrize("content", ["[", "name: x", "holders: 7", "- x"])
def test_file_of_another_shape_is_refused(content, tmp_path):
    path = tmp_path / "file.yaml"
    path.write_text(content)
    with pytest.raises(UnreadableFile):
        read_yaml(path)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableFile):
        read_yaml(tmp_path / "none.yaml")


def test_bare_list_with_a_plain_town_is_read(tmp_path):
    path = tmp_path / "file.yaml"
    path.write_text("- {name: X, type: OPS, town: Radom, terc: 1463011, wojewodztwo: mazowieckie}")
    assert read_yaml(path) == [
        Row(name="X", type="OPS", town="Radom", teryt="1463011", voivodeship="mazowieckie")
    ]


def test_command_reports_in_one_line(kinds):
    out = StringIO()
    call_command("import_institutions", str(HOLDERS), stdout=out)
    assert "31" in out.getvalue()


def test_command_without_the_catalogue_says_what_to_do_first():
    with pytest.raises(CommandError, match="import_standards"):
        call_command("import_institutions", str(HOLDERS))
    assert not Institution.objects.exists()


def test_command_names_rows_left_out_and_fails(kinds, tmp_path):
    path = tmp_path / "file.yaml"
    path.write_text("- {name: Sklep U Zosi, type: sklep, town: Radom, wojewodztwo: mazowieckie}")
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("import_institutions", str(path), stderr=errors)
    assert "Sklep U Zosi" in errors.getvalue()
