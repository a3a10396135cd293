"""A plain second reading of the rules, to check the demo's files against (see make.py).

It knows no more than README.md and the field's definitions say: one open case per address,
admission by threshold, window, repeat and legal person, and what "prevented" means. The real system
does the same work with a policy, a log and a store; the two must agree on the counts.
"""

import calendar
import csv
import datetime as dt
import re

BENIGN = {"betaald", "betalingsregeling", "ingetrokken"}
ENDED_WELL = {"(Budget)advies en/of quick fix", "Vervolghulp en/of verwijzing",
              "Inwoner heeft zelf al betaald/betalingsregeling getroffen",
              "Vervolghulp en/of verwijzing financieel",
              "Vervolghulp en/of verwijzing niet financieel"}
OUTCOMES = ENDED_WELL | {
    "Definitief geen contact kunnen krijgen", "Geen reactie na eerder contact",
    "Inwoner al bekend bij schuldhulpverlening", "Inwoner heeft al een ander lopend traject",
    "Inwoner is overleden", "Inwoner regelt het zelf/hoeft geen hulp vanuit vroegsignalering",
    "Niet opgepakt: andere reden", "Persoon is geen inwoner (meer) in de gemeente",
    "Verwijzing zonder tussenkomst inwoner"}
SORTS = {"Afspraak op locatie", "Brief", "Huisbezoek", "Kaartje", "Mail", "SMS/Whatsapp",
         "Telefoon"}
THRESHOLD_CENTS = 7500
SHIFTS = range(0, 400, 13)  # days by which the check moves all dates, to see that nothing changes


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def read_zones(path):
    def bound(text, fill):
        return text if len(text) == 6 else text + fill
    return [(bound(r["postcode_van"], "AA"), bound(r["postcode_tot"], "ZZ"), r["team"])
            for r in read_csv(path)]


def read_teams(path):
    return {r["team"]: {"fallback": r["vangnet"] == "ja",
                        "members": [m.split(":")[0] for m in r["medewerkers"].split("|")]}
            for r in read_csv(path)}


def team_of(postcode, zones, teams):
    for low, high, team in zones:
        if low <= postcode <= high:
            return team
    return next(name for name, team in teams.items() if team["fallback"])


