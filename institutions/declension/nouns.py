"""The closed list of head nouns, each with its seven forms written out.

One line a noun: nominative, genitive, dative, accusative, instrumental, locative, vocative.
Written out rather than computed, so that a person who knows Polish can check it by reading.
A noun that is not here is asked for, never guessed.
"""

from dataclasses import dataclass

from institutions.grammar import Case, Gender

MASCULINE = """
bank banku bankowi bank bankiem banku banku
cech cechu cechowi cech cechem cechu cechu
chór chóru chórowi chór chórem chórze chórze
dom domu domowi dom domem domu domu
dział działu działowi dział działem dziale dziale
fundusz funduszu funduszowi fundusz funduszem funduszu funduszu
hufiec hufca hufcowi hufiec hufcem hufcu hufcu
inkubator inkubatora inkubatorowi inkubator inkubatorem inkubatorze inkubatorze
instytut instytutu instytutowi instytut instytutem instytucie instytucie
klub klubu klubowi klub klubem klubie klubie
komisariat komisariatu komisariatowi komisariat komisariatem komisariacie komisariacie
komitet komitetu komitetowi komitet komitetem komitecie komitecie
krzyż krzyża krzyżowi krzyż krzyżem krzyżu krzyżu
oddział oddziału oddziałowi oddział oddziałem oddziale oddziale
ogród ogrodu ogrodowi ogród ogrodem ogrodzie ogrodzie
okręg okręgu okręgowi okręg okręgiem okręgu okręgu
ośrodek ośrodka ośrodkowi ośrodek ośrodkiem ośrodku ośrodku
pałac pałacu pałacowi pałac pałacem pałacu pałacu
park parku parkowi park parkiem parku parku
powiat powiatu powiatowi powiat powiatem powiecie powiecie
punkt punktu punktowi punkt punktem punkcie punkcie
referat referatu referatowi referat referatem referacie referacie
ruch ruchu ruchowi ruch ruchem ruchu ruchu
samorząd samorządu samorządowi samorząd samorządem samorządzie samorządzie
sąd sądu sądowi sąd sądem sądzie sądzie
sejmik sejmiku sejmikowi sejmik sejmikiem sejmiku sejmiku
szpital szpitala szpitalowi szpital szpitalem szpitalu szpitalu
teatr teatru teatrowi teatr teatrem teatrze teatrze
uniwersytet uniwersytetu uniwersytetowi uniwersytet uniwersytetem uniwersytecie uniwersytecie
urząd urzędu urzędowi urząd urzędem urzędzie urzędzie
warsztat warsztatu warsztatowi warsztat warsztatem warsztacie warsztacie
wydział wydziału wydziałowi wydział wydziałem wydziale wydziale
zakład zakładu zakładowi zakład zakładem zakładzie zakładzie
zarząd zarządu zarządowi zarząd zarządem zarządzie zarządzie
zespół zespołu zespołowi zespół zespołem zespole zespole
związek związku związkowi związek związkiem związku związku
żłobek żłobka żłobkowi żłobek żłobkiem żłobku żłobku
"""

