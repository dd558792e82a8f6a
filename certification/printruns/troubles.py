"""What an error in preparing one document means to people."""

import pikepdf

from certification.documents.services import Tampered
from certification.errors import CannotDo, Unavailable
from institutions.models import MissingNameForms

from .addresses import NoAddress, NoAddressInLetter
from .states import Trouble

# the narrower errors first
TROUBLES: dict[type[Exception], Trouble] = {
    Tampered: Trouble.TAMPERED,
    pikepdf.PdfError: Trouble.UNREADABLE,
    NoAddressInLetter: Trouble.NO_STREET,
    NoAddress: Trouble.NO_ADDRESS,
    MissingNameForms: Trouble.NO_NAME,
    CannotDo: Trouble.TOO_LONG,
}
EXPECTED = tuple(TROUBLES)


def trouble_of(error: Exception) -> Trouble:
    """Raises the error again where it is not the document's: the storage does not answer."""
    if isinstance(error, Unavailable):
        raise error
    return next(trouble for kind, trouble in TROUBLES.items() if isinstance(error, kind))
