"""How long one document takes on the warm press, and reading one: python bench/documents.py"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[1]))  # run by itself, it finds its neighbours

from bench import reading, report_of_application  # noqa: E402

ROUNDS = 60


def report() -> None:
    """Print median and 95th percentile of a certificate and of a two-page letter.

    Every document is different, and the two kinds take turns, so that neither gains from
    what the other left warm.
    """
    certificate, letter = _makers()
    times: dict[str, list[float]] = {"certificate": [], "letter": []}
    for number in range(-2, ROUNDS):
        for name, make in (("certificate", certificate), ("letter", letter)):
            taken = _milliseconds(make, number)
            if number >= 0:
                times[name].append(taken)
    for name, values in times.items():
        p95 = statistics.quantiles(values, n=20)[-1]
        print(f"{name:<12} median {statistics.median(values):6.1f} ms   p95 {p95:6.1f} ms")
    report_of_application.report()
    reading.report()


def _milliseconds(make: Callable[[int], bytes], number: int) -> float:
    start = time.perf_counter()
    make(number)
    return 1000 * (time.perf_counter() - start)


def _makers() -> tuple[Callable[[int], bytes], Callable[[int], bytes]]:
    # Django must be set up before these can be imported.
    from certification.documents.render import (  # noqa: PLC0415
        render_certificate,
        render_letter,
    )
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

    def certificate(number: int) -> bytes:
        return render_certificate(
            CertificateSheet(
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
            )
        )

    def letter(number: int) -> bytes:
        return render_letter(
            LetterSheet(
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
        )

    return certificate, letter


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certification.settings")
    django.setup()
    report()
