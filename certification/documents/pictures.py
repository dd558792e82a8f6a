"""A page of a document that we printed ourselves, as a picture for the screen."""

import io
import threading

import pypdfium2

# PDFium is not for two threads at once.
_ALONE = threading.Lock()


def first_page(content: bytes, *, width: int) -> bytes:
    """The first page as a PNG, `width` pixels wide. For our own bytes, never for a stranger's."""
    with _ALONE, pypdfium2.PdfDocument(content) as document:
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil()
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()
