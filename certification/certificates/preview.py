"""A certificate that does not exist yet, as a picture beside the form that is being filled in."""

import base64
from collections.abc import Callable
from typing import Any

from certification.documents.pictures import first_page
from certification.documents.render import render_certificate
from certification.documents.sheets import CertificateSheet
from certification.errors import CannotDo

WIDTH = 1000  # pixels of the picture


def pictured(make: Callable[[], CertificateSheet]) -> dict[str, Any]:
    """The first page of the sheet that is made, or why there is none: `picture`, `refusal`."""
    try:
        content = render_certificate(make())
    except CannotDo as refusal:
        return {"picture": "", "refusal": str(refusal)}
    return {"picture": base64.b64encode(first_page(content, width=WIDTH)).decode()}
