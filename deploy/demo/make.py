#!/usr/bin/env python3
"""Makes the demo: the pilot of April to July 2015, re-enacted with invented people.

    python3 make.py            writes leveringen/*.csv and verloop.csv beside this file
    python3 make.py --check    writes nothing: compares them with what would be written, replays the
                               timeline by its own plain reading of the rules, prints the counts

Needs only the standard library. The generator of numbers is our own, so that every Python gives the
same bytes.
gebieden.csv and teams.csv are made by hand and read here. Exit 0 done, 1 found problems.
"""

import csv
import datetime as dt
import io
import pathlib
import sys

import replay
import story

HERE = pathlib.Path(__file__).resolve().parent
SEED = 20150401

COLUMNS = [
    "id", "soort", "gemeentecode", "signaaldatum", "bedragCenten", "ontstaansdatum", "klantnummer",
    "dreiging", "dreigingsdatum", "crisissignaal", "warmeOverdracht", "inspanning.herinneringen",
    "inspanning.persoonlijkContact", "inspanning.hulpAangeboden", "inspanning.bezwaar",
    "client.voorletters", "client.voorvoegsel", "client.achternaam", "client.geboortedatum",
    "client.straatnaam", "client.postcode", "client.huisnummer", "client.huisnummertoevoeging",
    "client.plaatsnaam", "client.telefoonnummer", "client.email", "client.burgerservicenummer",
    "client.rechtspersoon"]
EVENT_COLUMNS = ["datum", "tijd", "gebeurtenis", "partner", "signaal", "medewerker", "soort",
                 "dagdeel", "bereikt", "uitkomst"]

