import json
from dataclasses import replace

import pytest

from certification.documents.render import DATA_NAME, render_certificate
from certification.documents.sheets import Signatory
from certification.errors import CannotDo

from .sheets import SIGNATORIES, certificate_sheet, reader, spaced, text_of, words_of

INNER = (62.0, 62.0, 841.9 - 62.0, 595.3 - 62.0)  # inside the border, points

HARD_NAMES = [
    "GOPS",
    "Ż",
    "Miejska Biblioteka Publiczna im. Jana Wiktora w Szczawnicy",
    "Zespół Terenowej Pracy Socjalnej nr 7 Miejskiego Ośrodka Pomocy Społecznej we Wrocławiu",
    "Stowarzyszenie na rzecz Rozwoju Społeczności Lokalnej „Razem w Dolinie Bystrzycy” im. "
    "ks. Jana Twardowskiego z siedzibą w Szczawnie-Zdroju, Centrum Aktywności Lokalnej przy "
    "Gminnej Bibliotece Publicznej i Ośrodku Kultury, Sportu i Rekreacji w Nowej Rudzie-Słupcu",
    "Fundacja „Zażółć gęślą jaźń” – pchnąć w tę łódź jeża lub ośm skrzyń fig",
    "ZAŻÓŁĆ GĘŚLĄ JAŹŃ " * 6,
    "Stowarzyszenie „Razem & Osobno” <b>Kłodzko</b>",
    "<script>alert('x')</script> Ośrodek",
    "{{ settings.SECRET_KEY }} {% include 'x' %} Dom Kultury",
    "</p></div><img src=http://127.0.0.1:9/x.png> Ośrodek",
    "<link rel=attachment href=file:///etc/passwd> Ośrodek",
    "@import url(http://127.0.0.1:9/x.css); Ośrodek",
    "&amp; &lt;&nbsp; &#0; Ośrodek",
    "Klub \"Pod Kasztanem\" \\ (dawniej 'Świt')",
    "Ośrodek \u202eżółw\u202c odwrócony",
    "Ośrodek\u200bWsparcia\u2060Rodziny\ufeff",
    "Os\u0301rodek Pomocy Społecznej w Z\u0307arach",
    "Ośrodek\tPomocy\r\nSpołecznej   w  Łodzi",
    "W" * 150,
    "Konstantynopolitańczykowianeczka" * 5,
    "i" * 300,
    "A " * 120,
    "a-b-c-" * 40,
    "Centrum Usług Społecznych w gminie Dolní Lhota – Příbor (Śląsk Cieszyński)",
    "Dom Kultury №1 § 5 ust. 2 … 100 % €",
    "%s %(name)s {0} $HOME `id` ../../etc/passwd",
    "'; DROP TABLE documents_storeddocument; --",
    "Środowiskowy Dom Samopomocy „Przystań” w Woli Rzędzińskiej k. Tarnowa",
    "Ośrodek Sportu, Rekreacji i Turystyki – Powiatowe Centrum Pomocy Rodzinie w Międzyrzecu",
]


def as_printed(name: str) -> str:
    """What a reader of the certificate should see of a name."""
    seen = name.replace("s\u0301", "ś").replace("Z\u0307", "Ż")
    for unseen in "\u202e\u202c\u200b\u2060\ufeff":
        seen = seen.replace(unseen, "")
    return spaced(seen)


@pytest.mark.parametrize("name", HARD_NAMES)
def test_hard_name_is_printed_exactly_on_one_page_inside_the_border(name: str) -> None:
    content = render_certificate(certificate_sheet(holder=name))
    pages = words_of(content)
    assert len(pages) == 1
    left, top, right, bottom = INNER
    for word in pages[0]:
        assert left < word.left < word.right < right, word
        assert top < word.top < word.bottom < bottom, word
    # a word too wide for a line is cut, so white space does not count here
    assert as_printed(name).replace(" ", "") in text_of(content).replace(" ", "")


def test_certificate_says_everything_in_exact_polish() -> None:
    assert text_of(render_certificate(certificate_sheet())) == (
        "Centrum Wspierania Aktywności Lokalnej CAL "
        "Certyfikat Jakości Centrum Aktywności Lokalnej otrzymuje "
        "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli "
        "za wdrażanie Modelu Organizowania Społeczności Lokalnej na lata 2016–2021 "
        "ważny od 12 maja 2016 r. do 11 maja 2021 r. "
        "Nr CAL/OSL/12/2016 "
        "Warszawa, 12 maja 2016 r. uchwała Zarządu nr 14/2016 z dnia 9 maja 2016 r. "
        "Anna Próbna Prezes Zarządu Członek Zarządu "
        "Czy certyfikat jest ważny? Kod 7K3M-9QXP-2VTD "
        "certyfikat.example.org/weryfikacja/7K3M-9QXP-2VTD/"
    )


