"""Parts of files (RFC 9110, section 14)."""

import io

import pytest

from institutions.downloads.ranges import PIECE, Part, Pieces, Unsatisfiable, part_asked


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", Part(0, 0)),
        ("bytes=0-99", Part(0, 99)),
        ("bytes=90-", Part(90, 99)),
        ("bytes=90-1000", Part(90, 99)),
        ("bytes=-10", Part(90, 99)),
        ("bytes=-1000", Part(0, 99)),
        ("Bytes=5-6", Part(5, 6)),
        (" bytes= 5-6 ", Part(5, 6)),
        # not understood, or several at once: the whole file
        ("", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=6-5", None),
        ("bytes=a-b", None),
        ("bytes=٣-٤", None),
        ("bytes=0-1,5-6", None),
        ("lines=1-2", None),
    ],
)
def test_part_that_a_header_names(header: str, part: Part | None) -> None:
    assert part_asked(header, 100) == part


@pytest.mark.parametrize(
    ("header", "size"),
    [
        ("bytes=100-", 100),
        ("bytes=-0", 100),
        ("bytes=0-", 0),
        ("bytes=-5", 0),
        ("bytes=" + "9" * 50 + "-", 9),
    ],
)
def test_part_that_is_not_there(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        part_asked(header, size)


class Watched(io.BytesIO):
    """Remembers the largest piece anybody read."""

    largest = 0

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        self.largest = max(self.largest, len(piece))
        return piece


def test_large_part_comes_in_small_pieces_and_ends_in_time() -> None:
    file = Watched(bytes(range(256)) * 4000)
    pieces = Pieces(file, Part(1, 500_000))
    assert b"".join(pieces) == (bytes(range(256)) * 4000)[1:500_001]
    assert file.largest == PIECE
    pieces.close()
    assert file.closed
