"""The closed list of head nouns, each with its seven forms written out.

One line a noun: nominative, genitive, dative, accusative, instrumental, locative, vocative.
Written out rather than computed, so that a person who knows Polish can check it by reading; each
was compared with the Grammatical Dictionary of Polish (SGJP). A noun that is not here is asked
for, never guessed. Nouns that often stand in names of places (dwór, osada) are left out.
"""

MASCULINE = """
amfiteatr amfiteatru amfiteatrowi amfiteatr amfiteatrem amfiteatrze amfiteatrze
bank banku bankowi bank bankiem banku banku
basen basenu basenowi basen basenem basenie basenie
cech cechu cechowi cech cechem cechu cechu
chór chóru chórowi chór chórem chórze chórze
cmentarz cmentarza cmentarzowi cmentarz cmentarzem cmentarzu cmentarzu
dekanat dekanatu dekanatowi dekanat dekanatem dekanacie dekanacie
dom domu domowi dom domem domu domu
dworek dworku dworkowi dworek dworkiem dworku dworku
dział działu działowi dział działem dziale dziale
festiwal festiwalu festiwalowi festiwal festiwalem festiwalu festiwalu
fundusz funduszu funduszowi fundusz funduszem funduszu funduszu
gabinet gabinetu gabinetowi gabinet gabinetem gabinecie gabinecie
hufiec hufca hufcowi hufiec hufcem hufcu hufcu
inkubator inkubatora inkubatorowi inkubator inkubatorem inkubatorze inkubatorze
inspektorat inspektoratu inspektoratowi inspektorat inspektoratem inspektoracie inspektoracie
instytut instytutu instytutowi instytut instytutem instytucie instytucie
internat internatu internatowi internat internatem internacie internacie
kinoteatr kinoteatru kinoteatrowi kinoteatr kinoteatrem kinoteatrze kinoteatrze
klasztor klasztoru klasztorowi klasztor klasztorem klasztorze klasztorze
klub klubu klubowi klub klubem klubie klubie
komisariat komisariatu komisariatowi komisariat komisariatem komisariacie komisariacie
komitet komitetu komitetowi komitet komitetem komitecie komitecie
kongres kongresu kongresowi kongres kongresem kongresie kongresie
konsulat konsulatu konsulatowi konsulat konsulatem konsulacie konsulacie
konwent konwentu konwentowi konwent konwentem konwencie konwencie
krąg kręgu kręgowi krąg kręgiem kręgu kręgu
krzyż krzyża krzyżowi krzyż krzyżem krzyżu krzyżu
obwód obwodu obwodowi obwód obwodem obwodzie obwodzie
oddział oddziału oddziałowi oddział oddziałem oddziale oddziale
ogród ogrodu ogrodowi ogród ogrodem ogrodzie ogrodzie
ogródek ogródka ogródkowi ogródek ogródkiem ogródku ogródku
okręg okręgu okręgowi okręg okręgiem okręgu okręgu
ośrodek ośrodka ośrodkowi ośrodek ośrodkiem ośrodku ośrodku
pałac pałacu pałacowi pałac pałacem pałacu pałacu
park parku parkowi park parkiem parku parku
parlament parlamentu parlamentowi parlament parlamentem parlamencie parlamencie
posterunek posterunku posterunkowi posterunek posterunkiem posterunku posterunku
powiat powiatu powiatowi powiat powiatem powiecie powiecie
punkt punktu punktowi punkt punktem punkcie punkcie
referat referatu referatowi referat referatem referacie referacie
ruch ruchu ruchowi ruch ruchem ruchu ruchu
samorząd samorządu samorządowi samorząd samorządem samorządzie samorządzie
sąd sądu sądowi sąd sądem sądzie sądzie
sejmik sejmiku sejmikowi sejmik sejmikiem sejmiku sejmiku
senat senatu senatowi senat senatem senacie senacie
skansen skansenu skansenowi skansen skansenem skansenie skansenie
sojusz sojuszu sojuszowi sojusz sojuszem sojuszu sojuszu
stadion stadionu stadionowi stadion stadionem stadionie stadionie
szczep szczepu szczepowi szczep szczepem szczepie szczepie
szpital szpitala szpitalowi szpital szpitalem szpitalu szpitalu
sztab sztabu sztabowi sztab sztabem sztabie sztabie
teatr teatru teatrowi teatr teatrem teatrze teatrze
uniwersytet uniwersytetu uniwersytetowi uniwersytet uniwersytetem uniwersytecie uniwersytecie
urząd urzędu urzędowi urząd urzędem urzędzie urzędzie
warsztat warsztatu warsztatowi warsztat warsztatem warsztacie warsztacie
wydział wydziału wydziałowi wydział wydziałem wydziale wydziale
zakład zakładu zakładowi zakład zakładem zakładzie zakładzie
zakon zakonu zakonowi zakon zakonem zakonie zakonie
zamek zamku zamkowi zamek zamkiem zamku zamku
zarząd zarządu zarządowi zarząd zarządem zarządzie zarządzie
zbór zboru zborowi zbór zborem zborze zborze
zespół zespołu zespołowi zespół zespołem zespole zespole
związek związku związkowi związek związkiem związku związku
żłobek żłobka żłobkowi żłobek żłobkiem żłobku żłobku
"""

