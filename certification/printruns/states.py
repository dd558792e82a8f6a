"""States of a print run, and the verbs that lead from one to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.audit.verbs import AuditVerb


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("print run", "waits for its turn")
    WORKING = "working", pgettext_lazy("print run", "being prepared")
    PAUSED = "paused", pgettext_lazy("print run", "paused")
    DONE = "done", pgettext_lazy("print run", "ready")
    GAPS = "gaps", pgettext_lazy("print run", "ready, with gaps")
    CANCELLED = "cancelled", pgettext_lazy("print run", "cancelled")


UNDER_WAY = frozenset({State.WAITING, State.WORKING})
ENDED = (State.DONE, State.GAPS, State.CANCELLED)  # in this order in the database


class Verb(AuditVerb):
    START = "printruns.start", _("Print run started")
    PAUSE = "printruns.pause", _("Print run paused")
    RESUME = "printruns.resume", _("Print run resumed")
    CANCEL = "printruns.cancel", _("Print run cancelled")
    FINISH = "printruns.finish", _("Print run finished")
    COMPLETE = "printruns.complete", _("Missing documents of a print run to be made up")
    PRINT = "printruns.print", _("Document put into a print run")
    SAVE_PRINTER = "printruns.save_printer", _("Settings of a printer saved")
    FORGET = "printruns.forget", _("Files of a print run removed")


# verb -> states it leads from; where it leads to
TRANSITIONS: dict[Verb, tuple[frozenset[State], State]] = {
    Verb.PAUSE: (UNDER_WAY, State.PAUSED),
    Verb.RESUME: (frozenset({State.PAUSED}), State.WAITING),
    Verb.CANCEL: (UNDER_WAY | {State.PAUSED}, State.CANCELLED),
    Verb.COMPLETE: (frozenset({State.GAPS}), State.WAITING),
}


class ItemState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("item of a print run", "waits")
    READY = "ready", pgettext_lazy("item of a print run", "ready")
    GAP = "gap", pgettext_lazy("item of a print run", "missing")


class Kind(models.TextChoices):
    CERTIFICATE = "certificate", _("certificate")
    LETTER = "letter", _("letter")
    ENVELOPE = "envelope", _("envelope")
    LABEL = "label", _("label")


class Trouble(models.TextChoices):
    """Why an item is missing; `what_to_do` says how it is mended."""

    TAMPERED = "tampered", _("The stored file is missing or was changed.")
    UNREADABLE = "unreadable", _("The stored file cannot be opened as a PDF.")
    NO_ADDRESS = "no_address", _("The institution has no complete address.")
    NO_STREET = "no_street", _("The letter names no street and postcode.")
    NO_NAME = "no_name", _("Nobody has confirmed the name of the institution.")
    TOO_LONG = "too_long", _("The address does not fit.")
    BARRED = "barred", _("The case is closed to the person who prepares this run.")


WHAT_TO_DO = {
    Trouble.TAMPERED: _("Tell the administrator: the file can be restored from a backup."),
    Trouble.UNREADABLE: _("Tell the administrator: the file can be restored from a backup."),
    Trouble.NO_ADDRESS: _("Fill in the street, the postcode and the town of the institution."),
    Trouble.NO_STREET: _("Write a letter that takes its place, or address the envelope by hand."),
    Trouble.NO_NAME: _("Confirm the forms of its name."),
    Trouble.TOO_LONG: _("Choose a larger envelope or label in a new run, or shorten the street."),
    Trouble.BARRED: _("Another person of the office can make up what is missing."),
}


class Output(models.TextChoices):
    PDF = "pdf", _("one PDF to print")
    ZIP = "zip", _("a ZIP of single files")


class Grouping(models.TextChoices):
    BY_KIND = "by_kind", _("by kind: all certificates, all letters, all envelopes")
    BY_RECIPIENT = "by_recipient", _("by recipient: certificate, letter and envelope together")


class Order(models.TextChoices):
    NUMBER = "number", _("by number of the certificate")
    HOLDER = "holder", _("by name of the institution")
    TOWN = "town", _("by town")
    VOIVODESHIP = "voivodeship", _("by voivodeship, then by town")


# certificates; letters that go without one
ORDERS = {
    Order.NUMBER: ("issued_on", "pk"),
    Order.HOLDER: ("holder_name", "pk"),
    Order.TOWN: ("institution__town", "holder_name", "pk"),
    Order.VOIVODESHIP: ("institution__voivodeship", "institution__town", "holder_name", "pk"),
}

LETTER_ORDERS = {
    Order.NUMBER: ("approved_at", "pk"),
    Order.HOLDER: ("recipient", "pk"),
    Order.TOWN: ("application__institution__town", "recipient", "pk"),
    Order.VOIVODESHIP: (
        *("application__institution__voivodeship", "application__institution__town"),
        *("recipient", "pk"),
    ),
}


class Sending(models.TextChoices):
    REGISTERED = "registered", _("registered letter")
    ORDINARY = "ordinary", _("ordinary letter")
    COURIER = "courier", _("courier")
    EDELIVERY = "edelivery", _("e-Delivery where there is an address, else a registered letter")
    CEREMONY = "ceremony", _("handed over at a ceremony")


class Envelope(models.TextChoices):
    """The keys of documents.mailing.ENVELOPES."""

    DL = "dl", "DL (220 × 110 mm)"
    C5 = "c5", "C5 (229 × 162 mm)"
    C4 = "c4", "C4 (324 × 229 mm)"


class Labels(models.TextChoices):
    """The keys of documents.mailing.LABELS."""

    L3X8 = "3x8", _("3 × 8, label 70 × 37 mm")
    L3X7 = "3x7", _("3 × 7, label 63.5 × 38.1 mm")
    L2X8 = "2x8", _("2 × 8, label 105 × 37 mm")
    L2X7 = "2x7", _("2 × 7, label 99.1 × 38.1 mm")
    L2X4 = "2x4", _("2 × 4, label 99.1 × 67.7 mm")
