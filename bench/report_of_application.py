"""How long the report of a whole application takes: 54 answers, 100 citations, every one different.

The longest that is printed at all (report.MAX_TEXT) is printed once, to know the bound.
"""

import resource
import statistics
import time
from datetime import date
from typing import Any

ROUNDS = 7
PARAGRAPH = (
    "Zespół pracuje z mieszkańcami osiedla od 2016 r.: co tydzień spotyka się **grupa "
    "samopomocowa**, w której 18 osób planuje wyjścia i prowadzi kronikę. Korzystamy z sali "
    "w szkole nr 3, a o terminach mówimy na tablicy i w internecie. "
)


def report() -> None:
    """Print the median of warm rounds, wall clock and processor, and the longest report."""
    from certification.documents.report import MAX_TEXT, render_report  # noqa: PLC0415

    render_report(_sheet(0, paragraphs=1))
    wall, spent = [], []
    for number in range(1, ROUNDS + 1):
        start, begun = time.perf_counter(), time.process_time()
        render_report(_sheet(number, paragraphs=4))
        wall.append(time.perf_counter() - start)
        spent.append(time.process_time() - begun)
    print(
        f"report       median {1000 * statistics.median(wall):6.0f} ms   "
        f"processor {1000 * statistics.median(spent):.0f} ms   54 answers, 100 citations"
    )
    start = time.perf_counter()
    content = render_report(_sheet(0, paragraphs=MAX_TEXT // 54 // len(PARAGRAPH) - 1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    taken = time.perf_counter() - start
    print(f"longest      {taken:.1f} s, {len(content) // 1024} KB, peak memory {peak} MB")


def _sheet(number: int, *, paragraphs: int) -> Any:
    from certification.documents.application_sheets import (  # noqa: PLC0415
        Applicant,
        AreaSheet,
        CitedPiece,
        CriterionSheet,
        ReportSheet,
        Source,
        StandardSheet,
    )

    def criterion(at: int) -> CriterionSheet:
        cited = tuple(
            CitedPiece(
                str(key), f"Statut nr {key}", "plik", "s. 4", f"statut-{key}.pdf", sha256="a" * 64
            )
            for key in ((at * 7 + number) % 24, (at * 5 + number) % 24)[: 2 if at < 46 else 1]
        )
        body = (
            f"{number}/{at}: {PARAGRAPH * (paragraphs - 1)}\n\n- plan\n- ewaluacja\n\n{PARAGRAPH}"
        )
        return CriterionSheet(f"K{at}", f"Treść kryterium {at}.", "spełnione", body, cited)

    standards = tuple(
        StandardSheet(f"S{at}", f"Standard {at}", tuple(map(criterion, range(3 * at, 3 * at + 3))))
        for at in range(18)
    )
    areas = tuple(
        AreaSheet(f"O{at}", f"Obszar {at}", standards[6 * at : 6 * at + 6]) for at in range(3)
    )
    source = Source("Standardy CAL", date(2026, 11, 2), f"CAL/W/{number}/2026", 1, "ab" * 32)
    return ReportSheet(Applicant("Ośrodek"), source, areas, ("spełnione",))
