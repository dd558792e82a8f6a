"""The cases of the demonstration, one for every stage.

Real institutions appear only with what is publicly known of them, and in nothing unfavourable;
every other institution here, its town included, is invented.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum


class Stage(IntEnum):
    """How far a case gets; each stage includes those before it."""

    DRAFT = 0
    SUBMITTED = 1
    FORMAL_CHECK = 2
    COMPLETION = 3
    ACCEPTED = 4
    ASSIGNED = 5
    RATING = 6
    CARD = 7
    COMMITTEE = 8
    REFUSED = 9
    BOARD = 10
    CERTIFIED = 11
    LETTER_DRAFT = 12
    LETTER = 13


@dataclass(frozen=True)
class Host:
    """An invented institution. `key` is the first part of its custodian's address."""

    key: str
    name: str
    kind: str
    town: str
    town_genitive: str
    town_locative: str
    voivodeship: str
    custodian: str
    short_name: str
    acronym: str
    preposition: str = "w"


@dataclass(frozen=True)
class Case:
    """An application that began `days_ago` and got as far as `stage`."""

    host: Host
    stage: Stage
    days_ago: int
    is_shown: bool = False  # its custodian's account is offered on the sign-in page
    signs: str = ""  # its written request: in "file" or by "hand"
    weak: tuple[str, ...] = ()  # criteria rated as not met
    withdrawn_by_applicant: bool = False
    left_unexamined: bool = False
    is_visited: bool = False  # with a protocol that both sides confirmed
    has_letters: bool = False  # the institution and the office write to each other
    certificate_withdrawn: bool = False
    is_charged: bool = False  # and has not replied
    has_appealed: bool = False  # against the withdrawal, and waits for the Board
    certificate_corrected: bool = False
    certificate_signed: bool = False  # electronically, by a made-up authority
    is_modern: bool = False  # its certificate has the modern design


def _host(
    key: str,
    name: str,
    kind: str,
    town: tuple[str, str, str],
    voivodeship: str,
    custodian: str,
    acronym: str,
) -> Host:
    nominative, genitive, locative = town
    short = f"{acronym} w {locative}" if kind != "ngo" else acronym
    return Host(
        key, name, kind, nominative, genitive, locative, voivodeship, custodian, short, acronym
    )


