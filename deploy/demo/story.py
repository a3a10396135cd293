"""What happened in the four months: who delivered when, which households there are, how it ended.

Data only; make.py turns it into files. All names come from short lists of common ones.
"""

import datetime as dt

PREVENTED = 92  # how many stories with a good end are told; replay.py counts what the events say

# Sector, threat, prefix of the ids, amount in euros from-to, afloop when it goes wrong.
PARTNERS = {
    "essent": ("Energie", "afsluiting-energie", "ES", (110, 1400), "afgesloten"),
    "vitens": ("Water", "afsluiting-water", "VT", (80, 420), "afgesloten"),
    "elkien": ("Huur", "ontruiming", "ELK", (480, 2600), "ontruimd"),
    "woonfriesland": ("Huur", "ontruiming", "WF", (450, 2400), "ontruimd"),
    "de-friesland": ("Zorg", "einde-zorgverzekering", "DFZ", (120, 720), "verzekering-beeindigd"),
}
# (month, day of delivery, number of signals); 320 together.
DELIVERIES = {
    "essent": [(4, 2, 16), (5, 4, 16), (6, 2, 17), (7, 2, 17)],
    "vitens": [(4, 9, 14), (5, 11, 15), (6, 9, 15), (7, 9, 15)],
    "elkien": [(4, 15, 8), (5, 18, 7), (6, 15, 8), (7, 15, 7)],
    "woonfriesland": [(4, 21, 8), (5, 21, 9), (6, 22, 8), (7, 21, 9)],
    "de-friesland": [(4, 29, 32), (5, 28, 33), (6, 29, 33), (7, 30, 33)],
}
LAST_DAY = dt.date(2015, 7, 30)

# Households with signals of several partners in one open case.
MULTIPLES = [[(p, m + o) for p, o in story] for m in (4, 5, 6) for story in (
    [("essent", 0), ("vitens", 0)], [("essent", 0), ("vitens", 0)], [("vitens", 0), ("elkien", 0)],
    [("woonfriesland", 0), ("de-friesland", 0)], [("woonfriesland", 0), ("de-friesland", 0)],
    [("elkien", 0), ("de-friesland", 0)], [("de-friesland", 0), ("essent", 1)],
    [("essent", 0), ("vitens", 0), ("woonfriesland", 0)])]
MULTIPLES += [[("essent", 7), ("vitens", 7)], [("woonfriesland", 7), ("de-friesland", 7)]]
# Households that come back after their first case was closed; never within a calendar month.
RETURNS = 2 * [
    [("essent", 4), ("vitens", 5)], [("vitens", 4), ("elkien", 5)],
    [("elkien", 4), ("de-friesland", 5)],
    [("woonfriesland", 4), ("de-friesland", 5)], [("de-friesland", 4), ("vitens", 6)],
    [("essent", 5), ("essent", 7)], [("vitens", 5), ("woonfriesland", 6)],
    [("woonfriesland", 5), ("de-friesland", 6)], [("de-friesland", 4), ("de-friesland", 6)],
    [("essent", 6), ("woonfriesland", 7)], [("de-friesland", 5), ("de-friesland", 7)],
    [("de-friesland", 5), ("vitens", 7)]]
# The same arrears again, not higher: not taken up.
REPEATS = [("vitens", 4), ("vitens", 4), ("vitens", 5), ("essent", 4), ("essent", 4), ("essent", 5),
           ("elkien", 4), ("elkien", 5), ("woonfriesland", 4), ("woonfriesland", 5),
           ("de-friesland", 4), ("de-friesland", 4), ("de-friesland", 5), ("de-friesland", 5)]
# Not to be taken up: too little, too young, too old, a legal person.
UNFOUNDED = [("vitens", 4, "low"), ("vitens", 5, "low"), ("vitens", 6, "low"), ("essent", 5, "low"),
             ("essent", 7, "low"), ("de-friesland", 4, "low"), ("de-friesland", 7, "low"),
             ("essent", 4, "young"), ("essent", 6, "young"), ("woonfriesland", 6, "young"),
             ("de-friesland", 5, "young"), ("de-friesland", 7, "young"), ("de-friesland", 4, "old"),
             ("de-friesland", 5, "old"), ("de-friesland", 6, "old"), ("de-friesland", 7, "old"),
             ("vitens", 6, "legal"), ("essent", 5, "legal"), ("elkien", 6, "legal")]
