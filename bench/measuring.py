"""Take turns between pages and sizes, so that a busy moment falls on all of them alike."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.databases import use
from bench.pages import Page, pages

MOST_QUERIES = 25
SIZES = settings.SIZES
SMALL, LARGE = SIZES
WARM_UP = 3


@dataclass
class Line:
    """One page at all sizes."""

    name: str
    aim: float
    queries: dict[int, int] = field(default_factory=dict)
    times: dict[int, list[float]] = field(default_factory=dict)
    processor: list[float] = field(default_factory=list)  # at the large size

    def median(self, size: int) -> float:
        return statistics.median(self.times[size])

    def p95(self, size: int) -> float:
        return statistics.quantiles(self.times[size], n=20)[-1]

    def remarks(self) -> Iterator[str]:
        """What is over the aims."""
        if max(self.queries.values()) > MOST_QUERIES:
            yield "too many queries"
        if self.queries[LARGE] > self.queries[SMALL]:
            yield "queries grow"
        if self.median(LARGE) > self.aim:
            yield f"over {self.aim:.0f} ms"


def measure(rounds: int, only: str) -> list[Line]:
    """Get every page `rounds` times at every size; `only` is a part of the pages' names."""
    found = {size: _at(size, only) for size in SIZES}
    lines = [Line(page.name, page.aim) for page in found[SMALL]]
    for size, those in found.items():
        use(size)
        for line, page in zip(lines, those, strict=True):
            line.queries[size], line.times[size] = _queries(page), []
    for _round in range(rounds):
        for i, line in enumerate(lines):
            for size, those in found.items():
                use(size)
                taken, processor = _milliseconds(those[i])
                line.times[size].append(taken)
                if size == LARGE:
                    line.processor.append(processor)
    return lines


def _at(size: int, only: str) -> list[Page]:
    use(size)
    trivial, *others = pages()
    return [trivial, *(page for page in others if only in page.name)]


def _queries(page: Page) -> int:
    for _each in range(WARM_UP):
        page.get()
    with CaptureQueriesContext(connection) as captured:
        page.get()
    return len(captured)


def _milliseconds(page: Page) -> tuple[float, float]:
    """By the clock on the wall, and of the processor: the second hardly minds a busy machine."""
    start, start_of_processor = time.perf_counter(), time.process_time()
    page.get()
    taken, processor = time.perf_counter() - start, time.process_time() - start_of_processor
    return 1000 * taken, 1000 * processor


def table(lines: list[Line]) -> str:
    """As Markdown; the pairs are at the small and at the large size."""
    trivial = lines[0].median(LARGE)
    rows = [
        [
            line.name,
            *(str(line.queries[size]) for size in SIZES),
            *(f"{line.median(size):.1f}" for size in SIZES),
            *(f"{line.p95(size):.1f}" for size in SIZES),
            f"{min(line.times[LARGE]):.1f}",
            f"{statistics.median(line.processor):.1f}",
            f"{line.median(LARGE) / trivial:.1f}",
            "; ".join(line.remarks()),
        ]
        for line in lines
    ]
    pairs = [f"{kind} {size:,}" for kind in ("queries", "median ms", "p95 ms") for size in SIZES]
    heads = ["page", *pairs, "quickest", "CPU ms", "× trivial", "over the aims"]
    printed = [heads, ["---", *["---:"] * 9, "---"], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in printed)
