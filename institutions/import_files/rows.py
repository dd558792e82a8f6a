"""What a file of institutions says, row by row, before anything is made of it."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from certification.errors import CannotDo

MAX_ROWS = 5_000
MAX_BYTES = 5 * 1024 * 1024


class UnreadableFile(CannotDo):
    """The file is not a list of institutions; nothing was imported."""


@dataclass(frozen=True)
class Row:
    """One institution in the file's own words, by field (columns.py); empty cells are left out.

    `number` is the row's in the file, as a spreadsheet shows it. `name_forms` has the full name
    by case.
    """

    number: int
    cells: Mapping[str, str]
    name_forms: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Reading:
    """The rows, and how they were found: which sheet, header row and columns.

    `columns` pairs the file's headings with our fields; `ignored` are headings we do not know,
    `skipped` the numbers of rows that are no institutions (a total, a repeated header).
    """

    rows: list[Row]
    sheet: str = ""
    header_row: int = 0
    columns: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)

    def packed(self) -> bytes:
        """For keeping; `unpacked` gives the same reading."""
        return zlib.compress(json.dumps(asdict(self)).encode())

    @classmethod
    def unpacked(cls, kept: "bytes | memoryview[int]") -> "Reading":
        content = json.loads(zlib.decompress(kept))
        rows = [Row(**row) for row in content.pop("rows")]
        columns = [(heading, name) for heading, name in content.pop("columns")]
        return cls(rows=rows, columns=columns, **content)
