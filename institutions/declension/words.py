"""A name cut into words, and what each word is on its own, before the reader puts them together."""

import re

# Certainly a complement, so certainly frozen: the „Pomocy Społecznej” after „Ośrodek”.
_COMPLEMENTS = """
absolwentów aktywności animatorów bezpieczeństwa bezrobocia bibliotek biblioteki budowy chorych
człowieka dialogu dobra doradztwa doskonalenia działania dzieci dziecka dziedzictwa dzielnicy
edukacji ekologii emerytów energii filmu folkloru gier gimnastyki gmin gminy gospodarki gospodyń
handlu harcerstwa historii inicjatyw innowacji integracji interwencji inwalidów kobiet kolei
konsumentów książki kształcenia kultury leczenia liderów literatury lokalnej ludzi malucha matek
matki miast miasta miłosierdzia miłośników mowy muzyki młodzieży nadziei nauczyciela nauczycieli
nauki niepełnosprawnych nieruchomości ochrony odnowy ojca opieki organizacji osiedla osób oświaty
pacjenta pamięci państwa pielęgniarek pieśni placówek pobytu podróży poezji pojednania pokoju
polityki pomocy porad powiatu powiatów pracodawców pracy praw prawa profilaktyki promocji
przedsiębiorczości przedszkola przedszkoli przemocy przyjaciół przyrody readaptacji regionu
rehabilitacji rekreacji rencistów rodzicielstwa rodzicom rodziców rodzin rodzinie rodziny rolników
rozrywki rozwoju ruchu rynku rzeczypospolitej rzemiosła równości samopomocy samorządu seniora
seniorów sołectwa specjalistów sportu spotkań społeczności strażaków studentów szkolenia szkoły
szkół sztuki służby tańca teatru terapii tradycji trzeźwości turystyki twórczości uczniów usług
uzależnień wiary wieku wodociągów województwa wolontariatu wsi wsparcia wspierania współpracy
wychowania wypoczynku zabaw zabawy zajęć zawodów zdrowia zieleni ziemi zwierząt środowiska żołnierzy
życia żywności
"""
_COMPLEMENT_ENDINGS = (
    *("ów", "ego", "ych", "ich", "ej", "ości", "cji", "zji", "sji", "fii", "gii", "pii", "rii"),
    *("ania", "enia", "ęcia", "arcia", "owia", "stwa", "ctwa", "yki", "tury", "izmu"),
)

# From here on the words are governed by something else than the head.
_GOVERNING = """
bez ds do dla ds. im im. imienia ku na nad nr numer o od po pod ponad pw pw. przeciw przeciwko przez
przy św św. ul ul. w we wśród z ze za
"""
JOINERS = {"i", "oraz"}


# „Fundacja Nasz Dom”: a pronoun never follows the noun it belongs to, so a proper name begins.
_PRONOUNS = "każda każdy moja moje mój nasz nasza nasze twoja twoje twój wasza wasze"

COMPLEMENTS = set(_COMPLEMENTS.split())
GOVERNING = set(_GOVERNING.split())
PRONOUNS = set(_PRONOUNS.split())

_TOKEN = re.compile(r"""[„"“”«»‘‚'][^„"“”«»‘’‚']*["“”»«’'],?|\([^)]*\),?|\S+""")
_DASH = {"-", "–", "—"}
_ROMAN = re.compile(r"[IVXLC]+\.?$")


def sides(name: str) -> list[list[str]]:
    """The name as words, cut at spaced dashes; the dashes stay, as sides of their own."""
    cut: list[list[str]] = [[]]
    for token in _TOKEN.findall(" ".join(name.split())):
        if token in _DASH:
            cut += [[token], []]
        else:
            cut[-1].append(token)
    return [side for side in cut if side]


def core(token: str) -> str:
    """What to look up: lower case, without the punctuation that ends it."""
    return token.rstrip(",;").lower()


def is_label(token: str, *, shouted: bool = False) -> bool:
    """Quoted, bracketed, a number, an acronym: never declined. In a name all in capitals
    (`shouted`) an acronym cannot be told from a word."""
    bare = token.rstrip(",;.")
    if not bare or not bare[0].isalpha() or _ROMAN.match(bare):
        return True
    return is_acronym(token) and not shouted


def is_acronym(token: str) -> bool:
    """„MOPS”, „CISTOR”, also „MOSiR”, „GOKiS”."""
    bare = token.rstrip(",;.").replace("-", "")
    return len(bare) > 1 and bare.isalpha() and sum(map(str.isupper, bare)) > len(bare) / 2


def is_complement(token: str) -> bool:
    """Whether the word, by the list or by its ending, can only be a frozen complement."""
    word = core(token)
    return word in COMPLEMENTS or (len(word) > 4 and word.endswith(_COMPLEMENT_ENDINGS))


def may_be_nominative(token: str) -> bool:
    """Whether an unknown word could, by its last letter, name a thing in the nominative."""
    return not is_complement(token) and core(token)[-1:] not in {"u", "y", "i", "ą", "ę"}


def dressed(form: str, like: str) -> str:
    """`form` in the letter case and with the comma of the word it stands for."""
    comma = like[len(like.rstrip(",;")) :]
    if len(like) > 1 and like.isupper():
        return form.upper() + comma
    common = len(like.rstrip(",;"))
    while common and not form.lower().startswith(like[:common].lower()):
        common -= 1
    return like[:common] + form[common:] + comma
