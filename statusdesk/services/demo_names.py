"""Names, towns and plans of people who do not exist: the words that the demo database is made of."""

from typing import Final, NamedTuple


class Origin(NamedTuple):
    """First and last names that go together, and how many in a hundred people have such."""

    share: float
    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    latin: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    """The same names in Latin letters, for e-mail and log-in, where the others are not."""


def _origin(share: float, firsts: str, lasts: str, latin: tuple[str, str] | None = None) -> Origin:
    return Origin(share, _words(firsts), _words(lasts), (_words(latin[0]), _words(latin[1])) if latin else None)


def _words(text: str) -> tuple[str, ...]:
    """Split at blanks; a low line stands for a blank within a name."""
    return tuple(word.replace("_", " ") for word in text.split())


ORIGINS: Final = (
    _origin(
        54,
        "Anke Birgit Björn Christa Detlef Elke Finn Frauke Gesche Günter Hanna Hauke Heike Henning Hinnerk "
        "Imke Inga Jan Jochen Jonas Jörg Jürgen Karin Katja Kay Klaas Lasse Lena Levke Lüder Maren Marten "
        "Meike Momme Nele Nils Olaf Ole Peer Pia Ralf Renate Rike Silke Sönke Stefan Svenja Telse Theo Thies "
        "Ulrike Uwe Wiebke Wolfgang",
        "Ahrens Andresen Asmussen Baumann Behrens Bergmann Boysen Brodersen Bruhn Carstens Christiansen "
        "Clasen Diercks Ehlers Feddersen Fürst Göttsch Greve Großmann Hagemann Harms Henningsen Hinrichsen "
        "Hönck Jacobsen Jensen Kähler Ketelsen Köpke Kröger Kühl Lorenzen Lüders Martens Möller Nissen "
        "Oldsen Petersen Plöhn Rathje Reimers Rohwer Schlüter Schmidt-Petersen Schröder Schütt Sievers "
        "Steffens Stölting Thomsen Untiedt Voß Wulf Zöllner",
    ),
    _origin(
        9,
        "Anders Astrid Bjarne Birgitte Freja Jeppe Kirsten Mads Mette Rasmus Søren Signe",
        "Andersen Brøndum Christensen Højgaard Kjær Madsen Nørgaard Rasmussen Søgaard Østergaard",
    ),
    _origin(
        8,
        "Ayşe Burak Cem Derya Elif Gülşen Hakan İpek Mehmet Merve Okan Şirin Yiğit Zeynep",
        "Akyüz Arslan Çelik Demir Doğan Güneş Kılıç Öztürk Şahin Yıldırım Yılmaz",
    ),
    _origin(
        8,
        "Agnieszka Grażyna Jadwiga Katarzyna Krzysztof Łukasz Małgorzata Paweł Stanisław Tomasz Wojciech",
        "Dąbrowski Górski Jabłoński Kowalczyk Nowak Pawłowska Sikora Świątek Wiśniewski Wróbel Zając",
    ),
    _origin(
        4,
        "Chiara Davide Giulia Lucia Matteo Niccolò Pasquale",
        "Bianchi D’Angelo De_Luca Esposito Ferrari Moretti Ricci",
    ),
    _origin(
        3,
        "Álvaro Begoña Iñaki Lucía Rocío Rosa Sergio",
        "Ibáñez Jiménez Muñoz Núñez Peña Rodríguez Vázquez_de_la_Torre",
    ),
    _origin(
        3,
        "Åsa Björn Elin Göran Håkan Marta Sven",
        "Åkesson Bergström Ek Lindqvist Nyström Sjöberg Öberg",
    ),
    _origin(2, "Anouk Bram Femke Joost Pieter Sanne", "van_Dijk de_Vries Janssen van_der_Meer Visser ’t_Hart"),
    _origin(
        2, "Amélie Benoît Chloé François Loïc Quentin", "Bérenger Dubois Lefèvre Le_Goff Müller-Aubry Rousseau"
    ),
    _origin(2, "Beatriz Conceição Inês João Rui", "Carvalho Conceição Gonçalves dos_Santos Simões"),
    _origin(1.5, "Aoife Ciarán Declan Niamh Siobhán", "Brennan Doyle Ní_Dhomhnaill O’Connor Walsh"),
    _origin(1, "Eliška Jiří Katarina Ondřej Zdeněk", "Dvořák Němcová Novák Růžička Šťastný"),
    _origin(1, "Branka Đorđe Goran Ljiljana Željko", "Babić Đukić Horvat Kovačević Živković"),
    _origin(
        0.5,
        "Олена Тарас Богдан Наталія",
        "Шевченко Коваленко Бондар Ткачук",
        ("Olena Taras Bohdan Nataliia", "Shevchenko Kovalenko Bondar Tkachuk"),
    ),
    _origin(
        0.4,
        "Ελένη Γιώργος Νίκος",
        "Παπαδόπουλος Γεωργίου Δημητρίου",
        ("Eleni Giorgos Nikos", "Papadopoulos Georgiou Dimitriou"),
    ),
    _origin(0.3, "نادية محمود ليلى", "حداد الخطيب منصور", ("Nadia Mahmoud Layla", "Haddad Khatib Mansour")),
    _origin(0.2, "נועה יונתן", "לוי מזרחי", ("Noa Yonatan", "Levi Mizrahi")),
    _origin(0.2, "小雨 伟", "王 陈", ("Xiaoyu Wei", "Wang Chen")),
    _origin(0.2, "太郎 美咲", "山田 佐藤", ("Taro Misaki", "Yamada Sato")),
    _origin(0.2, "प्रिया अर्जुन", "शर्मा पटेल", ("Priya Arjun", "Sharma Patel")),
)

