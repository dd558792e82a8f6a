"""The press: WeasyPrint set up once in its process, with nothing left to fetch.

Imported by the press room alone: importing WeasyPrint needs Pango, and `manage.py check` must be
able to say so on a machine that lacks it.
"""

import gc
import hashlib
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring
from PIL import ImageFile
from weasyprint import CSS, HTML, Attachment
from weasyprint.css.counters import CounterStyle
from weasyprint.images import SVGImage
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import pdfa
from .fonts import FACES, FALLBACKS, FOLDER
from .letterpress.certificate import set_certificate
from .letterpress.letter import set_letter
from .marks import Picture, is_svg
from .orders import AnyOrder, CertificateOrder, LetterOrder, Order

# WeasyPrint lets Pillow read truncated pictures, everywhere in the process; our upload checks
# count on Pillow refusing them.
ImageFile.LOAD_TRUNCATED_IMAGES = False

STYLES = Path(__file__).parent / "styles"
# The others share papers.css.
LOOK_THEIR_OWN = (*("certificate_first", "envelope", "labels", "calibration"),)


class FetchRefused(Exception):
    """A document tried to load something while it was being printed."""


@lru_cache(maxsize=8)
def picture(mark: bytes) -> Any:
    """The issuer's mark, read once for all documents."""
    if is_svg(mark):
        return SVGImage(fromstring(mark, forbid_dtd=False), "print:mark", Nothing(), None)
    return Picture(mark)


class OwnFonts(URLFetcher):
    """Hands out the vendored fonts while the press is set up, and nothing else."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = url.removeprefix("font:")
        if name not in {file for *_face, file in (*FACES, *FALLBACKS)}:
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, (FOLDER / name).read_bytes())


class Nothing(URLFetcher):
    """Refuses every address: all that a document shows is already in the press."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        raise FatalURLFetchingError(url)


NOTHING = Nothing()


class Press:
    """One for all orders of its process. WeasyPrint copies the fonts into the temporary folder,
    which whoever started the process removes.
    """

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        faces = "".join(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
            f'font-style: {style}; src: url("font:{file}") }}'
            for family, weight, style, file in (*FACES, *FALLBACKS)
        )
        CSS(string=faces, font_config=self._fonts, url_fetcher=OwnFonts())
        self._counters = CounterStyle()
        self._styles = {path.stem: self._style(path) for path in STYLES.glob("*.css")}
        # All that is loaded by now stays loaded; spared it, the garbage collector no longer
        # interrupts a document for 70 ms (the slowest of 60 certificates: 97 -> 31 ms).
        gc.collect()
        gc.freeze()

    def _style(self, path: Path) -> CSS:
        return CSS(
            string=path.read_text(),
            font_config=self._fonts,
            counter_style=self._counters,
            url_fetcher=NOTHING,
        )

    def _sheets(self, style: str) -> list[CSS]:
        """What belongs to the paper alone comes last."""
        shared = [] if style in LOOK_THEIR_OWN else [self._styles["papers"]]
        return [*shared, self._styles[style]]

    def print(self, order: AnyOrder) -> bytes:
        """A PDF/A-3a and PDF/UA-1 file; the same order gives the same bytes in any process."""
        images = {name: _ready(image) for name, image in order.images.items()}
        if isinstance(order, LetterOrder):
            return set_letter(order, images)
        if isinstance(order, CertificateOrder):
            return set_certificate(order, images, _attachment(order) if order.data else None)
        return self._laid_out(order, {f"print:{name}": image for name, image in images.items()})

    def _laid_out(self, order: Order, images: dict[str, Any]) -> bytes:
        """A page of HTML as WeasyPrint sets it."""
        try:
            return HTML(string=order.html, url_fetcher=NOTHING).write_pdf(
                font_config=self._fonts,
                counter_style=self._counters,
                color_profiles=pdfa.profiles(),
                stylesheets=self._sheets(order.style),
                cache=images,
                pdf_variant=pdfa.NAME,
                pdf_identifier=hashlib.sha256(order.html.encode()).hexdigest()[:32].encode(),
                finisher=pdfa.pack,
                attachments=[_attachment(order)] if order.data else [],
            )
        except FatalURLFetchingError as error:  # a BaseException, so that nothing swallows it
            raise FetchRefused(str(error)) from None


def _ready(image: Any) -> Any:
    """A drawing as it is; of a mark, its bytes as a picture."""
    return picture(image) if isinstance(image, bytes) else image


def _attachment(order: Order | CertificateOrder) -> Attachment:
    # A document bears a day and a PDF a moment: noon, which is that day all over Europe.
    moment = datetime.combine(order.day, time(12), tzinfo=UTC)
    return Attachment(
        string=order.data,
        name=order.data_name,
        relationship="Data",
        created=moment,
        modified=moment,
        url_fetcher=NOTHING,
    )
