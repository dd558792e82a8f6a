"""The register as files for everybody: CSV for a spreadsheet, JSON for a program."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator

from .register import COLUMNS, Entries, Entry, Shown, columns_of
from .states import Status

MOST_ON_A_PAGE = 500


def rows_in_words(entries: Entries) -> Iterator[list[Any]]:
    """For a spreadsheet: the headings, then a row an entry, what stands in it in words."""
    words = {
        str(code): str(label) for choices in (Shown, Status) for code, label in choices.choices
    }
    yield [str(heading) for heading, _meaning in COLUMNS.values()]
    for entry in entries:
        yield list((columns_of(entry) | {"status": words[entry.status]}).values())


@dataclass(frozen=True)
class Part:
    """What goes out at a time: `paging` is empty where all does."""

    day: date
    entries: Iterable[Entry]
    paging: dict[str, Any]


def whole(entries: Entries) -> Part:
    return Part(entries.day, entries, {})


def page_of(entries: Entries, *, per_page: int, number: int, next_url: str) -> Part:
    """One page; `next_url` is its address without the number of the page."""
    paginator: Paginator[Entry] = Paginator(entries, per_page)
    page = paginator.get_page(number)
    following = f"{next_url}&page={page.next_page_number()}" if page.has_next() else None
    paging = {
        "total": paginator.count,
        "page": page.number,
        "pages": paginator.num_pages,
        "next": following,
    }
    return Part(entries.day, list(page.object_list), paging)


def json_pieces(part: Part, *, publisher: str) -> Iterator[str]:
    """`{"as_of", "publisher", "fields", "entries": […]}`; `fields` says what each field is."""
    fields = {name: str(meaning) for name, (_heading, meaning) in COLUMNS.items()}
    head = {"as_of": part.day.isoformat(), "publisher": publisher, **part.paging, "fields": fields}
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "entries": ['
    separator = "\n  "
    for entry in part.entries:
        row = {name: _value(value) for name, value in columns_of(entry).items()}
        yield separator + json.dumps(row, ensure_ascii=False)
        separator = ",\n  "
    yield "\n ]\n}\n"


def _value(value: Any) -> str | None:
    return None if value in {None, ""} else str(value)
