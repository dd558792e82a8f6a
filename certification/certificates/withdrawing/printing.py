"""From charges to the paper that states them."""

from certification.certificates.models import Charges
from certification.documents.charges import ChargesSheet, render_charges
from certification.documents.models import Issuer


def print_charges(charges: Charges) -> bytes:
    """The paper as PDF, on the letterhead of the day. Raises CannotDo for a text too long."""
    certificate, issuer = charges.certificate, Issuer.load()
    return render_charges(
        ChargesSheet(
            issuer=issuer.letterhead(),
            number=charges.number or "",
            place=issuer.place,
            day=charges.stated_on,
            holder=certificate.holder_name,
            certificate=certificate.number,
            issued_on=certificate.issued_on,
            text=charges.text,
            reply_until=charges.reply_until,
            signatory=charges.stated_by.full_name,
        )
    )