FEMININE = """
agencja agencji agencji agencję agencją agencji agencjo
akademia akademii akademii akademię akademią akademii akademio
akcja akcji akcji akcję akcją akcji akcjo
archidiecezja archidiecezji archidiecezji archidiecezję archidiecezją archidiecezji archidiecezjo
biblioteka biblioteki bibliotece bibliotekę biblioteką bibliotece biblioteko
bursa bursy bursie bursę bursą bursie burso
caritas caritas caritas caritas caritas caritas caritas
chorągiew chorągwi chorągwi chorągiew chorągwią chorągwi chorągwi
czytelnia czytelni czytelni czytelnię czytelnią czytelni czytelnio
diecezja diecezji diecezji diecezję diecezją diecezji diecezjo
drużyna drużyny drużynie drużynę drużyną drużynie drużyno
dzielnica dzielnicy dzielnicy dzielnicę dzielnicą dzielnicy dzielnico
federacja federacji federacji federację federacją federacji federacjo
filharmonia filharmonii filharmonii filharmonię filharmonią filharmonii filharmonio
filia filii filii filię filią filii filio
fundacja fundacji fundacji fundację fundacją fundacji fundacjo
galeria galerii galerii galerię galerią galerii galerio
gmina gminy gminie gminę gminą gminie gmino
grupa grupy grupie grupę grupą grupie grupo
inicjatywa inicjatywy inicjatywie inicjatywę inicjatywą inicjatywie inicjatywo
instytucja instytucji instytucji instytucję instytucją instytucji instytucjo
izba izby izbie izbę izbą izbie izbo
jadłodajnia jadłodajni jadłodajni jadłodajnię jadłodajnią jadłodajni jadłodajnio
jednostka jednostki jednostce jednostkę jednostką jednostce jednostko
koalicja koalicji koalicji koalicję koalicją koalicji koalicjo
komenda komendy komendzie komendę komendą komendzie komendo
komisja komisji komisji komisję komisją komisji komisjo
konfederacja konfederacji konfederacji konfederację konfederacją konfederacji konfederacjo
książnica książnicy książnicy książnicę książnicą książnicy książnico
liga ligi lidze ligę ligą lidze ligo
mediateka mediateki mediatece mediatekę mediateką mediatece mediateko
noclegownia noclegowni noclegowni noclegownię noclegownią noclegowni noclegownio
ochronka ochronki ochronce ochronkę ochronką ochronce ochronko
organizacja organizacji organizacji organizację organizacją organizacji organizacjo
orkiestra orkiestry orkiestrze orkiestrę orkiestrą orkiestrze orkiestro
parafia parafii parafii parafię parafią parafii parafio
placówka placówki placówce placówkę placówką placówce placówko
politechnika politechniki politechnice politechnikę politechniką politechnice politechniko
poradnia poradni poradni poradnię poradnią poradni poradnio
pracownia pracowni pracowni pracownię pracownią pracowni pracownio
przychodnia przychodni przychodni przychodnię przychodnią przychodni przychodnio
rada rady radzie radę radą radzie rado
sieć sieci sieci sieć siecią sieci sieci
służba służby służbie służbę służbą służbie służbo
spółdzielnia spółdzielni spółdzielni spółdzielnię spółdzielnią spółdzielni spółdzielnio
spółka spółki spółce spółkę spółką spółce spółko
stacja stacji stacji stację stacją stacji stacjo
straż straży straży straż strażą straży straży
szkoła szkoły szkole szkołę szkołą szkole szkoło
świetlica świetlicy świetlicy świetlicę świetlicą świetlicy świetlico
uczelnia uczelni uczelni uczelnię uczelnią uczelni uczelnio
unia unii unii unię unią unii unio
wspólnota wspólnoty wspólnocie wspólnotę wspólnotą wspólnocie wspólnoto
"""

