"""Adjectives: a closed list, a few endings that only adjectives have, and how they decline.

Adjectives are listed by their masculine nominative. A hyphenated one („Miejsko-Gminny”)
declines in its last part only.
"""

from institutions.declension.nouns import NAMING
from institutions.grammar import Case, Gender

# May stand before the head or after it: „Publiczna Szkoła Podstawowa”.
_RELATIONAL = """
abstynencki adaptacyjny adopcyjny akademicki aktywizacyjny animacyjny archidiecezjalny artystyczny
badawczy biblioteczny bokserski branżowy budowlany całodobowy celny centralny ceramiczny
charytatywny chroniony chrześcijański cyfrowy dęty diecezjalny dobroczynny doktorancki doradczy
dramatyczny drogowy działkowy dziecięcy dzielnicowy dzienny edukacyjny ekologiczny energetyczny
epidemiologiczny etnograficzny europejski ewangelicki farmaceutyczny filatelistyczny filmowy
folklorystyczny fotograficzny geodezyjny główny gminny gospodarczy górniczy górski graniczny
handlowy harcerski historyczny hodowlany hospicyjny humanitarny hutniczy informacyjny
informatyczny innowacyjny integracyjny interdyscyplinarny interwencyjny inwalidzki jachtowy
jeździecki kajakowy karny katolicki kobiecy kolarski kolejowy kombatancki komunalny konsultacyjny
kościelny krajobrazowy krajowy krajoznawczy kredytowy kresowy kryzysowy kulturalny kulturowy
kuratorski lalkowy leczniczy lekarski lekkoatletyczny literacki logopedyczny lokalny lotniczy
ludowy łowiecki łyżwiarski marszałkowski mediacyjny medialny medyczny męski miejski mieszany
mieszkaniowy międzygminny międzykulturowy międzynarodowy międzypokoleniowy międzyszkolny
międzyzakładowy misyjny młodzieżowy mobilny modelarski morski motocyklowy motorowy multimedialny
muzyczny nadmorski narciarski narodowy nauczycielski naukowy niepubliczny noclegowy objazdowy
obywatelski ochotniczy ogólnokształcący ogólnomiejski ogólnopolski ogrodniczy okręgowy
onkologiczny opiekuńczy osiedlowy oświatowy paliatywny państwowy parafialny pedagogiczny
pielęgniarski piłkarski plastyczny pływacki pocztowy podstawowy policealny policyjny pomocowy
ponadgimnazjalny ponadpodstawowy powiatowy pożarny prawosławny produkcyjny profilaktyczny prywatny
przedszkolny przemysłowy przyrodniczy psychiatryczny psychologiczny pszczelarski publiczny
ratowniczy ratunkowy readaptacyjny regionalny rehabilitacyjny rejonowy rekreacyjny
resocjalizacyjny robotniczy rodzicielski rodzinny rolniczy romski rowerowy rybacki rzemieślniczy
rzymskokatolicki salezjański samopomocowy samorządowy sanatoryjny sanitarny sąsiedzki senioralny
siatkarski skarbowy socjalny socjoterapeutyczny sołecki specjalistyczny specjalny społeczny
sportowy spółdzielczy stacjonarny statystyczny stołeczny strażacki strzelecki studencki szachowy
szkoleniowy szkolny szybowcowy śpiewaczy środowiskowy taneczny teatralny techniczny terapeutyczny
terenowy treningowy turystyczny ubezpieczeniowy uczniowski ukraiński usługowy uzdrowiskowy
weterynaryjny wędkarski wiejski wielobranżowy wielofunkcyjny wielokulturowy wielopokoleniowy wodny
wodociągowy wojewódzki wojskowy wolontariacki wspomagany wychowawczy wypoczynkowy wyrównawczy
wyznaniowy zabytkowy zakładowy zapaśniczy zastępczy zawodowy zdrowotny zuchowy związkowy żeglarski
żeński żydowski
"""