FEMININE = """
administracja administracji administracji administrację administracją administracji administracjo
agencja agencji agencji agencję agencją agencji agencjo
akademia akademii akademii akademię akademią akademii akademio
akcja akcji akcji akcję akcją akcji akcjo
apteka apteki aptece aptekę apteką aptece apteko
archidiecezja archidiecezji archidiecezji archidiecezję archidiecezją archidiecezji archidiecezjo
biblioteka biblioteki bibliotece bibliotekę biblioteką bibliotece biblioteko
bursa bursy bursie bursę bursą bursie burso
caritas caritas caritas caritas caritas caritas caritas
chorągiew chorągwi chorągwi chorągiew chorągwią chorągwi chorągwi
czytelnia czytelni czytelni czytelnię czytelnią czytelni czytelnio
delegatura delegatury delegaturze delegaturę delegaturą delegaturze delegaturo
diecezja diecezji diecezji diecezję diecezją diecezji diecezjo
drużyna drużyny drużynie drużynę drużyną drużynie drużyno
dzielnica dzielnicy dzielnicy dzielnicę dzielnicą dzielnicy dzielnico
ekspozytura ekspozytury ekspozyturze ekspozyturę ekspozyturą ekspozyturze ekspozyturo
estrada estrady estradzie estradę estradą estradzie estrado
federacja federacji federacji federację federacją federacji federacjo
filharmonia filharmonii filharmonii filharmonię filharmonią filharmonii filharmonio
filia filii filii filię filią filii filio
filmoteka filmoteki filmotece filmotekę filmoteką filmotece filmoteko
fundacja fundacji fundacji fundację fundacją fundacji fundacjo
galeria galerii galerii galerię galerią galerii galerio
gildia gildii gildii gildię gildią gildii gildio
gmina gminy gminie gminę gminą gminie gmino
gromada gromady gromadzie gromadę gromadą gromadzie gromado
grupa grupy grupie grupę grupą grupie grupo
inicjatywa inicjatywy inicjatywie inicjatywę inicjatywą inicjatywie inicjatywo
inspekcja inspekcji inspekcji inspekcję inspekcją inspekcji inspekcjo
instytucja instytucji instytucji instytucję instytucją instytucji instytucjo
izba izby izbie izbę izbą izbie izbo
jadłodajnia jadłodajni jadłodajni jadłodajnię jadłodajnią jadłodajni jadłodajnio
jednostka jednostki jednostce jednostkę jednostką jednostce jednostko
kancelaria kancelarii kancelarii kancelarię kancelarią kancelarii kancelario
kapela kapeli kapeli kapelę kapelą kapeli kapelo
kapituła kapituły kapitule kapitułę kapitułą kapitule kapituło
kasa kasy kasie kasę kasą kasie kaso
katedra katedry katedrze katedrę katedrą katedrze katedro
kawiarenka kawiarenki kawiarence kawiarenkę kawiarenką kawiarence kawiarenko
kawiarnia kawiarni kawiarni kawiarnię kawiarnią kawiarni kawiarnio
klubokawiarnia klubokawiarni klubokawiarni klubokawiarnię klubokawiarnią klubokawiarni \
klubokawiarnio
koalicja koalicji koalicji koalicję koalicją koalicji koalicjo
komenda komendy komendzie komendę komendą komendzie komendo
komisja komisji komisji komisję komisją komisji komisjo
konfederacja konfederacji konfederacji konfederację konfederacją konfederacji konfederacjo
książnica książnicy książnicy książnicę książnicą książnicy książnico
kuria kurii kurii kurię kurią kurii kurio
kuźnia kuźni kuźni kuźnię kuźnią kuźni kuźnio
liga ligi lidze ligę ligą lidze ligo
ludoteka ludoteki ludotece ludotekę ludoteką ludotece ludoteko
mediateka mediateki mediatece mediatekę mediateką mediatece mediateko
noclegownia noclegowni noclegowni noclegownię noclegownią noclegowni noclegownio
ochronka ochronki ochronce ochronkę ochronką ochronce ochronko
ogrzewalnia ogrzewalni ogrzewalni ogrzewalnię ogrzewalnią ogrzewalni ogrzewalnio
opera opery operze operę operą operze opero
operetka operetki operetce operetkę operetką operetce operetko
organizacja organizacji organizacji organizację organizacją organizacji organizacjo
orkiestra orkiestry orkiestrze orkiestrę orkiestrą orkiestrze orkiestro
palmiarnia palmiarni palmiarni palmiarnię palmiarnią palmiarni palmiarnio
parafia parafii parafii parafię parafią parafii parafio
placówka placówki placówce placówkę placówką placówce placówko
pływalnia pływalni pływalni pływalnię pływalnią pływalni pływalnio
politechnika politechniki politechnice politechnikę politechniką politechnice politechniko
poradnia poradni poradni poradnię poradnią poradni poradnio
pracownia pracowni pracowni pracownię pracownią pracowni pracownio
prokuratura prokuratury prokuraturze prokuraturę prokuraturą prokuraturze prokuraturo
prowincja prowincji prowincji prowincję prowincją prowincji prowincjo
przychodnia przychodni przychodni przychodnię przychodnią przychodni przychodnio
przystań przystani przystani przystań przystanią przystani przystani
rada rady radzie radę radą radzie rado
redakcja redakcji redakcji redakcję redakcją redakcji redakcjo
reprezentacja reprezentacji reprezentacji reprezentację reprezentacją reprezentacji reprezentacjo
rozgłośnia rozgłośni rozgłośni rozgłośnię rozgłośnią rozgłośni rozgłośnio
scena sceny scenie scenę sceną scenie sceno
sekcja sekcji sekcji sekcję sekcją sekcji sekcjo
sieć sieci sieci sieć siecią sieci sieci
służba służby służbie służbę służbą służbie służbo
spółdzielnia spółdzielni spółdzielni spółdzielnię spółdzielnią spółdzielni spółdzielnio
spółka spółki spółce spółkę spółką spółce spółko
stacja stacji stacji stację stacją stacji stacjo
straż straży straży straż strażą straży straży
szkoła szkoły szkole szkołę szkołą szkole szkoło
świetlica świetlicy świetlicy świetlicę świetlicą świetlicy świetlico
telewizja telewizji telewizji telewizję telewizją telewizji telewizjo
uczelnia uczelni uczelni uczelnię uczelnią uczelni uczelnio
unia unii unii unię unią unii unio
winnica winnicy winnicy winnicę winnicą winnicy winnico
wspólnota wspólnoty wspólnocie wspólnotę wspólnotą wspólnocie wspólnoto
"""

