"""What goes into the print room: plain text and days, nothing that can change later."""

from dataclasses import dataclass
from datetime import date

from .states import Design, Orientation


@dataclass(frozen=True)
class Letterhead:
    """Who issues, as printed. `mark` is an SVG or PNG file; None prints the neutral mark."""

    name: str
    address: str = ""
    website: str = ""
    email: str = ""
    mark: bytes | None = None


@dataclass(frozen=True)
class Signatory:
    """A place to sign; without a name it is a dotted line with the function below."""

    name: str
    function: str


@dataclass(frozen=True)
class CertificateSheet:
    """Everything one certificate prints, and carries as data for machines.

    The holder's name is in the nominative and in full. The validity label is printed as
    given: it is never computed from the dates. A preview says that it was not issued and
    has no QR code. `replaces` is the number of the certificate this one corrects. Lines
    typed in the reason are kept. The first design lies whatever the orientation says.
    `credential` is JSON that says the same for machines, signed.
    """

    number: str
    holder: str
    reason: str
    validity_label: str
    valid_from: date
    valid_to: date
    resolution_number: str
    resolution_date: date
    place: str
    issued_on: date
    signatories: tuple[Signatory, Signatory]
    verification_url: str
    verification_code: str
    issuer: Letterhead
    preview: bool = False
    replaces: str = ""
    design: str = Design.CLASSIC
    orientation: str = Orientation.LANDSCAPE
    credential: str = ""

    def texts(self) -> list[str]:
        """All that people wrote on it."""
        return [
            *(self.number, self.holder, self.reason, self.validity_label),
            *(self.resolution_number, self.place, self.replaces),
            *(self.verification_url, self.verification_code),
            *_texts_of(self.issuer, self.signatories),
        ]


@dataclass(frozen=True)
class LetterSheet:
    """A letter: paragraphs of plain text between a letterhead and two signatures.

    Without a `verification_url` it has no QR code: a preview, or a letter from before the codes.
    """

    issuer: Letterhead
    place: str
    issued_on: date
    addressee: tuple[str, ...]
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    signatories: tuple[Signatory, ...]
    reference: str = ""
    title: str = "List gratulacyjny"
    language: str = "pl"
    preview: bool = False
    verification_url: str = ""
    verification_code: str = ""

    def texts(self) -> list[str]:
        """All that people wrote on it."""
        return [
            *(self.place, self.salutation, self.closing, self.reference, self.title),
            *(self.verification_url, self.verification_code),
            *self.addressee,
            *self.paragraphs,
            *_texts_of(self.issuer, self.signatories),
        ]


def _texts_of(issuer: Letterhead, signatories: tuple[Signatory, ...]) -> list[str]:
    people = [text for person in signatories for text in (person.name, person.function)]
    return [issuer.name, issuer.address, issuer.website, issuer.email, *people]
