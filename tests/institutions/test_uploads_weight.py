"""What a file made to swell costs: little, and never the process that serves people.

Processor time rather than a clock, so that a busy machine does not fail the test.
"""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.institutions import hostile_bombs as bombs
from tests.institutions import hostile_files as files

MEASURED = """
import os, resource, sys
import django
from django.conf import settings
settings.configure(USE_I18N=False, USE_TZ=True, CLAMD_ADDRESS="")
django.setup()
from institutions.uploads import Refused, inspect

def peak():  # megabytes of this process alone
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024

before, start = peak(), sum(os.times()[:4])
with open(sys.argv[1], "rb") as file:
    try:
        inspect(file, sys.argv[1], max_bytes=10**9)
        print("let in")
    except Refused:
        print("refused")
print(sum(os.times()[:4]) - start)
print(peak() - before)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def weighed(path: Path) -> tuple[str, float, float, float]:
    """The verdict, seconds of work, megabytes more in the server, megabytes in the child."""
    command = [sys.executable, "-c", MEASURED, str(path)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    verdict, seconds, server, child = done.stdout.split("\n")[:4]
    return verdict, float(seconds), float(server), float(child)


BOMBS = {
    "flate.pdf": files.flate_bomb,
    "nested-flate.pdf": bombs.nested_flate_bomb,
    "lzw.pdf": files.lzw_bomb,
    "flood.png": files.pixel_flood,
    "flood.jpg": lambda: bombs.jpeg_claiming(60_000, 60_000),
    "flood.webp": lambda: bombs.webp_claiming(16_383, 16_383),
    "scans.jpg": bombs.jpeg_of_many_scans,
    "zeros.docx": lambda: files.swollen_document(400),
    "liar.docx": lambda: files.lying_about_size(files.swollen_document(200), "word/document.xml"),
    "overlapping.docx": bombs.overlapping_parts,
    "nested.docx": lambda: files.ooxml(word__media__a_zip=files.swollen_document(50)),
    "parts.docx": lambda: files.package({f"p{number}.xml": "<a/>" for number in range(20_000)}),
    "list.docx": bombs.endless_list_of_parts,
    "laughs.docx": lambda: files.ooxml(word__document_xml=bombs.BILLION_LAUGHS),
    "laughs.odt": lambda: files.open_document(styles_xml=bombs.BILLION_LAUGHS),
    "late-laughs.xlsx": lambda: files.ooxml(
        "xlsx", xl__sheet1_xml="<!--" + " " * 9000 + "-->" + bombs.BILLION_LAUGHS
    ),
    "word.docx": bombs.long_word,
    "deep.docx": bombs.deep_tree,
    "text.png": files.png_with_swelling_text,
    "types.docx": lambda: files.ooxml(main='"/>' + "<a>" * 340_000),
    "endless.mp4": lambda: files.mp4(b"isom", *[b"free"] * 200_000),
    "endless.txt": lambda: b"a" * 200_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_in_two_seconds_and_300_megabytes(name: str, tmp_path: Path) -> None:
    bomb = tmp_path / name
    bomb.write_bytes(BOMBS[name]())

    verdict, seconds, server, child = weighed(bomb)

    assert verdict == "refused"
    assert seconds < 2
    assert server < 60
    assert child < 300


def photo(format_: str, size: tuple[int, int]) -> bytes:
    """A picture with something on every point, which lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    few = Image.effect_noise((size[0] // 50, size[1] // 50), 60)
    written = io.BytesIO()
    few.resize(size).convert("RGB").save(written, format_, exif=exif)
    return written.getvalue()


HEAVY = {
    "zdjęcie.jpg": lambda: photo("JPEG", (6_000, 4_900)),
    "telefon.jpg": lambda: photo("JPEG", (12_000, 9_000)),
    "skan.png": lambda: photo("PNG", (4_000, 3_000)),
    "grafika.webp": lambda: photo("WEBP", (4_000, 3_000)),
    "baza.csv": lambda: "Zażółć gęślą jaźń;44051401359\n".encode() * 260_000,
    "stara-baza.csv": lambda: "Zażółć gęślą jaźń;44051401359\n".encode("cp1250") * 300_000,
    "arkusz.xlsx": lambda: files.ooxml("xlsx", xl__media__a_png=os.urandom(60_000_000)),
    "film.mp4": lambda: files.mp4() + (90_000_008).to_bytes(4, "big") + b"free" + bytes(90_000_000),
}


@pytest.mark.parametrize("name", HEAVY)
def test_large_honest_file_gets_in_beside_a_small_server(name: str, tmp_path: Path) -> None:
    heavy = tmp_path / name
    heavy.write_bytes(HEAVY[name]())

    verdict, _seconds, server, child = weighed(heavy)

    assert verdict == "let in"
    assert server < 60
    assert child < 340
