"""The demo from outside: what it says, that it is the same on any day, and that it loads once."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("VROEGSEIN_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
BINARY = os.environ.get("VROEGSEIN_BINARY", str(ROOT / "build/dev/vroegsein"))


def run(*arguments, expect=0):
    done = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    assert done.returncode == expect, f"exit {done.returncode}: {done.stderr}"
    return done.stdout


class Demo(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.data = pathlib.Path(self.folder.name) / "data"

    def tearDown(self):
        self.folder.cleanup()

    def load(self, now):
        return run("demo", "--data", self.data, "--from", ROOT / "deploy/demo", "--now", now)

    def test_counts_what_was_prevented_on_any_day(self):
        # An ordinary day, a leap day, New Year's Eve, the days on which the clock changes.
        for now in ("2026-11-22T12:00:00Z", "2028-02-29T12:00:00Z", "2026-12-31T23:30:00Z",
                    "2026-03-29T10:00:00Z", "2026-10-25T10:00:00Z"):
            with self.subTest(now=now):
                self.tearDown()
                self.setUp()
                said = self.load(now)
                self.assertRegex(said, r"320 signalen")
                self.assertRegex(said, r"258 zaken")
                self.assertRegex(said, r"92 zaken waarin .* is voorkomen")
                self.assertIn("toestand", run("verify", "--data", self.data))

    def test_the_last_signal_is_of_yesterday_and_teams_have_work(self):
        self.load("2026-11-22T12:00:00Z")
        cases = [json.loads(line) for line in run("cases", "--data", self.data).splitlines()]
        self.assertEqual(len(cases), 258)
        self.assertEqual(len({case["team"] for case in cases}), 8)
        still_open = [case for case in cases if case["status"] == "open"]
        self.assertEqual(len(still_open), 49)
        self.assertTrue(any(case["deadline"] < "2026-11-22" for case in still_open))
        self.assertTrue(any(case["deadline"] > "2026-11-22" for case in still_open))

    def test_loads_once(self):
        self.load("2026-11-22T12:00:00Z")
        before = run("verify", "--data", self.data)
        self.assertIn("niets bij geladen", self.load("2026-11-23T12:00:00Z"))
        self.assertEqual(before, run("verify", "--data", self.data))


class Documentation(unittest.TestCase):
    def test_the_table_of_settings_is_the_programs(self):
        text = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
        table = re.search(r"<!-- settings.*?-->\n(.*?)<!-- /settings -->", text, re.S).group(1)
        self.assertEqual(table, run("settings"))

    def test_every_verb_has_help(self):
        for verb in ("serve", "import", "cases", "report", "simulate", "dmn", "verify",
                     "demo", "settings", "key"):
            with self.subTest(verb=verb):
                self.assertIn(verb, run(verb, "--help"))

    def test_wrong_use_is_exit_2(self):
        run(expect=2)
        run("import", expect=2)
        run("cases", "--data", "/nonexistent-folder", expect=2)
        run("verbs", expect=2)


class Configuration(unittest.TestCase):
    def test_every_problem_of_a_file_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "vroegsein.yaml"
            file.write_text("gemeenten:\n  - code: 80\n    gebieden: a.csv\n    teams: b.csv\n"
                            "    beleid: c.dmn\ntypfout: 1\nlogboek-dagen: nul\n", encoding="utf-8")
            done = subprocess.run([BINARY, "settings", "--check", str(file)], capture_output=True,
                                  text=True, timeout=30)
            self.assertEqual(done.returncode, 1)
            for key in ("code", "gebieden", "beleid", "typfout", "logboek-dagen"):
                self.assertIn(key, done.stderr)

    def test_one_file_named_for_two_tables(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name, source in (("gebieden.csv", "deploy/demo/gebieden.csv"),
                                 ("beleid.dmn", "rules/policies/financieel-fit.dmn")):
                text = (ROOT / source).read_text(encoding="utf-8")
                (folder / name).write_text(text, encoding="utf-8")
            file = folder / "vroegsein.yaml"
            file.write_text("gemeenten:\n  - code: \"0080\"\n    gebieden: gebieden.csv\n"
                            "    teams: gebieden.csv\n    beleid: beleid.dmn\n", encoding="utf-8")
            done = subprocess.run([BINARY, "settings", "--check", str(file)], capture_output=True,
                                  text=True, timeout=30)
            self.assertEqual(done.returncode, 1)
            self.assertIn("capaciteit;specialismen", done.stderr)

    def test_a_configuration_of_two_municipalities(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name in ("gebieden.csv", "teams.csv"):
                text = (ROOT / "deploy/demo" / name).read_text(encoding="utf-8")
                rows = text.splitlines()
                other = [row.replace("0080;", "0344;", 1) for row in rows[1:]]
                (folder / name).write_text("\n".join(rows + other) + "\n", encoding="utf-8")
            policy = (ROOT / "rules/policies/financieel-fit.dmn").read_text(encoding="utf-8")
            (folder / "beleid.dmn").write_text(policy, encoding="utf-8")
            part = "    gebieden: gebieden.csv\n    teams: teams.csv\n    beleid: beleid.dmn\n"
            (folder / "vroegsein.yaml").write_text(
                "gemeenten:\n  - code: \"0080\"\n" + part + "  - code: \"0344\"\n" + part +
                "partners:\n  - id: waterbedrijf\n    soorten: [Water]\n", encoding="utf-8")
            config = folder / "vroegsein.yaml"
            self.assertIn("in orde", run("settings", "--check", config))
            signal = {"id": "1", "soort": "Water", "gemeentecode": "0344",
                      "signaaldatum": "2026-11-20", "bedragCenten": 34512,
                      "ontstaansdatum": "2026-08-01",
                      "client": {"achternaam": "Voorbeeld", "postcode": "8911AD", "huisnummer": "1"}}
            (folder / "signaal.json").write_text(json.dumps(signal), encoding="utf-8")
            said = run("import", "--data", folder / "data", "--partner", "waterbedrijf", "--config",
                       config, "--now", "2026-11-21T10:00:00Z", folder / "signaal.json")
            self.assertEqual(json.loads(said)["zaakId"], "0344-1-1")
            signal["soort"] = "Energie"
            signal["id"] = "2"
            (folder / "signaal.json").write_text(json.dumps(signal), encoding="utf-8")
            said = run("import", "--data", folder / "data", "--partner", "waterbedrijf", "--config",
                       config, "--now", "2026-11-21T10:00:00Z", folder / "signaal.json", expect=1)
            self.assertEqual(json.loads(said)["status"], "afgewezen")


if __name__ == "__main__":
    unittest.main()
