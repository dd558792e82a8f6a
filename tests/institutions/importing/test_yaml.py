"""The project's own list in YAML: read into rows, written, and a second time nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from certification.audit.models import Event
from institutions.import_files import Row, UnreadableFile, read_yaml
from institutions.models import Institution
from institutions.services.importing import Outcome, import_institutions
from institutions.states import Origin

pytestmark = pytest.mark.django_db
HOLDERS = Path(__file__).parents[3] / "institutions" / "initial" / "holders.yaml"
STALOWA_WOLA = "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli"


def test_all_holders_load_with_their_institutions(kinds):
    rows = read_yaml(HOLDERS)
    assert len(rows) == 27 + 4  # five units, two of them of the same institution in Wrocław
    plan = import_institutions(rows, by=None)
    assert len(plan.of(Outcome.NEW)) == 31
    assert Institution.objects.exclude(parent=None).count() == 5
    assert Institution.objects.filter(units__isnull=False).distinct().count() == 4
    assert Institution.objects.exclude(gender="").count() == 31


def test_second_run_changes_nothing(kinds):
    import_institutions(read_yaml(HOLDERS), by=None)
    events = Event.objects.count()
    plan = import_institutions(read_yaml(HOLDERS), by=None)
    assert len(plan.of(Outcome.UNCHANGED)) == len(plan.rows) == 31
    assert Event.objects.count() == events


def test_stalowa_wola_has_six_imported_forms_and_the_rest_suggested(kinds):
    import_institutions(read_yaml(HOLDERS), by=None)
    mops = Institution.objects.get(name=STALOWA_WOLA)
    assert (mops.kind.code, mops.voivodeship, mops.teryt, mops.town_locative) == (
        "social_assistance",
        "18",
        "1818011",
        "Stalowej Woli",
    )
    assert mops.name_forms.filter(origin=Origin.IMPORTED).count() == 6
    assert not mops.name_forms.confirmed().exists()
    suggested = mops.name_forms.filter(origin=Origin.SUGGESTED)
    pairs = set(suggested.values_list("variant", "case"))
    assert {case for variant, case in pairs if variant == "full"} == {"voc"}
    assert {variant for variant, _case in pairs} == {"full", "short", "acronym", "generic"}


def test_unit_is_declined_in_both_parts_and_its_institution_gets_the_forms(kinds):
    import_institutions(read_yaml(HOLDERS), by=None)
    unit = Institution.objects.get(name__endswith="nr 7")
    assert unit.name_forms.get(variant="full", case="dat").text == (
        "Miejskiemu Ośrodkowi Pomocy Społecznej we Wrocławiu – "
        "Zespołowi Terenowej Pracy Socjalnej nr 7"
    )
    assert unit.name_forms.get(variant="full", case="dat").origin == Origin.SUGGESTED
    assert unit.parent.name == "Miejski Ośrodek Pomocy Społecznej we Wrocławiu"
    assert unit.parent.name_forms.get(variant="full", case="dat").origin == Origin.IMPORTED


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
    cells = {
        "name": "X",
        "kind": "OPS",
        "town": "Radom",
        "teryt": "1463011",
        "voivodeship": "mazowieckie",
    }
    assert read_yaml(path) == [Row(1, cells)]


def test_command_reports_in_one_line(kinds):
    out = StringIO()
    call_command("import_institutions", str(HOLDERS), stdout=out, stderr=StringIO())
    assert out.getvalue().splitlines()[-1].startswith("Dodano: 31")


def test_command_on_trial_says_everything_and_writes_nothing(kinds):
    out = StringIO()
    call_command("import_institutions", str(HOLDERS), dry_run=True, stdout=out, stderr=StringIO())
    assert f"1. {STALOWA_WOLA}: do dodania" in out.getvalue().splitlines()
    assert not Institution.objects.exists()
    assert not Event.objects.exists()


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
    assert "wiersz 1, Sklep U Zosi" in errors.getvalue()


def test_command_reads_csv_too(kinds, tmp_path):
    path = tmp_path / "lista.csv"
    path.write_text("Nazwa;Typ;Miasto;Województwo\nOPS w Próbie;OPS;Próba;śląskie\n")
    call_command("import_institutions", str(path), stdout=StringIO(), stderr=StringIO())
    assert Institution.objects.get().name == "OPS w Próbie"
