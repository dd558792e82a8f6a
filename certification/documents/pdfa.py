"""PDF/A-3a and PDF/UA-1 in one file, as a variant of WeasyPrint's own.

WeasyPrint writes one of the two. The other's mark is added to the same XMP packet, with the
extension schema that PDF/A asks for whenever a property is not its own (ISO 19005-3, 6.6.2.3).
"""

import zlib
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
from weasyprint.css import ColorProfile
from weasyprint.pdf import VARIANTS
from weasyprint.pdf.pdfa import pdfa

# WeasyPrint chooses the output intent by finding "pdf/a" in the name.
NAME = "pdf/a-3a+ua-1"
# Not "srgb": under that name WeasyPrint opens the file anew for each document and leaves it open.
PROFILE = "srgb-once"


class Srgb(ColorProfile):
    """WeasyPrint's own sRGB profile, its bytes as they are in the file.

    The library that reads profiles writes one out differently the second time.
    """

    def __init__(self) -> None:
        self._bytes = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
        channels = (["r"], ["g"], ["b"])
        super().__init__(BytesIO(self._bytes), "sRGB2014.icc", "relative-colorimetric", channels)

    @property
    def content(self) -> bytes:
        return self._bytes


@cache
def profiles() -> dict[str, ColorProfile]:
    """The colour space of our documents, read once."""
    return {PROFILE: Srgb()}


def pack(document: Any, pdf: Any) -> None:
    """Compress each stream once; pydyf does it anew each time it is asked (6 ms a document).

    The XMP packet stays readable, as archives like it (ISO 19005-3, 6.6.2.1 note).
    """
    metadata = int(pdf.catalog["Metadata"].split()[0])
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.compress:
            thing.compress = False
            if thing.number != metadata:
                content = b"\n".join(map(pydyf._to_bytes, thing.stream))
                thing.stream = [zlib.compress(content, 6)]
                thing.extra["Filter"] = "/FlateDecode"


_UA = b"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def _archival_and_accessible(
    pdf: Any, document: Any, page_streams: Any, attachments: Any, compress: bool
) -> None:
    pdfa(pdf, document, page_streams, attachments, compress, version=3, variant="A")
    # WeasyPrint lists every attachment twice.
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet.stream = [part.replace(b"</rdf:RDF>", _UA) for part in packet.stream]


VARIANTS[NAME] = (
    _archival_and_accessible,
    {"pdf_version": "1.7", "pdf_identifier": True, "output_intent": PROFILE, "pdf_tags": True},
)
