"""Computes coated-offset.icc: four-colour offset printing on coated paper, as an ICC profile.

    .venv/bin/python -m certification.documents.icc.make


The profiles that print shops use may not be passed on freely, or are meant for other presses.
This one follows the solids that ISO 12647-2:2004 asks for on paper type 1 (which FOGRA39 describes)
by Neugebauer's equations with a dot gain of 15 per cent: near enough to show and to separate by,
and replaced by the shop's own at its press. The file is kept, so that it stays the same to the byte
whatever numpy says of a last digit. Format: ICC.1:2001-04 (version 2), `lut16Type`.
"""

import struct
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from . import NAME

Numbers = NDArray[np.floating[Any]]
D50 = np.array([0.9642, 1.0, 0.8249])
GAIN = 0.15  # how much a half tone of 50 % grows in print
# CIELAB of the paper, the solid inks and their overprints
SOLIDS = {
    (0, 0, 0): (95, 0, -2),
    (1, 0, 0): (55, -37, -50),
    (0, 1, 0): (48, 74, -3),
    (0, 0, 1): (89, -5, 93),
    (0, 1, 1): (47, 68, 48),
    (1, 0, 1): (50, -65, 27),
    (1, 1, 0): (24, 22, -46),
    (1, 1, 1): (23, 0, 0),
}
BLACK = (16, 0, 0)
MOST = 3.0  # of all inks together: more does not dry
STEPS_OF_INK, STEPS_OF_COLOUR = 9, 17


def _to_xyz(lab: Numbers) -> Numbers:
    fy = (lab[..., 0] + 16) / 116
    f = np.stack((fy + lab[..., 1] / 500, fy, fy - lab[..., 2] / 200), axis=-1)
    return np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * D50


def _to_lab(xyz: Numbers) -> Numbers:
    t = xyz / D50
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack((116 * y - 16, 500 * (x - y), 200 * (y - z)), axis=-1)


def printed(inks: Numbers) -> Numbers:
    """CIELAB of areas of cyan, magenta, yellow and black between 0 and 1 (Neugebauer)."""
    area = np.clip(inks + 4 * GAIN * inks * (1 - inks), 0, 1)
    paper, black = (_to_xyz(np.array(lab, float)) for lab in (SOLIDS[0, 0, 0], BLACK))
    seen = np.zeros((*inks.shape[:-1], 3))
    for solid, lab in SOLIDS.items():
        xyz = _to_xyz(np.array(lab, float))
        share = np.prod(np.where(solid, area[..., :3], 1 - area[..., :3]), axis=-1)
        k = area[..., 3]
        mixed = (1 - k)[..., None] * xyz + k[..., None] * (xyz * black / paper)
        seen += share[..., None] * mixed
    return _to_lab(seen)


def profile() -> bytes:
    """The profile's bytes."""
    inks = _grid(STEPS_OF_INK, 4)
    lut = {
        b"A2B0": _lut(4, 3, STEPS_OF_INK, _as_lab16(printed(inks))),
        b"B2A0": _lut(3, 4, STEPS_OF_COLOUR, _separated()),
        b"gamt": _lut(3, 1, 2, np.zeros((8, 1))),
    }
    return _assemble(lut)


def _grid(steps: int, channels: int) -> Numbers:
    return np.array(list(product(np.linspace(0, 1, steps), repeat=channels)))


def _separated() -> Numbers:
    """For each colour of the grid the nearest that prints, with as much black as it bears."""
    colours = _grid(13, 3)
    black = np.linspace(0, 1, 9)
    inks = np.array([(*colour, k) for k in black for colour in colours if sum(colour) + k <= MOST])
    tree = cKDTree(printed(inks))
    wanted = _grid(STEPS_OF_COLOUR, 3) * (65535 / 65280 * 100, 255.996, 255.996) - (0, 128, 128)
    _distance, nearest = tree.query(wanted)
    found: Numbers = inks[nearest]
    return found


def _as_lab16(lab: Numbers) -> Numbers:
    """Version 2 of the format has L* of 100 at FF00 and a*, b* of 0 at 8000 (annex A)."""
    lightness, a, b = lab.T
    encoded: Numbers = np.stack((lightness * 652.8, (a + 128) * 256, (b + 128) * 256), axis=1)
    return encoded / 65535


def _lut(inputs: int, outputs: int, steps: int, values: Numbers) -> bytes:
    head = struct.pack(">4sIBBBx", b"mft2", 0, inputs, outputs, steps)
    matrix = struct.pack(">9i", *(65536 * (n % 4 == 0) for n in range(9)))
    straight = struct.pack(">2H", 0, 65535)
    table = np.clip(np.rint(values * 65535), 0, 65535).astype(">u2").tobytes()
    return head + matrix + struct.pack(">2H", 2, 2) + straight * inputs + table + straight * outputs


def _text(text: str) -> bytes:
    return b"text" + bytes(4) + text.encode() + b"\0"


def _description(text: str) -> bytes:
    """textDescriptionType: the ASCII part alone."""
    data = text.encode() + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(data)) + data + bytes(8 + 3 + 67)


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    white = struct.pack(">4sI3i", b"XYZ ", 0, *(round(n * 65536) for n in D50))
    tags = {
        b"desc": _description(NAME),
        b"cprt": _text("Public domain (CC0)"),
        b"wtpt": white,
        **tables,
    }
    offset, table, body = 128 + 4 + 12 * (len(tags) + 4), b"", b""
    places: dict[bytes, bytes] = {}
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        places[name] = struct.pack(">2I", offset + len(body), len(data))
        table += name + places[name]
        body += padded
    for name in (b"A2B1", b"A2B2", b"B2A1", b"B2A2"):  # every intent by the same table
        table += name + places[name[:3] + b"0"]
    size = offset + len(body)
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI3i4s44x",
        *(size, b"\0\0\0\0", 0x02400000, b"prtr", b"CMYK", b"Lab "),
        *(2026, 1, 1, 0, 0, 0),
        *(b"acsp", b"\0\0\0\0", 0, b"\0\0\0\0", b"\0\0\0\0", 0, 0),
        *(round(n * 65536) for n in D50),
        b"\0\0\0\0",
    )
    return header + struct.pack(">I", len(tags) + 4) + table + body


if __name__ == "__main__":
    (Path(__file__).parent / "coated-offset.icc").write_bytes(profile())
