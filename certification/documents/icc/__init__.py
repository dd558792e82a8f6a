"""The colours of a printing press; `make` says where its figures come from."""

from functools import cache
from pathlib import Path

NAME = "CAL coated offset (computed after ISO 12647-2)"


@cache
def coated_offset() -> bytes:
    """An ICC profile of four-colour offset printing on coated paper."""
    return (Path(__file__).parent / "coated-offset.icc").read_bytes()
