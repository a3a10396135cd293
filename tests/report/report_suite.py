"""`vroegsein report` from outside, over the demo: the national exchange file judged by an independent
JSON Schema validator, the report as a manager and a spreadsheet read it, and wrong use."""

import csv
import datetime
import fcntl
import io
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import jsonschema

TOP = Path(__file__).resolve().parent.parent.parent
BUILD = Path(os.environ.get("VROEGSEIN_BUILD_DIR", TOP / "build" / "dev"))
BINARY = Path(os.environ.get("VROEGSEIN_BINARY", BUILD / "vroegsein"))
SHARED = Path(os.environ.get("VROEGSEIN_SHARED", TOP.parent / "shared"))
SCHEMA = SHARED / "ddas" / "uitwisselmodel-1.2.schema.json"
NOW = "2026-11-20T09:00:00Z"
LAST_DAY = datetime.date(2026, 11, 20)
FIRST_DAY = LAST_DAY - datetime.timedelta(days=300)
SECONDS_MAX = 120


def is_day(text):
    return datetime.date.fromisoformat(text).isoformat() == text


def is_moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is not None


def errors_of(document):
    """What the schema says against the document: Draft 2020-12, with the formats of its days."""
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("date", raises=ValueError)(is_day)
    formats.checks("date-time", raises=ValueError)(is_moment)
    judge = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")),
                                            format_checker=formats)
    return [f"{list(error.absolute_path)}: {error.message[:100]}"
            for error in judge.iter_errors(document)]


def run(*arguments):
    return subprocess.run([str(BINARY), *map(str, arguments)], capture_output=True, check=False,
                          stdin=subprocess.DEVNULL, timeout=SECONDS_MAX)


