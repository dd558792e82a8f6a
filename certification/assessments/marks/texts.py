"""`[1]` in the text of a rating: a link to the place it points at, or that place in words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from certification.assessments.models import Assessment, EvidenceMark

SHOWN = 160  # characters of a passage in the title of a link

_POINTER = re.compile(r"\[(\d{1,2})\]")

Marks = Mapping[int, EvidenceMark]  # by number, of one rating


def numbers_in(*texts: str) -> set[int]:
    """The numbers of the places that the texts point at."""
    return {int(number) for text in texts for number in _POINTER.findall(text)}


def marks_of(assessments: Iterable[Assessment]) -> Mapping[tuple[int, int], Marks]:
    """The places of many assessments, by the keys of assessment and criterion. One query."""
    found: dict[tuple[int, int], dict[int, EvidenceMark]] = defaultdict(dict)
    for mark in EvidenceMark.objects.filter(assessment__in=assessments).to_show():
        found[mark.assessment_id, mark.criterion_id][mark.number] = mark
    return found


def linked(text: str, marks: Marks) -> SafeString:
    """The text, escaped, with a link in place of each pointer that leads somewhere."""

    def link(found: re.Match[str]) -> str:
        mark = marks.get(int(found[1]))
        return _link(mark) if mark else found[0]

    return mark_safe(_POINTER.sub(link, escape(text)))  # noqa: S308 - escaped just here


def _link(mark: EvidenceMark) -> SafeString:
    return format_html(
        '<a class="mark-link" href="{}" title="{}" data-mark-link="{}">'
        '[{}]<span class="visually-hidden"> {}</span></a>',
        mark.get_absolute_url(),
        told(mark),
        mark.revision_id,
        mark.number,
        mark.source,
    )


def told(mark: EvidenceMark) -> str:
    """Which place it is, with the beginning of what is quoted."""
    if not mark.quote:
        return mark.source
    return f"{mark.source}: „{Truncator(mark.quote).chars(SHOWN)}”"


def listed(marks: Marks, *texts: str) -> str:
    """For paper: the places that the texts point at, a line each."""
    pointed = sorted(numbers_in(*texts) & marks.keys())
    return "\n".join(f"[{number}] {told(marks[number])}" for number in pointed)


def spelled_out(text: str, marks: Marks) -> str:
    """The same for readers who have no links, as in a letter: “[1]” becomes “(Statut, s. 4)”."""

    def words(found: re.Match[str]) -> str:
        mark = marks.get(int(found[1]))
        return f"({mark.source})" if mark else found[0]

    return _POINTER.sub(words, text)