# New cases of July that nobody has finished yet; whatever came later is open anyway.
OPEN_IN_JULY = {"essent": 4, "vitens": 6, "elkien": 4}

# How the threatened, closed cases ended that were not prevented: (outcome, how many, came true).
NO_CONTACT = "Definitief geen contact kunnen krijgen"
SILENT = "Geen reactie na eerder contact"
ON_THEIR_OWN = "Inwoner regelt het zelf/hoeft geen hulp vanuit vroegsignalering"
KNOWN = "Inwoner al bekend bij schuldhulpverlening"
PAID = "Inwoner heeft zelf al betaald/betalingsregeling getroffen"
ADVICE = "(Budget)advies en/of quick fix"
HELP = "Vervolghulp en/of verwijzing"
GONE = "Persoon is geen inwoner (meer) in de gemeente"
NOT_PREVENTED = [
    (NO_CONTACT, 9, True), (HELP + " financieel", 3, True), (SILENT, 2, True),
    (NO_CONTACT, 15, False), (SILENT, 5, False), (ON_THEIR_OWN, 6, False), (KNOWN, 3, False),
    (GONE, 2, False)]
GOOD_ENDS = (5 * [ADVICE] + 3 * [PAID] + 6 * [HELP + " financieel"] + 3 * [HELP] +
             2 * [HELP + " niet financieel"])
# How the others ended: first the ends after which a household may come back.
ENDS_TO_RETURN_FROM = 5 * [NO_CONTACT] + 5 * [ADVICE] + 4 * [PAID] + 5 * [ON_THEIR_OWN]
FINAL_ENDS = 4 * [HELP + " financieel"] + 2 * [HELP] + 2 * [SILENT] + 2 * [KNOWN] + [
    HELP + " niet financieel", GONE, "Inwoner heeft al een ander lopend traject",
    "Verwijzing zonder tussenkomst inwoner", "Niet opgepakt: andere reden", "Inwoner is overleden"]
UNREACHED = {NO_CONTACT, GONE, "Niet opgepakt: andere reden", "Inwoner is overleden",
             "Verwijzing zonder tussenkomst inwoner"}

SURNAMES = [
    ("de", "Vries"), ("", "Jansen"), ("", "Dijkstra"), ("", "Hoekstra"), ("van der", "Meer"),
    ("de", "Jong"), ("", "Wiarda"), ("", "Bakker"), ("", "Postma"), ("van der", "Veen"),
    ("", "Visser"), ("", "Zijlstra"), ("", "Bouma"), ("de", "Boer"), ("", "Hofstra"),
    ("", "Kuipers"), ("", "Terpstra"), ("", "Smit"), ("van", "Dijk"), ("", "Wijbenga"),
    ("", "Yilmaz"), ("", "Mulder"), ("", "Veenstra"), ("", "Sikkema"), ("ten", "Hoor"),
    ("", "Meijer"), ("", "Peeters"), ("", "Reitsma"), ("", "Oosterhof"), ("", "Jongsma"),
    ("van den", "Berg"), ("", "Feenstra"), ("", "Özdemir"), ("", "Brouwer"), ("", "Hiemstra"),
    ("", "Tamsma"), ("", "Wielinga"), ("", "El Amrani"), ("", "Kooistra"), ("", "Groenewoud"),
]
INITIALS = [
    "A.", "J.", "M.", "S.H.", "T.", "W.", "F.", "H.J.", "K.", "R.", "G.", "B.", "D.", "E.M.", "I.",
    "L.", "N.", "P.C.", "Y.", "C.",
]
STREETS = [
    "Merelstraat", "Eikenlaan", "Tulpenstraat", "Molenpad", "Noorderhof", "Fuutstraat",
    "Wilgenpad", "Kerkbuurt", "Zonnedauw", "Havenzicht", "Lindehof", "Spoorzicht", "Dotterbloem",
    "Meidoornlaan",
]
COMPANIES = {"vitens": "Timmerbedrijf De Schaaf B.V.", "essent": "Lunchroom 't Hoekje V.O.F.",
             "elkien": "Stichting Het Verzonnen Huis"}
