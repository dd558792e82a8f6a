"""Objects in, bytes out: a certificate or a letter as PDF/A-3a with PDF/UA-1.

Neither asks what time it is, who is looking or where it runs: the same sheet gives the same
bytes. Texts are plain: no markup and no template language runs on them. The words of a
certificate are Polish whatever language the screens are in, because it is a Polish document.
"""

import json
from dataclasses import asdict, replace
from typing import Any

from django.utils.translation import gettext as _

from certification.errors import CannotDo

from . import design, qr
from .fitting import fit, printable
from .grounds import ground
from .looks import LOOKS
from .orders import CertificateOrder, LetterOrder, printed
from .placing import place
from .printing import letterhead_images, print_html
from .sheets import CertificateSheet, Letterhead, LetterSheet, Signatory
from .states import Design
from .typography import day_in_words, plain, typeset

DATA_NAME = "certyfikat.json"
CREDENTIAL_NAME = "poswiadczenie.json"
HOLDER_WIDTH, HOLDER_HEIGHT = 610.0, 78.0  # points, of the first design
NOT_DATA = {"issuer", "preview", "signatories", "design", "orientation", "credential"}
MAX_TEXT = 40_000  # characters of one document; bounds the time it takes to print


def render_certificate(sheet: CertificateSheet, *, bleed: float = 0) -> bytes:
    """Print one certificate: one A4 page in its design, its data attached as JSON.

    With a `bleed`, in millimetres, its ground goes so far over the trim and no data is attached.
    Raises CannotDo for a text that does not fit or holds a letter the print fonts lack.
    """
    _refuse_unprintable(sheet.texts())
    genuine = bool(sheet.verification_url) and not sheet.preview
    address = sheet.verification_url.partition("://")[2]
    typed = _typeset(replace(sheet, credential=""))
    images = letterhead_images(sheet.issuer)
    if genuine:
        images["qr"] = qr.drawing(sheet.verification_url, design.INK)
    name, data = ("", b"") if bleed else _attached(sheet)
    if sheet.design == Design.FIRST:
        context = {"sheet": typed, "address": address, "genuine": genuine, **_of_first(sheet)}
        images["border"] = design.border()
        day = sheet.issued_on
        return print_html("certificate_first", context, day=day, images=images, data=(name, data))
    look = LOOKS[sheet.design, sheet.orientation]
    images["ground"] = ground(sheet, look, bleed)
    texts = place(sheet, look)
    return printed(
        CertificateOrder(typed, look, texts, genuine, address, images, bleed, data, name)
    )


def _attached(sheet: CertificateSheet) -> tuple[str, bytes]:
    """The credential, or where there is none the bare facts."""
    if sheet.credential:
        return CREDENTIAL_NAME, sheet.credential.encode()
    return DATA_NAME, _data(sheet)


def _of_first(sheet: CertificateSheet) -> dict[str, Any]:
    """The days and the holder's name as the first design sets them."""
    holder = fit(typeset(sheet.holder), width=HOLDER_WIDTH, height=HOLDER_HEIGHT)
    style = _css(
        font_size=holder.size,
        line_height=holder.size * holder.leading,
        padding_top=(HOLDER_HEIGHT - holder.height) / 2,
    )
    dated = {"dated": sheet.issued_on.isoformat()}
    return {"holder": holder.lines, "holder_style": style, **dated, **_days(sheet)}


def render_letter(sheet: LetterSheet) -> bytes:
    """Print one letter: A4 standing, as many pages as it needs.

    Raises CannotDo for a text that is too long or holds a letter the print fonts lack.
    """
    if not sheet.paragraphs:
        raise CannotDo(_("A letter needs at least one paragraph."))
    _refuse_unprintable(sheet.texts())
    contact = (sheet.issuer.address, sheet.issuer.website, sheet.issuer.email)
    images = letterhead_images(sheet.issuer)
    if sheet.verification_url:
        images["qr"] = qr.drawing(sheet.verification_url, design.INK)
    order = LetterOrder(
        sheet=_typeset(sheet),
        contact=" · ".join(typeset(part) for part in contact if part),
        dated=day_in_words(sheet.issued_on, sheet.language),
        address=sheet.verification_url.partition("://")[2],
        images=images,
    )
    return printed(order)


def _refuse_unprintable(texts: list[str]) -> None:
    if sum(map(len, texts)) > MAX_TEXT:
        raise CannotDo(_("The text is too long to print. Shorten it."))
    strange = sorted({c for text in texts for c in plain(text)} - printable())
    if strange:
        raise CannotDo(
            _("These characters cannot be printed: %(characters)s. Change the text.")
            % {"characters": " ".join(strange[:10])}
        )


def _typeset(value: Any) -> Any:
    """The same sheet, its texts typeset."""
    if isinstance(value, CertificateSheet | LetterSheet | Letterhead | Signatory):
        names = value.__dataclass_fields__
        return replace(value, **{name: _typeset(getattr(value, name)) for name in names})
    if isinstance(value, tuple):
        return tuple(_typeset(each) for each in value)
    return typeset(value) if isinstance(value, str) else value


def _css(**points: float) -> str:
    """Lengths in points as CSS, whatever the language says of decimal commas."""
    return ";".join(f"{name.replace('_', '-')}:{value:.2f}pt" for name, value in points.items())


def _days(sheet: CertificateSheet) -> dict[str, str]:
    return {
        "date": day_in_words(sheet.issued_on),
        "valid_from": day_in_words(sheet.valid_from),
        "valid_to": day_in_words(sheet.valid_to),
        "resolution_date": day_in_words(sheet.resolution_date),
    }


def _data(sheet: CertificateSheet) -> bytes:
    """What the certificate says, for machines; attached to the PDF."""
    facts = {name: value for name, value in asdict(sheet).items() if name not in NOT_DATA}
    facts |= {
        "issuer": sheet.issuer.name,
        "signatories": [asdict(person) for person in sheet.signatories],
        "status": "preview" if sheet.preview else "issued",
    }
    return json.dumps(facts, default=str, ensure_ascii=False, indent=1, sort_keys=True).encode()