def test_pypdf_reads_the_same_words() -> None:
    text = spaced(reader(render_certificate(certificate_sheet())).pages[0].extract_text())
    assert "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli" in text
    assert "za wdrażanie Modelu Organizowania Społeczności Lokalnej" in text


def test_certificate_is_one_a4_page_lying_down_with_a_title_and_a_language() -> None:
    pdf = reader(render_certificate(certificate_sheet()))
    box = pdf.pages[0].mediabox
    assert (len(pdf.pages), round(box.width, 1), round(box.height, 1)) == (1, 841.9, 595.3)
    assert pdf.metadata is not None
    assert spaced(str(pdf.metadata.title)) == (
        "Certyfikat Jakości Centrum Aktywności Lokalnej nr CAL/OSL/12/2016 – "
        "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli"
    )
    assert pdf.trailer["/Root"]["/Lang"] == "pl"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_every_font_is_embedded_and_ours() -> None:
    pdf = reader(render_certificate(certificate_sheet()))
    fonts = pdf.pages[0]["/Resources"]["/Font"]
    families = set()
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"]
        families.add(str(descendant["/BaseFont"]).partition("+")[2])
    assert families == {
        "EBGaramond-Regular",
        "EBGaramond-Medium",
        "EBGaramond-Italic",
        "OpenSans-Regular",
        "OpenSans-SemiBold",
    }


def test_data_is_attached_for_machines() -> None:
    pdf = reader(render_certificate(certificate_sheet(replaces="CAL/OSL/11/2016")))
    assert json.loads(pdf.attachments[DATA_NAME][0]) == {
        "number": "CAL/OSL/12/2016",
        "replaces": "CAL/OSL/11/2016",
        "status": "issued",
        "holder": "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli",
        "reason": "za wdrażanie Modelu Organizowania Społeczności Lokalnej",
        "validity_label": "na lata 2016–2021",
        "valid_from": "2016-05-12",
        "valid_to": "2021-05-11",
        "resolution_number": "14/2016",
        "resolution_date": "2016-05-09",
        "place": "Warszawa",
        "issued_on": "2016-05-12",
        "issuer": "Centrum Wspierania Aktywności Lokalnej CAL",
        "signatories": [
            {"name": "Anna Próbna", "function": "Prezes Zarządu"},
            {"name": "", "function": "Członek Zarządu"},
        ],
        "verification_url": "https://certyfikat.example.org/weryfikacja/7K3M-9QXP-2VTD/",
        "verification_code": "7K3M-9QXP-2VTD",
    }
    [specification] = pdf.trailer["/Root"]["/AF"]
    assert specification.get_object()["/AFRelationship"] == "/Data"


def test_replaced_certificate_is_named() -> None:
    text = text_of(render_certificate(certificate_sheet(replaces="CAL/OSL/11/2016")))
    assert "Nr CAL/OSL/12/2016 zastępuje certyfikat nr CAL/OSL/11/2016" in text


def test_preview_says_so_and_cannot_be_verified() -> None:
    sheet = certificate_sheet(preview=True)
    content = render_certificate(sheet)
    text = text_of(content)
    assert "PODGLĄD" in text
    assert "Dokument próbny – certyfikat nie został wydany" in text
    assert "7K3M" not in text
    data = json.loads(reader(content).attachments[DATA_NAME][0])
    assert data["status"] == "preview"
    issued = text_of(render_certificate(replace(sheet, preview=False)))
    assert "PODGLĄD" not in issued
    assert "Dokument próbny" not in issued


def test_long_signatories_stay_inside_the_border() -> None:
    person = Signatory(
        "prof. dr hab. Maria Magdalena Przybyszewska-Konstantynopolitańska",
        "Przewodnicząca Zarządu Stowarzyszenia, pełnomocniczka do spraw certyfikacji",
    )
    content = render_certificate(certificate_sheet(signatories=(person, SIGNATORIES[1])))
    assert max(word.bottom for word in words_of(content)[0]) < INNER[3]
    assert len(words_of(content)) == 1


@pytest.mark.parametrize("field", ["holder", "reason", "place", "validity_label", "number"])
def test_a_letter_the_fonts_lack_is_refused_and_named(field: str) -> None:
    with pytest.raises(CannotDo, match="א"):
        render_certificate(certificate_sheet(**{field: "Ośrodek אבג"}))


def test_a_name_beyond_all_measure_is_refused() -> None:
    with pytest.raises(CannotDo):
        render_certificate(certificate_sheet(holder="Ośrodek Pomocy " * 100))


def test_a_text_that_would_take_for_ever_is_refused() -> None:
    with pytest.raises(CannotDo):
        render_certificate(certificate_sheet(reason="a" * 50_000))
