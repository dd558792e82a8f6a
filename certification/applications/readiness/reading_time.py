"""How long an assessor reads, by what there is to read."""

from collections.abc import Iterable
from dataclasses import dataclass

from certification.applications.models import Citation
from certification.applications.reading import Row
from certification.markup import word_count

WORDS_A_MINUTE = 200  # of a text that is weighed, not skimmed
MINUTES_A_PAGE = 2
RECORDING = 3  # minutes listened to where only a beginning is named


@dataclass(frozen=True)
class ReadingTime:
    """`pages` and `minutes_of_recordings` are those the citations name; `whole` counts pieces
    cited without a place, in which the assessor looks for it alone.
    """

    words: int
    pieces: int
    pages: int
    minutes_of_recordings: int
    whole: int

    @property
    def minutes_of_text(self) -> int:
        return max(round(self.words / WORDS_A_MINUTE), 1) if self.words else 0

    @property
    def minutes(self) -> int:
        """Of the texts and of the places that are named."""
        pages = self.pages * MINUTES_A_PAGE
        return self.minutes_of_text + pages + self.minutes_of_recordings

    @property
    def hours(self) -> int:
        return self.minutes // 60

    @property
    def rest(self) -> int:
        return self.minutes % 60


def reading_time(rows: Iterable[Row]) -> ReadingTime:
    words, pages, seconds = 0, set[tuple[int, int]](), 0
    named, whole = set[int](), set[int]()
    for row in rows:
        words += word_count(row.answer.text) if row.answer else 0
        for citation in row.citations:
            pages |= _pages(citation)
            seconds += _seconds(citation)
            (named if citation.place else whole).add(citation.revision_id)
    return ReadingTime(
        words=words,
        pieces=len(named | whole),
        pages=len(pages),
        minutes_of_recordings=-(-seconds // 60),
        whole=len(whole),
    )


def _pages(citation: Citation) -> set[tuple[int, int]]:
    """The pages it names; one that several answers name is read once."""
    if citation.page is None:
        return set()
    last = citation.page_to or citation.page
    return {(citation.revision_id, page) for page in range(citation.page, last + 1)}


def _seconds(citation: Citation) -> int:
    if citation.second is None:
        return 0
    return (citation.second_to - citation.second) if citation.second_to else RECORDING * 60
