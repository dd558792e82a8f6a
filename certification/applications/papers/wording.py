"""What was found about a signed paper, in words: facts for a person who decides, no verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import date as formatted
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.documents.recognition import Comparison, Likeness
from certification.documents.signatures import After, Examination, Signature, Stamp, Trust

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Saying:
    """A finding with the tone of its callout."""

    title: str
    text: str
    tone: str


_LIKENESS = {
    Likeness.SAME: (
        gettext_lazy("Our document, unsigned"),
        gettext_lazy("Every byte is as the system made it. There is no signature in the file."),
        "warning",
    ),
    Likeness.SIGNED: (
        gettext_lazy("Our document, signed"),
        gettext_lazy(
            "The file begins with the very document that the system made, byte for byte; after it "
            "stand signatures and nothing else."
        ),
        "info",
    ),
    Likeness.REWRITTEN: (
        gettext_lazy("The same words in a file saved anew"),
        gettext_lazy(
            "On every page stand the words of our document, but the file was written anew, as by "
            "“Print to PDF”. Compared are words; stamps and drawings are not. Look at the pages."
        ),
        "info",
    ),
    Likeness.ALTERED: (
        gettext_lazy("Our document, with something beside signatures"),
        gettext_lazy(
            "The file begins with our document and holds its words, but more was changed after it "
            "than signing changes: a drawing, a note, a page's look. Look at the pages."
        ),
        "warning",
    ),
    Likeness.DIFFERS: (
        gettext_lazy("Other words than in our document"),
        gettext_lazy(
            "Pages bear the fingerprint of our document, but some of the words differ. Below "
            "stands where."
        ),
        "danger",
    ),
    Likeness.OTHER: (
        gettext_lazy("Not recognised"),
        gettext_lazy(
            "No page bears the fingerprint of our document (SHA-256 in the foot), and the words "
            "are others."
        ),
        "danger",
    ),
    Likeness.PICTURE: (
        gettext_lazy("A scan"),
        gettext_lazy(
            "There are no words in the file, so the program cannot compare it. Compare the pages "
            "by eye, the fingerprint in the foot above all."
        ),
        "info",
    ),
    Likeness.UNREADABLE: (
        gettext_lazy("The file could not be read to its end"),
        gettext_lazy("Open it on your computer, or ask the institution to send it anew."),
        "warning",
    ),
}


def likeness(comparison: Comparison) -> Saying:
    title, text, tone = _LIKENESS[Likeness(comparison.likeness)]
    return Saying(str(title), str(text), tone)


def signing(examination: Examination | None) -> list[Facts]:
    """Of each signature what is known of it."""
    return [list(_facts(each)) for each in examination.signatures] if examination else []


def _facts(signature: Signature) -> Iterator[tuple[str, str]]:
    yield _("Who"), _who(signature)
    yield _("When"), _when(signature)
    yield _("Content"), _content(signature)
    yield _("Whole file"), _after(signature)
    yield _("Certificate"), _certificate(signature)
    yield _("Who vouches for it"), _trust(signature)
    yield _("Revocation"), _revocation(signature)
    if signature.certifies:
        yield _("Kind of signature"), _("It certifies the document and limits later changes.")


def _who(signature: Signature) -> str:
    of = signature.organisation and _("for %(name)s") % {"name": signature.organisation}
    parts = (signature.signer or _("no name in the certificate"), signature.number, of)
    return ", ".join(part for part in parts if part)


def _when(signature: Signature) -> str:
    stamp = signature.stamp
    if stamp:
        return _stamped(stamp)
    if not signature.claimed_time:
        return _("The signature names no time.")
    return _("%(time)s by the signer's own clock; nobody else confirms it.") % {
        "time": moment(signature.claimed_time)
    }


def _stamped(stamp: Stamp) -> str:
    names = {"time": moment(stamp.time), "authority": stamp.authority}
    if not stamp.is_intact:
        return _("A time stamp of %(authority)s does not fit the signature.") % names
    if stamp.trust == Trust.LISTED:
        return _("%(time)s, confirmed by %(authority)s, which is on our list.") % names
    return _("%(time)s, stamped by %(authority)s, which is not on our list.") % names


def _content(signature: Signature) -> str:
    if signature.is_intact:
        return _("What was signed is unchanged.")
    return _(
        "The signature does not fit what stands in the file: it was changed after signing, or "
        "the signature belongs to something else."
    )


def _after(signature: Signature) -> str:
    if signature.covers_whole_file:
        return _("The signature covers the whole file.")
    if signature.after == After.ALLOWED:
        return _("After it came only what belongs to signing, as another signature does.")
    return _("After it the document itself was changed. What was signed is no longer what you see.")


def _certificate(signature: Signature) -> str:
    text = _("issued by %(issuer)s, valid from %(first)s to %(last)s") % {
        "issuer": signature.issuer,
        "first": day(signature.valid_from),
        "last": day(signature.valid_to),
    }
    if signature.says_qualified and signature.is_seal:
        return text + "; " + _("it calls itself a qualified seal of an organisation")
    if signature.says_qualified:
        return text + "; " + _("it calls itself qualified")
    return text + "; " + _("it does not call itself qualified (podpis zaufany or another)")


def _trust(signature: Signature) -> str:
    names = {"anchor": signature.anchor}
    return {
        Trust.LISTED: _("%(anchor)s, which is on our list of recognised authorities.") % names,
        Trust.EXPIRED: _(
            "An authority of our list, but the certificate had ended when the file came. Whether "
            "it was valid at signing, only a time stamp can show."
        ),
        Trust.REVOKED: _("Nobody: the certificate was revoked."),
        Trust.UNKNOWN: _(
            "Nobody of our list. That need not be bad: podpis zaufany and podpis osobisty come "
            "from the state. Check the file at moj.gov.pl or in the Commission's DSS, and note it."
        ),
        Trust.NO_LIST: _(
            "Not checked: no list of recognised authorities is set up here. Check the file in the "
            "Commission's DSS or at moj.gov.pl, and note what it said."
        ),
    }[Trust(signature.trust)]


def _revocation(signature: Signature) -> str:
    if signature.checked_revocation:
        return _("The file carries proofs of whether the certificate was revoked; they were read.")
    return _("Not checked: the file carries no proof, and the program asks nobody on the network.")


def moment(text: str) -> str:
    return str(formatted(localtime(datetime.fromisoformat(text)), "j E Y, H:i"))


def day(text: str) -> str:
    return str(formatted(localtime(datetime.fromisoformat(text)), "j E Y"))