NEUTER = """
biuro biura biuru biuro biurem biurze biuro
bractwo bractwa bractwu bractwo bractwem bractwie bractwo
duszpasterstwo duszpasterstwa duszpasterstwu duszpasterstwo duszpasterstwem duszpasterstwie \
duszpasterstwo
gospodarstwo gospodarstwa gospodarstwu gospodarstwo gospodarstwem gospodarstwie gospodarstwo
kino kina kinu kino kinem kinie kino
koło koła kołu koło kołem kole koło
kółko kółka kółku kółko kółkiem kółku kółko
leśnictwo leśnictwa leśnictwu leśnictwo leśnictwem leśnictwie leśnictwo
miasteczko miasteczka miasteczku miasteczko miasteczkiem miasteczku miasteczko
miasto miasta miastu miasto miastem mieście miasto
mieszkanie mieszkania mieszkaniu mieszkanie mieszkaniem mieszkaniu mieszkanie
nadleśnictwo nadleśnictwa nadleśnictwu nadleśnictwo nadleśnictwem nadleśnictwie nadleśnictwo
ognisko ogniska ognisku ognisko ogniskiem ognisku ognisko
osiedle osiedla osiedlu osiedle osiedlem osiedlu osiedle
partnerstwo partnerstwa partnerstwu partnerstwo partnerstwem partnerstwie partnerstwo
pogotowie pogotowia pogotowiu pogotowie pogotowiem pogotowiu pogotowie
porozumienie porozumienia porozumieniu porozumienie porozumieniem porozumieniu porozumienie
przedsiębiorstwo przedsiębiorstwa przedsiębiorstwu przedsiębiorstwo przedsiębiorstwem \
przedsiębiorstwie przedsiębiorstwo
przedstawicielstwo przedstawicielstwa przedstawicielstwu przedstawicielstwo przedstawicielstwem \
przedstawicielstwie przedstawicielstwo
przedszkole przedszkola przedszkolu przedszkole przedszkolem przedszkolu przedszkole
radio radia radiu radio radiem radiu radio
schronisko schroniska schronisku schronisko schroniskiem schronisku schronisko
sołectwo sołectwa sołectwu sołectwo sołectwem sołectwie sołectwo
starostwo starostwa starostwu starostwo starostwem starostwie starostwo
stowarzyszenie stowarzyszenia stowarzyszeniu stowarzyszenie stowarzyszeniem stowarzyszeniu \
stowarzyszenie
stronnictwo stronnictwa stronnictwu stronnictwo stronnictwem stronnictwie stronnictwo
targowisko targowiska targowisku targowisko targowiskiem targowisku targowisko
towarzystwo towarzystwa towarzystwu towarzystwo towarzystwem towarzystwie towarzystwo
uzdrowisko uzdrowiska uzdrowisku uzdrowisko uzdrowiskiem uzdrowisku uzdrowisko
województwo województwa województwu województwo województwem województwie województwo
wydawnictwo wydawnictwa wydawnictwu wydawnictwo wydawnictwem wydawnictwie wydawnictwo
zgromadzenie zgromadzenia zgromadzeniu zgromadzenie zgromadzeniem zgromadzeniu zgromadzenie
zjednoczenie zjednoczenia zjednoczeniu zjednoczenie zjednoczeniem zjednoczeniu zjednoczenie
zrzeszenie zrzeszenia zrzeszeniu zrzeszenie zrzeszeniem zrzeszeniu zrzeszenie
"""

# Latin neuters do not change in the singular.
UNCHANGING = """
ambulatorium arboretum archiwum audytorium centrum ekomuzeum forum gimnazjum hospicjum kolegium
konserwatorium konsorcjum kuratorium laboratorium liceum muzeum obserwatorium oceanarium oratorium
planetarium prezydium sanatorium seminarium studium technikum
"""

PLURAL = """
hufce hufców hufcom hufce hufcami hufcach hufce
warsztaty warsztatów warsztatom warsztaty warsztatami warsztatach warsztaty
zakłady zakładów zakładom zakłady zakładami zakładach zakłady
ogrody ogrodów ogrodom ogrody ogrodami ogrodach ogrody
zespoły zespołów zespołom zespoły zespołami zespołach zespoły
żłobki żłobków żłobkom żłobki żłobkami żłobkach żłobki
"""
