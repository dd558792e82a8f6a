"""How long one document takes on the warm press, and reading one: python bench/documents.py"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).parents[1]))  # run by itself, it finds its neighbours

from bench import engines, reading, report_of_application, sealing  # noqa: E402


def report() -> None:
    """Certificate and letter beside other engines, then the long documents and reading one."""
    engines.report(_makers())
    sealing.report(_makers())
    report_of_application.report()
    reading.report()


def _makers() -> dict[str, Callable[[int], Any]]:
    # Django must be set up before these can be imported.
    from certification.documents.sheets import (  # noqa: PLC0415
        CertificateSheet,
        Letterhead,
        LetterSheet,
        Signatory,
    )

    issuer = Letterhead("Centrum Wspierania Aktywności Lokalnej CAL", "Warszawa")
    people = (Signatory("Anna Próbna", "Prezes Zarządu"), Signatory("", "Członek Zarządu"))
    day = date(2016, 5, 12)
    paragraph = (
        "Działania podejmowane przez zespół pracowników i kadrę zarządzającą są bardzo różnorodne "
        "i służą przede wszystkim temu, by mieszkańcy sami rozwiązywali swoje problemy: uczą się "
        "działać razem, szukają sojuszników i korzystają z zasobów, które są tuż obok. "
    )

    def certificate(number: int, look: str) -> CertificateSheet:
        return CertificateSheet(
            number=f"CAL/OSL/{number}/2016",
            holder=f"Miejski Ośrodek Pomocy Społecznej nr {number} w Stalowej Woli",
            reason="za wdrażanie Modelu Organizowania Społeczności Lokalnej",
            validity_label="na lata 2016–2021",
            valid_from=day,
            valid_to=date(2021, 5, 11),
            resolution_number="14/2016",
            resolution_date=day,
            place="Warszawa",
            issued_on=day,
            signatories=people,
            verification_url=f"https://example.org/weryfikacja/7K3M-9QXP-{1000 + number}/",
            verification_code=f"7K3M-9QXP-{1000 + number}",
            issuer=issuer,
            design=look,
        )

    def letter(number: int) -> LetterSheet:
        return LetterSheet(
            issuer=issuer,
            place="Warszawa",
            issued_on=day,
            addressee=("Miejski Ośrodek Pomocy Społecznej", "w Stalowej Woli"),
            salutation="Szanowni Państwo,",
            paragraphs=tuple(f"{number}.{i}. {paragraph * 2}" for i in range(8)),
            closing="Z wyrazami szacunku",
            signatories=people,
            reference=f"CAL/LG/{number}/2016",
        )

    def unheard(number: int) -> LetterSheet:
        """As long, but no word of it was ever set before: nothing that is remembered helps."""
        chance = Random(number)  # noqa: S311 - the same words in each run
        syllables = ("ba", "ce", "dzi", "fo", "gę", "je", "kó", "li", "ły", "ną", "szu", "wo", "że")

        def word() -> str:
            return "".join(chance.choices(syllables, k=chance.randint(2, 5)))

        texts = (" ".join(word() for _word in range(70)) for _paragraph in range(8))
        return replace(letter(number), paragraphs=tuple(texts))

    designs = {
        f"{look} certificate": partial(certificate, look=look) for look in ("classic", "modern")
    }
    return {**designs, "letter": letter, "letter of unheard words": unheard}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certification.settings")
    django.setup()
    report()