class Generator:
    """SplitMix64: the same numbers under every version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        return (z ^ (z >> 31)) % bound

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, items):
        return items[self.below(len(items))]

    def chance(self, percent):
        return self.below(100) < percent

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def invented_bsn(rng):
    """Nine digits that start with 999 (never given out) and pass the eleven test."""
    while True:
        digits = [9, 9, 9] + [rng.below(10) for _ in range(6)]
        if (sum((9 - i) * d for i, d in enumerate(digits[:8])) - digits[8]) % 11 == 0:
            return "".join(map(str, digits))


class Case:
    def __init__(self, slots, household):
        self.slots, self.household, self.signals = slots, household, []
        self.before = None  # the day on which the household's next case begins
        self.outcome = self.threatened = None


class Demo:
    def __init__(self):
        self.rng = Generator(SEED)
        self.zones = replay.read_zones(HERE / "gebieden.csv")
        self.teams = replay.read_teams(HERE / "teams.csv")
        self.left = {(p, m): n for p, ms in story.DELIVERIES.items() for m, _, n in ms}
        self.day = {(p, m): dt.date(2015, m, d)
                    for p, ms in story.DELIVERIES.items() for m, d, _ in ms}
        self.rows = {slot: [] for slot in self.day}
        self.addresses, self.streets, self.moments = set(), {}, set()
        self.events, self.cases, self.customers = [], [], 0

    # --- people -----------------------------------------------------------------------------------

    def postcode(self, outside):
        letters = "ABCDEFGHJKLMNPRTVWXZ"  # no S: SA, SD and SS do not exist
        tail = self.rng.pick(letters) + self.rng.pick(letters)
        if outside:
            return "8942" + tail
        city = [8911, 8912, 8913, 8914, 8915, 8916, 8917, 8918, 8918, 8919, 8919, 8921, 8921, 8922,
                8922, 8923, 8924, 8925, 8926, 8931, 8932, 8932, 8933, 8934, 8935, 8936, 8937, 8938,
                8941]
        villages = [9001, 9003, 9005, 9084, 9088, 9089]
        return f"{self.rng.pick(villages if self.rng.chance(11) else city)}{tail}"

    def new_household(self, outside=False):
        rng = self.rng
        while True:
            postcode, number = self.postcode(outside), rng.between(1, 180)
            if (postcode, number) not in self.addresses:
                break
        self.addresses.add((postcode, number))
        prefix, surname = rng.pick(story.SURNAMES)
        initials = rng.pick(story.INITIALS)
        suffix = rng.pick(["A", "B", "bis", "II", "hs"]) if rng.chance(25) else ""
        mail = f"{initials[0]}.{surname.replace(' ', '')}{rng.between(10, 99)}@example.nl".lower()
        return {
            "postcode": postcode, "number": number, "suffix": suffix,
            "street": self.streets.setdefault(postcode, rng.pick(story.STREETS)),
            "prefix": prefix, "surname": surname, "initials": initials,
            "born": dt.date(1945, 1, 1) + dt.timedelta(days=rng.below(19000)),
            # 058-0 and 058-1: subscriber numbers never begin with 0 or 1, so nobody has these
            "phone": f"058{rng.below(2)}{rng.below(10**6):06d}" if rng.chance(70) else "",
            "mail": mail if mail.isascii() and rng.chance(50) else "",
            "bsn": invented_bsn(rng) if rng.chance(3) else "", "company": "",
            "customers": {}, "rows": []}

    def client(self, who, again):
        """The household as a partner writes it; `again`: a signal went before, spellings vary."""
        rng, vary = self.rng, lambda percent: again and self.rng.chance(percent)
        prefix, surname, suffix = who["prefix"], who["surname"], who["suffix"]
        if vary(40) and prefix.startswith("van de"):
            prefix = {"van der": "v.d.", "van den": "v.d."}[prefix]
        elif vary(30) and prefix:
            prefix, surname = "", f"{prefix} {surname}"
        if vary(50):
            surname = surname.replace("ij", "y")
        if vary(60) and suffix:
            suffix = rng.pick([suffix.lower(), suffix.upper(), "-" + suffix, suffix + " "]).strip()
        postcode = who["postcode"]
        if vary(60):
            postcode = rng.pick([f"{postcode[:4]} {postcode[4:]}", postcode.lower()])
        if who["company"]:
            prefix, surname = "", who["company"]
        phone = who["phone"]
        if vary(30) and phone:
            phone = "+31" + phone[1:]
        town = {"9001": "Grou", "9003": "Warten", "9005": "Wergea", "9084": "Goutum",
                "9088": "Wirdum", "9089": "Wytgaard"}.get(who["postcode"][:4], "Leeuwarden")
        person = not who["company"]
        return {
            "client.voorletters": who["initials"] if person else "", "client.voorvoegsel": prefix,
            "client.achternaam": surname,
            "client.geboortedatum": str(who["born"]) if person and not vary(20) else "",
            "client.straatnaam": who["street"], "client.postcode": postcode,
            "client.huisnummer": who["number"], "client.huisnummertoevoeging": suffix,
            "client.plaatsnaam": town, "client.telefoonnummer": phone,
            "client.email": who["mail"] if person else "",
            "client.burgerservicenummer": who["bsn"] if person and not again else "",
            "client.rechtspersoon": "false" if person else "true"}

    # --- signals ----------------------------------------------------------------------------------

    def signal(self, slot, who, again=False, threat=False, crisis=False, age=None, cents=None,
               like=None):
        """One row of a delivery. `like`: the same arrears as that earlier row."""
        rng, (partner, month) = self.rng, slot
        assert self.left[slot] > 0, slot
        self.left[slot] -= 1
        sector, kind, code, (low, high), _ = story.PARTNERS[partner]
        day = self.day[slot]
        if day != story.LAST_DAY:
            day -= dt.timedelta(days=rng.below(3))
        if age is None:
            age = rng.between(33, 92) if sector == "Zorg" and not threat else rng.between(34, 150)
        if partner not in who["customers"]:
            self.customers += 1
            who["customers"][partner] = str(700000 + 37 * self.customers)
        row = dict.fromkeys(COLUMNS, "")
        row.update({
            "soort": sector, "gemeentecode": "0080", "signaaldatum": str(day),
            "bedragCenten": cents or 100 * rng.between(low, high) + rng.below(100),
            "ontstaansdatum": like["ontstaansdatum"] if like else str(day - dt.timedelta(days=age)),
            "klantnummer": who["customers"][partner],
            "dreiging": kind if threat else "geen",
            "dreigingsdatum": str(day + dt.timedelta(days=rng.between(16, 34))) if threat else "",
            "crisissignaal": "true" if crisis else "false",
            "warmeOverdracht": "true" if rng.chance(8) else "false",
            "inspanning.herinneringen": rng.between(1, 4), "inspanning.bezwaar": "false",
            "inspanning.persoonlijkContact": "true" if rng.chance(80) else "false",
            "inspanning.hulpAangeboden": "true" if rng.chance(85) else "false"})
        row.update(self.client(who, again))
        number = 1 + sum(len(rows) for s, rows in self.rows.items() if s[0] == partner)
        row["id"] = f"{code}-2015{month:02d}-{number:04d}"
        self.rows[slot].append(row)
        return row

    def plan(self):
        """Says which households there are and which deliveries name them; cases follow from it."""
        chains = [[slots] for slots in story.MULTIPLES]
        chains += [[[first], [second]] for first, second in story.RETURNS]
        chains += [[[slot]] for slot in story.REPEATS]
        left = dict(self.left)
        for slot in [s for chain in chains for slots in chain for s in slots]:
            left[slot] -= 1
        for partner, month in story.REPEATS:
            left[partner, month + 2] -= 1
        for partner, month, _ in story.UNFOUNDED:
            left[partner, month] -= 1
        singles = [slot for slot, n in sorted(left.items()) for _ in range(n)]
        assert min(left.values()) >= 0, left
        for number, chain in enumerate(chains + [[[slot]] for slot in singles]):
            outside = number in (len(chains) + 3, len(chains) + 70, len(chains) + 150)
            household = self.new_household(outside)
            cases = [Case(slots, household) for slots in chain]
            for case, following in zip(cases, cases[1:]):
                case.before = self.day[following.slots[0]]
            self.cases += cases
        first = len(story.MULTIPLES) + 2 * len(story.RETURNS)
        self.repeated = self.cases[first:first + len(story.REPEATS)]

    def decide(self):
        """Gives every case its end, or leaves it open."""
        still_open = {p: n for p, n in story.OPEN_IN_JULY.items()}
        closed = []
        for case in self.rng.shuffled(self.cases):
            partner, month = case.slots[0]
            if month == 7 and case.slots[0] == case.slots[-1] and still_open.get(partner, 1) > 0:
                if partner in still_open:
                    still_open[partner] -= 1
            elif month == 7 and self.day[case.slots[-1]] > dt.date(2015, 7, 15):
                pass
            else:
                closed.append(case)
        early = [c for c in closed if len(c.slots) == 1 and not self.comes_back(c) and
                 self.day[c.slots[0]] <= dt.date(2015, 6, 10)]
        for outcome, count, true in story.NOT_PREVENTED:
            for _ in range(count):
                case = next(c for c in (early if true else closed) if not c.outcome and
                            not (outcome == story.GONE and self.comes_back(c)))
                case.outcome, case.threatened, case.came_true = outcome, True, true
        for _ in range(story.PREVENTED):
            case = next(c for c in closed if not c.outcome)
            case.outcome = self.rng.pick(story.GOOD_ENDS)
            case.threatened, case.came_true = True, False
        for case in closed:
            if not case.outcome:
                ends = story.ENDS_TO_RETURN_FROM + story.FINAL_ENDS
                case.outcome = self.rng.pick(
                    story.ENDS_TO_RETURN_FROM if self.comes_back(case) else ends)
        self.crises_open()

    def comes_back(self, case):
        return case.before or case in self.repeated

    def crises_open(self):
        """A few open crises: one overdue, one that is being tried, the rest of the last day."""
        unfinished = [c for c in self.cases if not c.outcome and len(c.slots) == 1]
        rent = [c for c in unfinished if c.slots[0] == ("woonfriesland", 7)]
        for case in rent[:2] + [c for c in unfinished if c.slots[0] == ("de-friesland", 7)][:4]:
            case.threatened = True
        self.overdue_crisis = rent[0]

    def write_signals(self):
        for slot in sorted(self.day, key=self.day.get):
            for case in self.cases:
                for at, wanted in enumerate(case.slots):
                    if wanted == slot:
                        self.write_case_signal(case, at)
            for case in self.repeated:
                partner, month = case.slots[0]
                if slot == (partner, month + 2):
                    first = case.signals[0]
                    cents = int(first["bedragCenten"]) - self.rng.pick([0, 0, 1500, 2500])
                    self.signal(slot, case.household, again=True, cents=cents, like=first)
            for partner, month, why in story.UNFOUNDED:
                if slot == (partner, month):
                    self.write_unfounded(slot, why)

    def write_case_signal(self, case, at):
        rng, slot = self.rng, case.slots[at]
        if at == 0:
            case.threatened_at = 1 if len(case.slots) == 2 and rng.chance(25) else 0
        threat = bool(case.threatened) and at == case.threatened_at
        like, cents, age = None, None, None
        earlier = case.household["rows"]
        if earlier and earlier[0][0] == slot[0] and story.PARTNERS[slot[0]][0] != "Zorg":
            like = earlier[0][1]  # the same arrears, and higher by now: taken up again
            cents = int(like["bedragCenten"]) + 8000 + rng.below(9000)
        if case in self.repeated:
            age = rng.between(31, 33)
            cents = 100 * rng.between(130, 400)
        crisis = not case.threatened and at == 0 and case.outcome is not None and rng.chance(3)
        row = self.signal(slot, case.household, again=bool(earlier), threat=threat, crisis=crisis,
                          age=age, cents=cents, like=like)
        case.signals.append(row)
        earlier.append((slot[0], row))

    def write_unfounded(self, slot, why):
        rng, who = self.rng, self.new_household()
        if why == "legal":
            who["company"] = story.COMPANIES[slot[0]]
        ages = {"young": rng.between(9, 29), "old": rng.between(101, 160)}
        age = ages.get(why, rng.between(40, 90))
        cents = rng.between(1500, 7499) if why == "low" else None
        self.signal(slot, who, age=age, cents=cents)

    # --- what the teams did -----------------------------------------------------------------------

    def event(self, day, hours, name, partner, signal="", worker="", sort="", part="", reached="",
              result=""):
        while True:
            moment = (str(day), f"{self.rng.between(*hours):02d}:{self.rng.below(60):02d}")
            if moment not in self.moments:
                break
        self.moments.add(moment)
        self.events.append(
            [*moment, name, partner, signal, worker, sort, part, reached, result])

    def attempt(self, case, day, worker, reached):
        rng = self.rng
        sorts = ["Huisbezoek", "Huisbezoek", "Telefoon", "Afspraak op locatie"] if reached else \
            ["Huisbezoek", "Telefoon", "Telefoon", "Brief", "Kaartje", "SMS/Whatsapp", "Mail"]
        part, hours = rng.pick([("Ochtend", (9, 11)), ("Middag", (12, 16)), ("Middag", (12, 16)),
                                ("Avond", (18, 20))])
        partner, signal = self.named(case, day)
        self.event(day, hours, "contactpoging", partner, signal, worker, rng.pick(sorts), part,
                   "ja" if reached else "nee")

    def named(self, case, day):
        """The signal by which an event names the case: the threatening one, once it is there."""
        at = case.threatened_at if self.day[case.slots[case.threatened_at]] <= day else 0
        return case.slots[at][0], case.signals[at]["id"]

    def worker(self, case):
        team = replay.team_of(case.household["postcode"], self.zones, self.teams)
        return self.rng.pick(self.teams[team]["members"])

    def attempt_days(self, case, late):
        """The days of the attempts, the first in time unless `late`; did the last one succeed?"""
        rng = self.rng
        start = self.day[case.slots[case.threatened_at if case.threatened else 0]]
        crisis = case.threatened or any(s["crisissignaal"] == "true" for s in case.signals)
        first = rng.below(4) if crisis else rng.between(2, 20)
        if late:
            first = rng.between(10, 13) if crisis else rng.between(30, 33)
        reached = case.outcome not in story.UNREACHED
        days = [start + dt.timedelta(days=first)]
        for _ in range(rng.pick([0, 0, 1, 1, 2]) if reached else rng.between(2, 4)):
            days.append(days[-1] + dt.timedelta(days=rng.between(1, 5)))
        return days, reached

    def close(self, case, late):
        rng = self.rng
        joined = self.day[case.slots[-1]]
        limit = min(case.before or story.LAST_DAY, story.LAST_DAY) - dt.timedelta(days=1)
        while True:
            days, reached = self.attempt_days(case, late)
            end = max(days[-1], joined) + dt.timedelta(days=rng.between(1, 12))
            if end <= limit:
                break
        worker = self.worker(case)
        for at, day in enumerate(days):
            self.attempt(case, day, worker, reached and at == len(days) - 1)
        yesterday = end - dt.timedelta(days=1)
        if days[-1] < yesterday and (case.outcome == story.SILENT or reached and rng.chance(30)):
            self.attempt(case, yesterday, worker, case.outcome != story.SILENT)
        self.event(end, (9, 16), "eindresultaat", *self.named(case, end), worker,
                   result=case.outcome)
        self.aftermath(case, end)

    def aftermath(self, case, end):
        rng = self.rng
        partner, signal = self.named(case, end)
        row = case.signals[case.threatened_at]
        if case.threatened and case.came_true:
            threat_day = dt.date.fromisoformat(row["dreigingsdatum"])
            day = max(threat_day, end) + dt.timedelta(days=rng.between(1, 5))
            assert day <= story.LAST_DAY
            self.event(day, (6, 6), "afloop", partner, signal, result=story.PARTNERS[partner][4])
            return
        good = case.outcome in (story.ADVICE, story.PAID) or case.outcome.startswith(story.HELP)
        day = end + dt.timedelta(days=rng.between(4, 24))
        if good and day <= story.LAST_DAY and rng.chance(72 if case.threatened else 40):
            result = rng.pick(["betaald", "betalingsregeling", "betalingsregeling", "ingetrokken"])
            self.event(day, (6, 6), "afloop", partner, signal, result=result)

    def leave_open(self, case):
        """Open cases: the last days' untouched, the others tried now and then without success."""
        start, rng = self.day[case.slots[0]], self.rng
        if case is self.overdue_crisis or case.slots[0] == ("de-friesland", 7):
            return
        if case.slots[0] == ("essent", 7) and self.untouched > 0:
            self.untouched -= 1  # nobody has been here in four weeks: over the deadline
            return
        if not case.threatened and rng.chance(45) and case.slots[0] != ("essent", 7):
            return
        worker = self.worker(case)
        day = start + dt.timedelta(days=rng.between(1, 3))
        while day <= story.LAST_DAY:
            self.attempt(case, day, worker, False)
            day += dt.timedelta(days=rng.between(5, 9))

    def act(self):
        for slot, day in self.day.items():
            self.event(day, (7, 8), "levering", slot[0],
                       result=f"leveringen/{slot[0]}-2015-{slot[1]:02d}.csv")
        self.untouched = 2
        for number, case in enumerate(self.cases):
            if not case.outcome:
                self.leave_open(case)
                continue
            early = self.day[case.slots[-1]] <= dt.date(2015, 6, 9) and not case.before
            self.close(case, late=early and number % 11 == 5)

    # --- files ------------------------------------------------------------------------------------

    def files(self):
        self.plan()
        self.decide()
        self.write_signals()
        assert not any(self.left.values())
        self.act()
        made = {"verloop.csv": as_csv([EVENT_COLUMNS] + sorted(self.events))}
        for (partner, month), rows in self.rows.items():
            table = [COLUMNS] + [[row[c] for c in COLUMNS] for row in rows]
            made[f"leveringen/{partner}-2015-{month:02d}.csv"] = as_csv(table)
        return made


def as_csv(table):
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(table)
    return text.getvalue().encode()


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    made = Demo().files()
    problems = []
    for name, content in made.items():
        path = HERE / name
        if sys.argv[1:]:
            if not path.exists() or path.read_bytes() != content:
                problems.append(f"{name}: not what make.py makes")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    problems += replay.check(HERE)
    for problem in problems:
        print(f"make.py: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