TOWNS: Final = {
    "Kiel": (27, "0431"),
    "Lübeck": (24, "0451"),
    "Plön": (8, "04522"),
    "Eutin": (8, "04521"),
    "Preetz": (7, "04342"),
    "Malente": (6, "04523"),
    "Neustadt": (6, "04561"),
    "Bad Schwartau": (5, "0451"),
    "Eckernförde": (5, "04351"),
    "Timmendorfer Strand": (3, "04503"),
    "Laboe": (2, "04343"),
    "Heiligenhafen": (2, "04362"),
}
"""Towns: how many in a hundred people live there, and the area code."""

STREETS: Final = (
    "Hafenstraße,Am Kanal,Bergstraße,Dorfstraße,Eichenweg,Fährberg,Fischerweg,Gartenstraße,"
    "Große Grönauer Straße,Holstenstraße,Kirchenstieg,Königsweg,Lange Reihe,Lindenallee,Lübecker Straße,"
    "Markt,Mühlenweg,Nordring,Plöner Chaussee,Rathausplatz,Sandkuhle,Schulstraße,Seeblick,Steindamm,"
    "Strandallee,Uferweg,Wiesengrund,Zum Deich"
).split(",")

YEAR_ROUND: Final = (
    "{} & Sohn,{} GmbH,Autohaus {},Bäckerei {},Elektro {},Fahrschule {},Kanzlei {} & Partner,Malerei {},"
    "Praxis Dr. {},Salon {},Steuerbüro {},Tischlerei {},Zahnarzt {}"
).split(",")
SEASONAL: Final = (
    "Bootsverleih {},Campingplatz {},Ferienhof {},Fischbude {},Gasthof {},Hotel {},Pension {},"
    "Segelschule {},Strandcafé {}"
).split(",")
SEASIDE: Final = _words(
    "Seeblick Krone Ostsee Möwe Störtebeker Anker Dünenhof Seestern Zur_Linde Leuchtturm Alte_Mole Kormoran"
)

FIRST_PRICES: Final = {"Home 50": 2290, "Home 100": 2790, "Home 250": 3290}
"""Plans for homes and what a month of them costs (cents) until the prices go up."""

HOME_PLANS: Final = {"Home 50": 2490, "Home 100": 2990, "Home 250": 3490}
BUSINESS_PLANS: Final = {"Business 250": 8900, "Business 500": 11900, "Business 1000": 14900}
LEAD_SOURCES: Final = ("Website", "Referral", "Telephone", "Flyer", "Trade fair", "Neighbour campaign")
NO_INSTALL: Final = ("Nobody at home", "Duct blocked", "Landlord has not agreed", "No signal at the socket")
WENT: Final = (
    "Moved away",
    "Moved in with family",
    "Changed to another provider",
    "Too expensive",
    "Contract ended",
    "Gave up the flat",
)
AGENCIES: Final = ("Nordinkasso", "Förde Forderungen")
NOTES: Final = (
    "Dog in the yard, please call first.",
    "Router stands in the cellar.",
    "Prefers letters to e-mail.",
    "Key at the neighbour’s, no. 4.",
    "Invoice to the landlord.",
)