NEUTER = """
biuro biura biuru biuro biurem biurze biuro
bractwo bractwa bractwu bractwo bractwem bractwie bractwo
duszpasterstwo duszpasterstwa duszpasterstwu duszpasterstwo duszpasterstwem duszpasterstwie \
duszpasterstwo
kino kina kinu kino kinem kinie kino
koło koła kołu koło kołem kole koło
miasto miasta miastu miasto miastem mieście miasto
nadleśnictwo nadleśnictwa nadleśnictwu nadleśnictwo nadleśnictwem nadleśnictwie nadleśnictwo
ognisko ogniska ognisku ognisko ogniskiem ognisku ognisko
osiedle osiedla osiedlu osiedle osiedlem osiedlu osiedle
partnerstwo partnerstwa partnerstwu partnerstwo partnerstwem partnerstwie partnerstwo
pogotowie pogotowia pogotowiu pogotowie pogotowiem pogotowiu pogotowie
porozumienie porozumienia porozumieniu porozumienie porozumieniem porozumieniu porozumienie
przedsiębiorstwo przedsiębiorstwa przedsiębiorstwu przedsiębiorstwo przedsiębiorstwem \
przedsiębiorstwie przedsiębiorstwo
przedszkole przedszkola przedszkolu przedszkole przedszkolem przedszkolu przedszkole
schronisko schroniska schronisku schronisko schroniskiem schronisku schronisko
sołectwo sołectwa sołectwu sołectwo sołectwem sołectwie sołectwo
starostwo starostwa starostwu starostwo starostwem starostwie starostwo
stowarzyszenie stowarzyszenia stowarzyszeniu stowarzyszenie stowarzyszeniem stowarzyszeniu \
stowarzyszenie
towarzystwo towarzystwa towarzystwu towarzystwo towarzystwem towarzystwie towarzystwo
województwo województwa województwu województwo województwem województwie województwo
zgromadzenie zgromadzenia zgromadzeniu zgromadzenie zgromadzeniem zgromadzeniu zgromadzenie
zjednoczenie zjednoczenia zjednoczeniu zjednoczenie zjednoczeniem zjednoczeniu zjednoczenie
zrzeszenie zrzeszenia zrzeszeniu zrzeszenie zrzeszeniem zrzeszeniu zrzeszenie
"""

# Latin neuters do not change in the singular.
UNCHANGING = """
archiwum centrum forum gimnazjum hospicjum kolegium konsorcjum kuratorium laboratorium liceum muzeum
obserwatorium sanatorium seminarium studium technikum
"""

PLURAL = """
hufce hufców hufcom hufce hufcami hufcach hufce
warsztaty warsztatów warsztatom warsztaty warsztatami warsztatach warsztaty
zakłady zakładów zakładom zakłady zakładami zakładach zakłady
"""

# Units that keep declining after the name of the body they belong to, with a dash or without.
UNITS = {"filia", "koło", "oddział", "okręg"}

# After these, a noun in the nominative is the proper name and stays as it is:
# „Stowarzyszenia Partnerstwo Społeczne CISTOR”, „Fundacji Nasz Dom”, „Gminy Słupno”.
NAMING = {"fundacja", "przedszkole", "stowarzyszenie", "żłobek"}

# The noun alone would say too little, so these go on: „dom kultury”, „straż pożarna”.
LONGER_GENERICS = {
    "bank": ("żywności",),
    "dom": (
        *("dziecka", "dziennego pobytu", "kultury", "ludowy"),
        *("pomocy społecznej", "samopomocy", "seniora", "sąsiedzki"),
    ),
    "koło": ("gospodyń wiejskich",),
    "straż": ("graniczna", "miejska", "pożarna"),
    "uniwersytet": ("ludowy", "trzeciego wieku"),
    "urząd": ("gminy", "miasta", "miejski", "pracy"),
    "warsztat": ("terapii zajęciowej",),
    "warsztaty": ("terapii zajęciowej",),
    "zakład": ("aktywności zawodowej",),
    "zespół": ("szkół", "szkolno-przedszkolny"),
}


@dataclass(frozen=True)
class Noun:
    lemma: str
    gender: Gender
    forms: dict[Case, str]

    @property
    def changes(self) -> bool:
        return len(set(self.forms.values())) > 1

    @property
    def is_proper_name(self) -> bool:
        return self.lemma == "caritas"


def _read(table: str, gender: Gender) -> dict[str, Noun]:
    rows = (line.split() for line in table.strip().splitlines())
    return {row[0]: Noun(row[0], gender, dict(zip(Case, row, strict=True))) for row in rows}


NOUNS = {
    **_read(MASCULINE, Gender.MASCULINE),
    **_read(FEMININE, Gender.FEMININE),
    **_read(NEUTER, Gender.NEUTER),
    **_read(PLURAL, Gender.PLURAL),
    **{word: Noun(word, Gender.NEUTER, dict.fromkeys(Case, word)) for word in UNCHANGING.split()},
}
