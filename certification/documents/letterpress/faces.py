"""Print fonts: words shaped by HarfBuzz, and as much of a font as a document needs."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import pydyf
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from certification.documents.fonts import FOLDER
from certification.documents.typography import NBSP

KNOWN_WORDS = 20_000  # that a face keeps shaped; a letter of two pages has 300 different ones
# Whatever tells how to set glyphs; they are set by the time they are in the file.
SETTING_TABLES = ("GDEF", "GPOS", "GSUB", "name")
SYMBOLIC = 4  # a flag of a font whose glyphs have numbers of their own (ISO 32000-1, 9.8.2)


@dataclass(frozen=True)
class Word:
    """Glyphs as `TJ` shows them, kerned (ISO 32000-1, 9.4.3); the width in ems."""

    shown: str
    width: float
    texts: tuple[tuple[int, str], ...]  # which letters each glyph stands for


class Face:
    """One font file. Sizes are in ems, `ascent` and `descent` away from the baseline."""

    def __init__(self, file: str) -> None:
        content = (FOLDER / file).read_bytes()
        self.name = file.removesuffix(".ttf")
        self._face = hb.Face(hb.Blob(content))
        self._font = hb.Font(self._face)
        extents = self._font.get_font_extents("ltr")
        self.ascent = extents.ascender / self._face.upem
        self.descent = -extents.descender / self._face.upem
        head = TTFont(io.BytesIO(content), lazy=True)["head"]
        self._box = [self._thousandths(getattr(head, side)) for side in SIDES]
        self.shaped = lru_cache(maxsize=KNOWN_WORDS)(self._shaped)
        self.space = self.shaped(" ")

    def _thousandths(self, units: int) -> float:
        return round(1000 * units / self._face.upem, 2)

    def _shaped(self, word: str, small_caps: bool = False) -> Word:
        """A word with its kerning, ligatures and lining figures."""
        buffer = hb.Buffer()
        buffer.add_str(word.replace(NBSP, " "))
        buffer.guess_segment_properties()
        buffer.language = "pl"
        hb.shape(self._font, buffer, {"lnum": True, "smcp": small_caps})
        glyphs, places = buffer.glyph_infos or [], buffer.glyph_positions or []
        texts = [word[a:b] for a, b in pairwise([*(g.cluster for g in glyphs), len(word)])]
        shown = ["<"]
        for glyph, place in zip(glyphs, places, strict=True):
            shown.append(f"{glyph.codepoint:04x}")
            kern = self._font.get_glyph_h_advance(glyph.codepoint) - place.x_advance
            if kern:
                shown.append(f">{self._thousandths(kern):g}<")
        width = sum(place.x_advance for place in places) / self._face.upem
        numbers = [glyph.codepoint for glyph in glyphs]
        return Word("".join([*shown, ">"]), width, tuple(zip(numbers, texts, strict=True)))

    def embedded(self, pdf: pydyf.PDF, used: Mapping[int, str]) -> bytes:
        """Put the glyphs that are used, and what they stand for, in a file; the reference."""
        glyphs = sorted(used)
        content = self._subset(glyphs)
        # a subset has a name of its own: six letters (ISO 32000-1, 9.6.4)
        digest = hashlib.sha256(content).digest()
        name = f"/{''.join(chr(65 + byte % 26) for byte in digest[:6])}+{self.name}"
        file = _added(pdf, pydyf.Stream([content], {"Length1": len(content)}, compress=True))
        descriptor = {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": SYMBOLIC,
            "FontBBox": pydyf.Array(self._box),
            "ItalicAngle": 0,
            "Ascent": round(1000 * self.ascent),
            "Descent": -round(1000 * self.descent),
            "CapHeight": round(1000 * self.ascent),
            "StemV": 80,
            "FontFile2": file,
        }
        widths = (
            f"{glyph} [{self._thousandths(self._font.get_glyph_h_advance(glyph)):g}]"
            for glyph in glyphs
        )
        descendant = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            "CIDToGIDMap": "/Identity",
            "W": f"[{' '.join(widths)}]",
            "FontDescriptor": _added(pdf, pydyf.Dictionary(descriptor)),
        }
        whole = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([_added(pdf, pydyf.Dictionary(descendant))]),
            "ToUnicode": _added(pdf, pydyf.Stream([_meanings(used)], compress=True)),
        }
        return _added(pdf, pydyf.Dictionary(whole))

    def _subset(self, glyphs: list[int]) -> bytes:
        """The font with these glyphs alone, which keep their numbers."""
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(
            int.from_bytes(tag.encode(), "big") for tag in SETTING_TABLES
        )
        return bytes(hb.subset(self._face, wanted).blob.data)


SIDES = ("xMin", "yMin", "xMax", "yMax")


@cache
def face(file: str) -> Face:
    """A face, read once in its process."""
    return Face(file)


def _added(pdf: pydyf.PDF, thing: Any) -> bytes:
    pdf.add_object(thing)
    return bytes(thing.reference)


def _meanings(used: Mapping[int, str]) -> str:
    """The letters that each glyph stands for, for whoever copies them (ISO 32000-1, 9.10.3)."""
    lines = [f"<{glyph:04x}> <{used[glyph].encode('utf-16-be').hex()}>" for glyph in sorted(used)]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    return MEANINGS % "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )


MEANINGS = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
