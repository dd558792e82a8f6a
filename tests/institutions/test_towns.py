"""Forms of towns: right, or asked for; never wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.declension import TownForms, suggest_town
from institutions.declension.towns import _table, by_rule, preposition

# Written down apart from the table and the rules: genitive and „w …” as the towns themselves write.
GOLD = """
Stalowa Wola | Stalowej Woli | w Stalowej Woli
Wrocław | Wrocławia | we Wrocławiu
Włocławek | Włocławka | we Włocławku
Bielsko-Biała | Bielska-Białej | w Bielsku-Białej
Skarżysko-Kamienna | Skarżyska-Kamiennej | w Skarżysku-Kamiennej
Zakopane | Zakopanego | w Zakopanem
Wysokie Mazowieckie | Wysokiego Mazowieckiego | w Wysokiem Mazowieckiem
Ostrów Mazowiecka | Ostrowi Mazowieckiej | w Ostrowi Mazowieckiej
Białystok | Białegostoku | w Białymstoku
Krasnystaw | Krasnegostawu | w Krasnymstawie
Radom | Radomia | w Radomiu
Brzeszcze | Brzeszcz | w Brzeszczach
Suwałki | Suwałk | w Suwałkach
Kielce | Kielc | w Kielcach
Siedlce | Siedlec | w Siedlcach
Limanowa | Limanowej | w Limanowej
Częstochowa | Częstochowy | w Częstochowie
Łódź | Łodzi | w Łodzi
Września | Wrześni | we Wrześni
Wschowa | Wschowy | we Wschowie
Frombork | Fromborka | we Fromborku
Lwówek Śląski | Lwówka Śląskiego | we Lwówku Śląskim
Piekary Śląskie | Piekar Śląskich | w Piekarach Śląskich
Szklarska Poręba | Szklarskiej Poręby | w Szklarskiej Porębie
Jastrzębie-Zdrój | Jastrzębia-Zdroju | w Jastrzębiu-Zdroju
Golub-Dobrzyń | Golubia-Dobrzynia | w Golubiu-Dobrzyniu
Kostrzyn nad Odrą | Kostrzyna nad Odrą | w Kostrzynie nad Odrą
Nowy Dwór Mazowiecki | Nowego Dworu Mazowieckiego | w Nowym Dworze Mazowieckim
Tarnowskie Góry | Tarnowskich Gór | w Tarnowskich Górach
Pilzno | Pilzna | w Pilźnie
Cisna | Cisnej | w Cisnej
Libiąż | Libiąża | w Libiążu
Stare Babice | Starych Babic | w Starych Babicach
Nowy Korczyn | Nowego Korczyna | w Nowym Korczynie
Górowo Iławeckie | Górowa Iławeckiego | w Górowie Iławeckim
Wola Krzysztoporska | Woli Krzysztoporskiej | w Woli Krzysztoporskiej
Ruda Maleniecka | Rudy Malenieckiej | w Rudzie Malenieckiej
Huta Stara | Huty Starej | w Hucie Starej
Wielka Wieś | Wielkiej Wsi | w Wielkiej Wsi
Wilkowice | Wilkowic | w Wilkowicach
Brańsk | Brańska | w Brańsku
Sosnówka | Sosnówki | w Sosnówce
"""
ROWS = [tuple(part.strip() for part in row.split("|")) for row in GOLD.strip().splitlines()]


@pytest.mark.parametrize(("town", "genitive", "place"), ROWS)
def test_known_towns_are_right(town, genitive, place):
    found = suggest_town(town)
    assert found
    assert found.genitive == genitive
    assert f"{found.preposition} {found.locative}" == place


@pytest.mark.parametrize(
    "town",
    [
        *("Bystra", "Narew", "Osiek", "Biała Rawska", "Rudzka"),
        *("Polska Cerekiew", "Nowe Piekuty", "Zielona Stara", "Wola Ruda", "Xyz", "", "12", "Nowa"),
    ],
)
def test_unsure_towns_are_asked(town):
    assert suggest_town(town) is None


def test_rules_agree_with_the_table_wherever_they_speak():
    """The table is checked with SGJP; of its towns the rules give 231, and none of them wrong."""
    table = _table()
    by_rules = {town: found for town in table if (found := by_rule(town))}
    assert by_rules == {town: table[town] for town in by_rules}
    assert (len(table), len(by_rules)) == (522, 231)


def test_spaces_do_not_matter():
    assert suggest_town("  Stalowa   Wola ") == TownForms("Stalowej Woli", "Stalowej Woli", "w")


@given(town=st.text(max_size=40))
def test_any_text_is_answered_without_an_error(town):
    found = suggest_town(town)
    assert found is None or (found.genitive and found.locative)


@pytest.mark.parametrize(
    ("locative", "expected"),
    [("Wleniu", "we"), ("Władysławowie", "we"), ("Wejherowie", "w"), ("Fałkowie", "w")],
)
def test_preposition_is_we_before_a_hard_cluster(locative, expected):
    assert preposition(locative) == expected