CASES = (
    Case(
        _host(
            "gops.borowice",
            "Gminny Ośrodek Pomocy Społecznej w Borowicach Leśnych",
            "social_assistance",
            ("Borowice Leśne", "Borowic Leśnych", "Borowicach Leśnych"),
            "14",
            "Danuta Dobrowolska",
            "GOPS",
        ),
        Stage.DRAFT,
        days_ago=40,
        is_shown=True,
    ),
    Case(
        _host(
            "biblioteka.zagorze",
            "Miejska Biblioteka Publiczna w Zagórzu Lipowym",
            "library",
            ("Zagórze Lipowe", "Zagórza Lipowego", "Zagórzu Lipowym"),
            "24",
            "Beata Księgarska",
            "MBP",
        ),
        Stage.SUBMITTED,
        days_ago=50,
    ),
    Case(
        _host(
            "fundacja.podworko",
            "Fundacja „Wspólne Podwórko”",
            "ngo",
            ("Brzegi Wierzbowe", "Brzegów Wierzbowych", "Brzegach Wierzbowych"),
            "22",
            "Filip Fundowski",
            "Fundacja „Wspólne Podwórko”",
        ),
        Stage.FORMAL_CHECK,
        days_ago=60,
        signs="file",
    ),
    Case(
        _host(
            "sasiedzi",
            "Stowarzyszenie „Sąsiedzi Razem”",
            "ngo",
            ("Jodłówka Stawna", "Jodłówki Stawnej", "Jodłówce Stawnej"),
            "12",
            "Sabina Sąsiedzka",
            "Stowarzyszenie „Sąsiedzi Razem”",
        ),
        Stage.COMPLETION,
        days_ago=62,
        signs="hand",
        is_shown=True,
        has_letters=True,
    ),
    Case(
        _host(
            "mdk.jaworowo",
            "Miejski Dom Kultury w Jaworowie Krzewnym",
            "culture_centre",
            ("Jaworowo Krzewne", "Jaworowa Krzewnego", "Jaworowie Krzewnym"),
            "30",
            "Marek Kulturalny",
            "MDK",
        ),
        Stage.ACCEPTED,
        days_ago=70,
    ),
    Case(
        _host(
            "cus.lipowiec",
            "Centrum Usług Społecznych w Lipowcu Zdrojnym",
            "cus",
            ("Lipowiec Zdrojny", "Lipowca Zdrojnego", "Lipowcu Zdrojnym"),
            "06",
            "Urszula Usługowska",
            "CUS",
        ),
        Stage.ASSIGNED,
        days_ago=75,
    ),
    Case(
        _host(
            "gck.wierzbno",
            "Gminne Centrum Kultury w Wierzbnie Rzecznym",
            "culture_centre",
            ("Wierzbno Rzeczne", "Wierzbna Rzecznego", "Wierzbnie Rzecznym"),
            "10",
            "Grażyna Gminna",
            "GCK",
        ),
        Stage.CARD,
        days_ago=110,
    ),
    Case(
        _host(
            "szkola.topolnica",
            "Szkoła Podstawowa nr 3 w Topolnicy Polnej",
            "school",
            ("Topolnica Polna", "Topolnicy Polnej", "Topolnicy Polnej"),
            "28",
            "Tomasz Szkolny",
            "SP nr 3",
        ),
        Stage.COMMITTEE,
        days_ago=130,
        weak=("C1.2", "E4.3"),
        is_visited=True,
    ),
    Case(
        _host(
            "mgops.olszany",
            "Miejsko-Gminny Ośrodek Pomocy Społecznej w Olszanach Jeziornych",
            "social_assistance",
            ("Olszany Jeziorne", "Olszan Jeziornych", "Olszanach Jeziornych"),
            "04",
            "Olga Olszańska",
            "MGOPS",
        ),
        Stage.BOARD,
        days_ago=140,
    ),
    Case(
        _host(
            "gbp.rozana",
            "Gminna Biblioteka Publiczna w Różance Ogrodowej",
            "library",
            ("Różanka Ogrodowa", "Różanki Ogrodowej", "Różance Ogrodowej"),
            "08",
            "Róża Czytelnicka",
            "GBP",
        ),
        Stage.CERTIFIED,
        days_ago=170,
        is_modern=True,
        is_shown=True,
        is_charged=True,
    ),
    Case(
        _host(
            "pcpr.debowa",
            "Powiatowe Centrum Pomocy Rodzinie w Dębówce Górskiej",
            "social_assistance",
            ("Dębówka Górska", "Dębówki Górskiej", "Dębówce Górskiej"),
            "02",
            "Paweł Powiatowy",
            "PCPR",
        ),
        Stage.LETTER_DRAFT,
        days_ago=1860,
        is_shown=True,
        certificate_signed=True,
    ),
    Case(
        _host(
            "ok.kalinow",
            "Gminny Ośrodek Kultury w Kalinowcu Stepowym",
            "culture_centre",
            ("Kalinowiec Stepowy", "Kalinowca Stepowego", "Kalinowcu Stepowym"),
            "26",
            "Kamil Kalinowski",
            "GOK",
        ),
        Stage.REFUSED,
        days_ago=200,
        is_shown=True,
        weak=("A5.2", "B1.1", "B2.3", "C5.1", "D1.1"),
    ),
    Case(
        _host(
            "klub.piaski",
            "Fundacja „Zielone Piaski”",
            "ngo",
            ("Piaski Sosnowe", "Piasków Sosnowych", "Piaskach Sosnowych"),
            "32",
            "Piotr Piaskowski",
            "Fundacja „Zielone Piaski”",
        ),
        Stage.FORMAL_CHECK,
        days_ago=90,
        withdrawn_by_applicant=True,
    ),
    Case(
        _host(
            "klub.wrzosy",
            "Klub Sąsiedzki „Wrzosy”",
            "ngo",
            ("Wrzosowo Polne", "Wrzosowa Polnego", "Wrzosowie Polnym"),
            "18",
            "Wanda Wrzosowska",
            "Klub „Wrzosy”",
        ),
        Stage.COMPLETION,
        days_ago=210,
        left_unexamined=True,
    ),
    Case(
        _host(
            "mlyny",
            "Towarzystwo Przyjaciół Starych Młynów",
            "ngo",
            ("Młynówka Cicha", "Młynówki Cichej", "Młynówce Cichej"),
            "20",
            "Melania Młynarska",
            "Towarzystwo",
        ),
        Stage.CERTIFIED,
        days_ago=900,
        certificate_withdrawn=True,
    ),
    Case(
        _host(
            "kuznia",
            "Stowarzyszenie „Kuźnia Sąsiedzka”",
            "ngo",
            ("Kuźnica Polna", "Kuźnicy Polnej", "Kuźnicy Polnej"),
            "30",
            "Kazimiera Kuźnicka",
            "Stowarzyszenie „Kuźnia Sąsiedzka”",
        ),
        Stage.CERTIFIED,
        days_ago=500,
        is_shown=True,
        has_appealed=True,
    ),
    Case(
        _host(
            "mbp.jesionow",
            "Miejska Biblioteka Publiczna w Jesionówku Nowym",
            "library",
            ("Jesionówek Nowy", "Jesionówka Nowego", "Jesionówku Nowym"),
            "16",
            "Jadwiga Jesionowska",
            "MBP",
        ),
        Stage.LETTER,
        days_ago=700,
        certificate_corrected=True,
    ),
)

# The one whose certificate ends in half a year, and whose renewal is being written.
RENEWING = Case(
    _host(
        "gops.zalesie",
        "Gminny Ośrodek Pomocy Społecznej w Zalesiu Brzozowym",
        "social_assistance",
        ("Zalesie Brzozowe", "Zalesia Brzozowego", "Zalesiu Brzozowym"),
        "18",
        "Zofia Zaleska",
        "GOPS",
    ),
    Stage.CERTIFIED,
    days_ago=1750,
    is_shown=True,
)
RENEWED_SINCE = 20  # days
CHARGED_SINCE = 5  # days
WITHDRAWN_SINCE = 9  # days; the appeal came five days later

# The real one: what is public is its certificate of 12 May 2016; it gets only good marks here.
STALOWA_WOLA = "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli"
FIRST_OPENED = date(2016, 1, 18)
FIRST_ISSUED = date(2016, 5, 12)
RENEWAL_SINCE = 75  # days


def began(case: Case, today: date) -> date:
    return today - timedelta(days=case.days_ago)
