"""Awards from before the register that are public facts, out of the list of holders."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

HOLDERS = Path(__file__).resolve().parents[2] / "institutions" / "initial" / "holders.yaml"


@dataclass(frozen=True)
class Award:
    """`presented` is YYYY, YYYY-MM or YYYY-MM-DD, or empty where the source names no day."""

    institution: str
    presented: str
    label: str
    source: str


def read_awards() -> Iterator[Award]:
    """One row an award; a holder without a known day gives one row without it."""
    data = yaml.safe_load(HOLDERS.read_text(encoding="utf-8"))
    for holder in data["holders"]:
        for award in holder["awards"] or [{}]:
            yield Award(
                institution=holder["name"],
                presented=str(award.get("presented", "")),
                label=str(award.get("label", "")),
                source=holder["sources"][0],
            )
