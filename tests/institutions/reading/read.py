"""What a document says, read as the pages read it."""

import io
from typing import Any

from institutions import reading


def page(data: bytes, kind: str, number: int = 1) -> Any:
    return reading.page_of(io.BytesIO(data), kind, number)


def blocks(data: bytes, kind: str, number: int = 1) -> Any:
    return page(data, kind, number)["blocks"]


def text(data: bytes, kind: str) -> str:
    return reading.text_of(io.BytesIO(data), kind)