@unittest.skipUnless(SCHEMA.exists(), f"no DDAS schema at {SCHEMA}: set VROEGSEIN_SHARED")
class HandMade(unittest.TestCase):
    """The file that tests/alerts/ddas_export_test.cpp writes from hand-made records."""

    def test_the_schema_accepts_it(self):
        with tempfile.TemporaryDirectory() as folder:
            sample = Path(folder) / "sample.json"
            done = subprocess.run(
                [str(BUILD / "tests" / "bin" / "ddas_export_test"),
                 "--gtest_filter=DdasExportSample.*"], capture_output=True, check=False,
                env={**os.environ, "VROEGSEIN_DDAS_SAMPLE": str(sample)}, timeout=SECONDS_MAX)
            self.assertEqual(done.returncode, 0, done.stdout.decode())
            document = json.loads(sample.read_text(encoding="utf-8"))
        self.assertEqual(errors_of(document), [])
        self.assertEqual(len(document["leveringen"]), 2)

    def test_the_validator_sees_what_is_wrong(self):
        """Each of these would be wrong, and each is said to be."""
        good = {"aanleverdatumEnTijd": NOW, "codeGegevensleverancier": "0080",
                "startdatumLevering": "2026-03-01", "einddatumLevering": "2026-03-31"}
        client = {"postcode": "8911AD", "huisnummer": "12"}

        def with_signal(**changes):
            signal = {"ID": "a:1", "client": client, "signaalpartner": {"type": "Water"}, **changes}
            return {**good, "leveringen": [{"teller": 1, "gemeentecode": "0080",
                                            "aanleverendeOrganisatie": {"naam": "L"},
                                            "vroegsignalen": [signal]}]}

        self.assertEqual(errors_of(with_signal()), [])
        for wrong in (with_signal(client={**client, "burgerservicenummer": "999999990"}),
                      with_signal(client={**client, "achternaam": "Vries"}),
                      with_signal(client={}), with_signal(bedrag=345.12),
                      with_signal(status="opgepakt"), with_signal(signaaldatum="2026-02-30"),
                      {**good, "leveringen": []}, {**good, "aanleverdatumEnTijd": "gisteren"}):
            self.assertNotEqual(errors_of(wrong), [], wrong)


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.data = Path(cls.folder.name) / "data"
        done = run("demo", "--data", cls.data, "--from", TOP / "deploy" / "demo", "--now", NOW)
        if done.returncode != 0:
            raise AssertionError(f"the demo does not load: {done.stderr.decode()}")

    def report(self, form, first=FIRST_DAY, last=LAST_DAY, *more):
        done = run("report", "--data", self.data, "--from", first, "--to", last, "--format", form,
                   "--now", NOW, *more)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout.decode("utf-8")

    def figures(self, *period):
        return json.loads(self.report("json", *period))

    def test_what_was_prevented(self):
        report = self.figures()
        threats = report["totaal"]["dreigingen"]
        self.assertEqual(report["totaal"]["signalen"]["aantal"], 320)
        self.assertEqual(threats["alle"]["voorkomen"], 92)
        self.assertEqual(threats["alle"]["bevestigd"] + threats["alle"]["gemeld"], 92)
        for name, threat in threats.items():
            with self.subTest(threat=name):
                self.assertEqual(threat["zaken"], threat["voorkomen"] + threat["nietVoorkomen"]
                                 + threat["onbekend"] + threat["loopt"])

    def test_the_funnel_narrows(self):
        cases = self.figures()["totaal"]["zaken"]
        self.assertGreater(cases["aantal"], 200)
        self.assertGreaterEqual(cases["aantal"], cases["metContactpoging"])
        self.assertGreaterEqual(cases["metContactpoging"], cases["bereikt"])
        self.assertEqual(cases["aantal"], cases["open"] + cases["gesloten"])
        self.assertEqual(cases["aantal"], cases["enkelvoudig"] + cases["meervoudig"]
                         + cases["opeenvolgend"] - cases["meervoudigEnOpeenvolgend"])

    def test_months_zones_and_teams_add_up(self):
        report = self.figures()
        for cut in ("perMaand", "perZone", "perTeam"):
            for group, key in (("signalen", "aantal"), ("zaken", "aantal"), ("zaken", "bereikt")):
                with self.subTest(cut=cut, group=group, figure=key):
                    self.assertEqual(sum(row[group][key] for row in report[cut]),
                                     report["totaal"][group][key])
        self.assertEqual(sum(row["signalen"]["aantal"] for row in report["perPartner"]), 320)
        self.assertEqual(len(report["perPartner"]), 5)

    def test_two_halves_are_the_whole(self):
        middle = LAST_DAY - datetime.timedelta(days=60)
        first = self.figures(FIRST_DAY, middle)["totaal"]
        second = self.figures(middle + datetime.timedelta(days=1), LAST_DAY)["totaal"]
        self.assertGreater(first["signalen"]["aantal"], 0)
        self.assertEqual(first["signalen"]["aantal"] + second["signalen"]["aantal"], 320)
        self.assertEqual(first["dreigingen"]["alle"]["voorkomen"]
                         + second["dreigingen"]["alle"]["voorkomen"], 92)

    def test_a_period_before_everything_is_empty(self):
        report = self.figures("2020-01-01", "2020-12-31")
        self.assertEqual(report["totaal"]["zaken"]["aantal"], 0)
        self.assertIsNone(report["totaal"]["zaken"]["aandeelBereiktProcent"])
        self.assertEqual(report["perMaand"], [])

    def test_the_spreadsheet_says_the_same(self):
        text = self.report("csv")
        self.assertEqual(text[0], "\ufeff")
        rows = list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))
        self.assertEqual((rows[0]["Snede"], rows[0]["Signalen"]), ("Totaal", "320"))
        self.assertEqual(rows[0]["Alle dreigingen: voorkomen"], "92")
        self.assertEqual({row["Snede"] for row in rows},
                         {"Totaal", "Maand", "Zone", "Team", "Partner", "Soort"})
        self.assertTrue(all(row["Periode van"] == str(FIRST_DAY) for row in rows))

    def test_twice_the_same_bytes(self):
        for form in ("json", "csv", "ddas"):
            self.assertEqual(self.report(form), self.report(form))

    @unittest.skipUnless(SCHEMA.exists(), f"no DDAS schema at {SCHEMA}: set VROEGSEIN_SHARED")
    def test_the_exchange_file_is_valid(self):
        document = json.loads(self.report("ddas"))
        self.assertEqual(errors_of(document), [])
        (delivery,) = document["leveringen"]
        ids = [signal["ID"] for signal in delivery["vroegsignalen"]]
        self.assertEqual(len(set(ids)), 320)
        named = [signal["ID"] for case in delivery["vroegsignaalzaken"]
                 for signal in case["vroegsignalen"]]
        self.assertEqual(len(named), len(set(named)), "a signal is in one case at most")
        self.assertLessEqual(set(named), set(ids))
        self.assertEqual(len(delivery["vroegsignaalzaken"]),
                         self.figures()["totaal"]["zaken"]["aantal"])

    @unittest.skipUnless(SCHEMA.exists(), f"no DDAS schema at {SCHEMA}: set VROEGSEIN_SHARED")
    def test_a_part_of_the_period_refers_to_nothing_outside_it(self):
        for days in (30, 60, 90):
            document = json.loads(self.report("ddas", FIRST_DAY,
                                              LAST_DAY - datetime.timedelta(days=days)))
            self.assertEqual(errors_of(document), [])
            delivery = document["leveringen"][0]
            ids = {signal["ID"] for signal in delivery["vroegsignalen"]}
            self.assertGreater(len(ids), 0)
            for case in delivery["vroegsignaalzaken"]:
                self.assertLessEqual({signal["ID"] for signal in case["vroegsignalen"]}, ids)

    def test_nobody_is_named(self):
        names = set()
        for path in (TOP / "deploy" / "demo" / "leveringen").glob("*.csv"):
            with path.open(encoding="utf-8") as file:
                for row in csv.DictReader(file, delimiter=";"):
                    names |= {row["client.achternaam"], row["client.straatnaam"],
                              row["client.telefoonnummer"], row["client.email"]}
        names = {name for name in names if len(name) > 3}
        self.assertGreater(len(names), 100)
        for form in ("json", "csv", "ddas"):
            text = self.report(form)
            self.assertEqual([name for name in names if f'"{name}"' in text or f";{name};" in text],
                             [])

    def test_wrong_use_is_2(self):
        period = ("--from", "2026-01-01", "--to", "2026-12-31")
        for wrong in (("--data", self.data, "--from", "2026-12-31", "--to", "2026-01-01"),
                      ("--data", self.data, "--from", "2026-02-30", "--to", "2026-12-31"),
                      ("--data", self.data, "--from", "2026-01-01"),
                      ("--data", self.data, *period, "--format", "xml"),
                      ("--data", self.data, *period, "--gemeente", "9999"),
                      ("--data", self.data, *period, "--now", "gisteren"),
                      ("--data", Path(self.folder.name) / "absent", *period)):
            with self.subTest(wrong=wrong):
                done = run("report", *wrong)
                self.assertEqual((done.returncode, done.stdout), (2, b""))
                self.assertNotEqual(done.stderr, b"")
        self.assertFalse((Path(self.folder.name) / "absent").exists())

    def test_a_folder_in_use_is_2(self):
        with (self.data / "in-gebruik").open("a", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = run("report", "--data", self.data, "--from", "2026-01-01", "--to", "2026-12-31")
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b"in use", done.stderr)

    def test_one_municipality_of_many(self):
        self.assertEqual(self.report("json", FIRST_DAY, LAST_DAY, "--gemeente", "0080"),
                         self.report("json"))


if __name__ == "__main__":
    unittest.main()
