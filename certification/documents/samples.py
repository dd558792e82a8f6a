"""A certificate and a letter that nobody gets: they show what the issuer's data look like.

Their words are Polish, because the documents are.
"""

from datetime import date
from typing import Any

from .models import Issuer
from .sheets import CertificateSheet, LetterSheet

HOLDER = "Biblioteka Publiczna w Przykładowie"
NUMBER = "PODGLĄD"
PARAGRAPHS = (
    "tak będzie wyglądał list gratulacyjny: nagłówek ze znakiem i adresem wystawcy, treść "
    "i dwa podpisy. Prawdziwy list mówi o tym, co instytucja robi dobrze.",
    "Ten arkusz jest próbny i nikogo nie dotyczy.",
)


def sample_certificate(issuer: Issuer, day: date, **changed: Any) -> CertificateSheet:
    """A certificate dated `day`, under the issuer's name and mark, with what `changed`."""
    fields: dict[str, Any] = {
        "number": NUMBER,
        "holder": HOLDER,
        "reason": "za wdrażanie Modelu Organizowania Społeczności Lokalnej",
        "validity_label": f"na lata {day.year}–{day.year + 5}",
        "valid_from": day,
        "valid_to": day.replace(year=day.year + 5, day=min(day.day, 28)),
        "resolution_number": "1",
        "resolution_date": day,
        "place": issuer.place,
        "issued_on": day,
        "signatories": issuer.signatories,
        "verification_url": "",
        "verification_code": "",
        "issuer": issuer.letterhead(),
        "preview": True,
    }
    return CertificateSheet(**fields | changed)


def sample_letter(issuer: Issuer, day: date) -> LetterSheet:
    """A letter dated `day`, under the issuer's letterhead."""
    return LetterSheet(
        issuer=issuer.letterhead(),
        place=issuer.place,
        issued_on=day,
        addressee=(HOLDER,),
        salutation="Szanowni Państwo,",
        paragraphs=PARAGRAPHS,
        closing="Z wyrazami szacunku",
        signatories=issuer.signatories,
        preview=True,
    )
