"""Taking in a bank of paragraphs."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification.audit.services import record
from certification.letters.bank import BadBank, BankFile
from certification.letters.models import Bank, BankParagraph, Finding
from certification.letters.states import Kind, Verb
from certification.standards.models import InstitutionKind
from institutions.models import User


@transaction.atomic
def import_paragraphs(data: BankFile, *, by: User | None = None) -> Bank:
    """Store a bank; from now on letters of its kind and language are drafted from it.

    Raises BadBank for a kind of letter that there is not, or when a paragraph names a kind of
    institution that the catalogue lacks.
    """
    if data.letter not in Kind.values:
        raise BadBank(
            _("There is no kind of letter “%(kind)s”. There are: %(kinds)s.")
            % {"kind": data.letter, "kinds": ", ".join(Kind.values)}
        )
    bank = Bank.objects.create(
        letter=data.letter, language=data.language, edition=data.edition, imported_by=by
    )
    kinds = {kind.code: kind for kind in InstitutionKind.objects.all()}
    for position, row in enumerate(data.paragraphs, start=1):
        unknown = set(row.kinds) - kinds.keys()
        if unknown:
            raise BadBank(
                _("Paragraph %(number)s: the catalogue has no kind of institution %(kinds)s.")
                % {"number": position, "kinds": ", ".join(sorted(unknown))}
            )
        paragraph = BankParagraph.objects.create(
            bank=bank,
            position=position,
            function=row.function,
            text=row.text,
            offered=row.offered,
        )
        paragraph.kinds.set(kinds[code] for code in row.kinds)
        Finding.objects.bulk_create(
            Finding(paragraph=paragraph, standard=standard, level=level)
            for standard, level in row.findings.items()
        )
    record(Verb.IMPORT, bank, by=by, paragraphs=len(data.paragraphs))
    return bank