# Before the head only. After it they may begin a proper name: „Fundacja Aktywna Wieś”.
_LEADING = """
aktywny bezpieczny biały czerwony demokratyczny dobry dolny drugi domowy dostępny górny kolorowy
kreatywny królewski leśny letni mały młody naczelny niebieski niezależny nowy ogólnodostępny otwarty
pierwszy polski powszechny radosny samodzielny słoneczny stary średni trzeci twórczy wesoły wielki
wolny wspólny wyższy zielony złoty światowy
"""

RELATIONAL = set(_RELATIONAL.split())
LEADING = set(_LEADING.split())

# Nothing but adjectives ends like this. Place-name adjectives are an open class; their ending has
# a few short nouns beside it, and after a head it may be a surname or a place: „Hufiec Piaski”.
PLACE_ENDINGS = ("ski", "cki", "dzki")
PLAIN_ENDINGS = ("alny", "yjny", "iczny", "yczny")
NOT_ADJECTIVES = {
    "deski",
    "kluski",
    "kreski",
    "laski",
    "łaski",
    "maski",
    "piaski",
    "troski",
    "wioski",
}

# Beside these heads a place-name adjective comes after the noun: „Powiat Stalowowolski”.
PLACE_ADJECTIVE_AFTER = {
    *("biblioteka", "chorągiew", "diecezja", "filharmonia", "hufiec", "izba", "komenda"),
    *("książnica", "oddział", "okręg", "opera", "politechnika", "powiat", "uniwersytet"),
    *("województwo", "zrzeszenie"),
}

_SINGULAR_M_N = ("ego", "emu", None, "ym", "ym", None)
_TAILS = {
    Gender.MASCULINE: ("y", *(tail or "y" for tail in _SINGULAR_M_N)),
    Gender.NEUTER: ("e", *(tail or "e" for tail in _SINGULAR_M_N)),
    Gender.FEMININE: ("a", "ej", "ej", "ą", "ą", "ej", "a"),
    Gender.PLURAL: ("e", "ych", "ym", "e", "ymi", "ych", "e"),
}

GENDERS = tuple(_TAILS)


def decline(masculine: str, gender: Gender) -> dict[Case, str]:
    """All seven forms of an adjective given by its masculine nominative."""
    stem = masculine[:-1]
    return {
        case: stem + _soften(masculine, tail)
        for case, tail in zip(Case, _TAILS[gender], strict=True)
    }


def _soften(masculine: str, tail: str) -> str:
    """„publiczny” keeps y; after k and g it is i, and e is ie; „średni” has i throughout."""
    if masculine.endswith("y"):
        return tail
    if masculine.endswith(("ki", "gi")):
        return {"y": "i", "e": "ie"}.get(tail[0], tail[0]) + tail[1:]
    return "i" + tail.removeprefix("y")


def masculine_of(word: str, gender: Gender) -> str:
    """The masculine nominative `word` would have as an adjective of `gender`, or ''."""
    tail = _TAILS[gender][0]
    if gender == Gender.MASCULINE:
        return word if word.endswith(("y", "i")) else ""
    if not word.endswith(tail):
        return ""
    stem = word.removesuffix(tail)
    if gender == Gender.FEMININE and stem.endswith(("k", "g")):
        return stem + "i"
    return stem if stem.endswith("i") else stem + "y"


def is_known(masculine: str, *, after: str = "") -> bool:
    """Whether we can vouch for this adjective; `after` names the head it follows, if it does."""
    first, _, last = masculine.rpartition("-")
    if first and not all(part.endswith("o") for part in first.split("-")):
        return False
    if last in RELATIONAL:
        return True
    if after in NAMING or last in NOT_ADJECTIVES:
        return False
    if last.endswith(PLAIN_ENDINGS):
        return True
    if after:
        places = bool(first) or after in PLACE_ADJECTIVE_AFTER  # „Kaszubsko-Pomorskie” names none
        return places and last.endswith(PLACE_ENDINGS)
    return last in LEADING or last.endswith(PLACE_ENDINGS)
