"""The written request that opens the process (regulation, point 3), as PDF with room to sign."""

from .application_sheets import RequestSheet
from .counting import counted
from .printing import letterhead_images, print_html
from .report import cover, legible
from .typography import day_in_words

CRITERIA = ("kryterium", "kryteria", "kryteriów")
EVIDENCE = ("przywołanie dowodu", "przywołania dowodów", "przywołań dowodów")


def render_request(sheet: RequestSheet) -> bytes:
    """Print the request: one A4 page standing where the names are of a usual length."""
    issuer = sheet.source.issuer
    context = {
        **cover(sheet.applicant, sheet.source),
        "sheet": sheet,
        "place": legible(sheet.place),
        "date": day_in_words(sheet.source.day),
        "numbers": [(label, legible(value)) for label, value in sheet.applicant.numbers if value],
        "addressee": [legible(line) for line in (issuer.name, issuer.address) if line],
        "standards": legible(sheet.source.standards),
        "case": legible(sheet.source.case),
        "criteria": counted(sheet.criteria, CRITERIA),
        "evidence": counted(sheet.evidence, EVIDENCE),
        "declarations": [legible(each) for each in sheet.declarations],
    }
    images = letterhead_images(issuer)
    return print_html("request", context, day=sheet.source.day, images=images)