def address(row):
    suffix = re.sub(r"[^0-9A-Z]", "", row["client.huisnummertoevoeging"].upper())
    return row["client.postcode"].replace(" ", "").upper(), int(row["client.huisnummer"]), suffix


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Replay:
    """The timeline, event by event. `problems` says what the timeline may not do."""

    def __init__(self, folder, shift=0):
        self.folder, self.shift = folder, dt.timedelta(days=shift)
        self.zones = read_zones(folder / "gebieden.csv")
        self.teams = read_teams(folder / "teams.csv")
        self.problems, self.cases, self.open, self.signals = [], [], {}, {}
        self.counts = dict.fromkeys(["signals", "repeats", "unfounded"], 0)
        self.last_day = dt.date.min

    def day(self, text):
        return dt.date.fromisoformat(text) + self.shift

    def run(self):
        events = read_csv(self.folder / "verloop.csv")
        moments = [(e["datum"], e["tijd"]) for e in events]
        if moments != sorted(set(moments)):
            self.problems.append("verloop.csv: not in order, or two rows share a moment")
        for number, event in enumerate(events, 2):
            for wrong in getattr(self, "on_" + event["gebeurtenis"])(event):
                self.problems.append(f"verloop.csv row {number}: {wrong}")
        if moments[-1][0] > str(self.last_day - self.shift):
            self.problems.append("verloop.csv: goes on after the last signaaldatum")
        return self

    def on_levering(self, event):
        received = self.day(event["datum"])
        for row in read_csv(self.folder / event["uitkomst"]):
            self.counts["signals"] += 1
            key = (event["partner"], row["id"])
            if key in self.signals:
                yield f"{key} came before"
            if self.day(row["signaaldatum"]) > received:
                yield f"{key} is dated after its delivery"
            self.last_day = max(self.last_day, self.day(row["signaaldatum"]))
            self.signals[key] = {"row": row, "partner": event["partner"], "case": None}
            self.admit(self.signals[key], received)

    def admit(self, signal, received):
        row = signal["row"]
        if self.is_repeat(signal):
            self.counts["repeats"] += 1
        elif self.is_unfounded(row):
            self.counts["unfounded"] += 1
        else:
            place = address(row)
            case = self.open.get(place)
            if case is None:
                case = {"address": place, "signals": [], "received": received, "attempts": [],
                        "outcome": None}
                self.cases.append(case)
                self.open[place] = case
            case["signals"].append(signal)
            signal["case"] = case

    def is_repeat(self, signal):
        row = signal["row"]
        return any(
            s["case"] and s["partner"] == signal["partner"] and
            all(s["row"][f] == row[f] for f in ("klantnummer", "ontstaansdatum")) and
            int(row["bedragCenten"]) <= int(s["row"]["bedragCenten"]) and
            months_later(self.day(s["row"]["signaaldatum"]), 6) >= self.day(row["signaaldatum"])
            for s in self.signals.values())

    def is_unfounded(self, row):
        if row["client.rechtspersoon"] == "true":
            return True
        if row["dreiging"] != "geen" or row["crisissignaal"] == "true":
            return False
        age = (self.day(row["signaaldatum"]) - self.day(row["ontstaansdatum"])).days
        return (int(row["bedragCenten"]) < THRESHOLD_CENTS or age < 30 or
                row["soort"] == "Zorg" and age > 100)

    def named(self, event):
        signal = self.signals.get((event["partner"], event["signaal"]))
        return signal["case"] if signal else None

    def worker_problems(self, event, case):
        team = team_of(case["address"][0], self.zones, self.teams)
        if event["medewerker"] not in self.teams[team]["members"]:
            yield "the worker is not of the zone's team"

    def on_contactpoging(self, event):
        case = self.named(event)
        if not case or case["outcome"]:
            yield "names no open case"
            return
        yield from self.worker_problems(event, case)
        if event["soort"] not in SORTS or event["dagdeel"] not in {"Ochtend", "Middag", "Avond"}:
            yield "no such soort or dagdeel"
        case["attempts"].append((self.day(event["datum"]), event["bereikt"] == "ja"))

    def on_eindresultaat(self, event):
        case = self.named(event)
        if not case or case["outcome"]:
            yield "names no open case"
            return
        yield from self.worker_problems(event, case)
        if event["uitkomst"] not in OUTCOMES:
            yield "no such eindresultaat"
        case["outcome"] = event["uitkomst"]
        del self.open[case["address"]]

    def on_afloop(self, event):
        case = self.named(event)
        if not case or not case["outcome"]:
            yield "names no closed case"
            return
        self.signals[event["partner"], event["signaal"]]["afloop"] = event["uitkomst"]

    # --- what it comes to -------------------------------------------------------------------------

    def prevented(self, case):
        """'confirmed', 'reported', 'not' or, without a threat or while open, None."""
        threatened = [s for s in case["signals"] if s["row"]["dreiging"] != "geen"]
        if not threatened or not case["outcome"]:
            return None
        ends = {s.get("afloop") for s in threatened} - {None}
        if case["outcome"] not in ENDED_WELL or ends - BENIGN:
            return "not"
        return "confirmed" if ends else "reported"

    def signal_days(self, case):
        return [self.day(s["row"]["signaaldatum"]) for s in case["signals"]]

    def other_days(self, case):
        """The days of the signals of the address's other cases."""
        return [day for other in self.cases
                if other is not case and other["address"] == case["address"]
                for day in self.signal_days(other)]

    def is_multiple(self, case):
        months = {(day.year, day.month) for day in self.signal_days(case)}
        return len(case["signals"]) > 1 or any(
            (day.year, day.month) in months for day in self.other_days(case))

    def is_consecutive(self, case):
        first = min(self.signal_days(case))
        return any(day < first <= months_later(day, 6) for day in self.other_days(case))

    def is_crisis(self, case):
        return any(s["row"]["dreiging"] != "geen" or s["row"]["crisissignaal"] == "true"
                   for s in case["signals"])

    def summary(self):
        kinds = [self.prevented(c) for c in self.cases]
        still_open = [c for c in self.cases if not c["outcome"]]
        counts = dict(self.counts)
        counts.update({
            "cases": len(self.cases), "open": len(still_open),
            "untouched": sum(not c["attempts"] for c in still_open),
            "open crises": sum(self.is_crisis(c) for c in still_open),
            "older than 28 days and untouched": sum(
                not c["attempts"] and (self.last_day - c["received"]).days >= 28
                for c in still_open),
            "multiple": sum(map(self.is_multiple, self.cases)),
            "consecutive": sum(map(self.is_consecutive, self.cases)),
            "reached": sum(any(ok for _, ok in c["attempts"]) for c in self.cases),
            "threatened and closed": len(kinds) - kinds.count(None),
            "prevented": kinds.count("confirmed") + kinds.count("reported"),
            "confirmed": kinds.count("confirmed"), "reported": kinds.count("reported"),
            "not prevented": kinds.count("not")})
        return counts


def check(folder):
    """Prints the counts; returns the problems."""
    replay = Replay(folder).run()
    problems, counts = replay.problems, replay.summary()
    print(", ".join(f"{name}: {count}" for name, count in counts.items()))
    for shift in SHIFTS:
        if Replay(folder, shift).run().summary() != counts:
            problems.append(f"moved by {shift} days the counts differ")
    if counts["signals"] != 320 or counts["prevented"] != 92 or len(replay.teams) != 9:
        problems.append("not 320 signals, 92 prevented and nine teams")
    return problems
