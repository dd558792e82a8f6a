"""What people type into the form of an institution."""

from tests.factories import make_kind

NIP, OTHER_NIP, REGON = "5261040828", "8670003563", "123456785"


def data(**changed):
    typed = {
        "name": "Ośrodek Pomocy Społecznej w Próbie",
        "kind": make_kind().pk,
        "town": "Próba",
        "voivodeship": "18",
        "county": "",
        "teryt": "",
        "nip": "",
        "regon": "",
        "krs": "",
        "street": "",
        "postcode": "",
        "email": "",
        "edelivery": "",
        "seen": "",
    }
    return typed | changed
