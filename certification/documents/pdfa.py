"""PDF/A-3a and PDF/UA-1 in one file, as a variant of WeasyPrint's own.

WeasyPrint writes one of the two. The other's mark is added to the same XMP packet, with the
extension schema that PDF/A asks for whenever a property is not its own (ISO 19005-3, 6.6.2.3).
"""

from typing import Any

from weasyprint.pdf import VARIANTS
from weasyprint.pdf.pdfa import pdfa

# WeasyPrint chooses the output intent by finding "pdf/a" in the name.
NAME = "pdf/a-3a+ua-1"

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
    packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet.stream = [part.replace(b"</rdf:RDF>", _UA) for part in packet.stream]


VARIANTS[NAME] = (
    _archival_and_accessible,
    {"pdf_version": "1.7", "pdf_identifier": True, "output_intent": "srgb", "pdf_tags": True},
)
