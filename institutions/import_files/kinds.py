"""What files call the kinds of institutions of the catalogue."""

import re
from collections.abc import Iterable, Mapping

from certification.finding import fold
from certification.standards.models import InstitutionKind

# By the code of the kind; folded. The word that stands first in a name decides: „Stowarzyszenie
# Przyjaciół Biblioteki” is an association.
WORDS: Mapping[str, str] = {
    "social_assistance": "mops|mopr|gops|ops|mgops|ugops|mcps|osrodek pomocy spolecznej|"
    "osrodek pomocy rodzinie|osrodki pomocy spolecznej|pomoc spoleczna|"
    "zespol terenowej pracy socjalnej",
    "cus": "cus|centrum uslug spolecznych",
    "library": "biblioteka|biblioteki|mbp|gbp|wbp|mediateka",
    "culture_centre": "dom kultury|osrodek kultury|centrum kultury|mok|gok|mdk|gck|mck|"
    "dom ludowy|centrum animacji|instytucja kultury|kultura|"
    "osrodek kultury i sportu|centrum kultury i sportu",
    "ngo": "stowarzyszenie|fundacja|towarzystwo|ngo|organizacja pozarzadowa|organizacja|"
    "zwiazek|kolo gospodyn wiejskich|kgw|ochotnicza straz pozarna|osp|caritas|hufiec|"
    "klub|spoldzielnia socjalna",
    "school": "szkola|zespol szkol|zespol szkolno przedszkolny|przedszkole|liceum|technikum|"
    "placowka oswiatowa|oswiata|uniwersytet|mlodziezowy dom kultury|sp|zlobek|bursa",
    "other": "inna|inne|inna instytucja|pcpr|powiatowe centrum pomocy rodzinie|urzad|gmina|"
    "starostwo|dom pomocy spolecznej|dps|muzeum|spoldzielnia|parafia|"
    "srodowiskowy dom samopomocy|sds|komenda|szpital|zaklad|spolka",
}


class Kinds:
    """The kinds of the catalogue, found by the words people use for them."""

    def __init__(self, kinds: Iterable[InstitutionKind]) -> None:
        self.by_pk = {kind.pk: kind for kind in kinds}
        by_code = {kind.code: kind for kind in self.by_pk.values()}
        words = {word: code for code, listed in WORDS.items() for word in listed.split("|")} | {
            _bare(name): kind.code
            for kind in by_code.values()
            for name in (kind.name_pl, kind.name_en, kind.code)
            if name
        }
        self._words = {word: by_code[code] for word, code in words.items() if code in by_code}
        longest_first = sorted(map(re.escape, self._words), key=len, reverse=True)
        self._pattern = re.compile(rf"\b({'|'.join(longest_first)})\b") if self._words else None

    def find(self, text: str) -> InstitutionKind | None:
        """The kind that the text names first."""
        found = self._pattern.search(_bare(text)) if self._pattern else None
        return self._words[found[1]] if found else None

    @property
    def accepted(self) -> str:
        """Names to choose from, for people."""
        return "; ".join(kind.name for kind in self.by_pk.values())


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()
