"""The screen for others than who goes to the door, on a phone and in English: as web_suite.py, beside it."""

import json
import subprocess
import sys
import unittest
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from screen import BINARY, ScreenTest  # noqa: E402

ORIGIN = str(date.today() - timedelta(days=60))
SIGNALED = str(date.today() - timedelta(days=1))
# A name with two initials and no day of birth at two addresses: one who moved, or two? All invented.
DOUBTFUL = [("Feddema", "8911AD", "640", "8921AB", "647"), ("Okafor", "8911AD", "660", "8921AB", "667"),
            ("Zonderland", "8911AD", "680", "8921AB", "687"), ("Yilmazer", "8911AD", "700", "8921AB", "707")]


def doubtful_signals():
    for surname, *places in DOUBTFUL:
        for i in (0, 2):
            yield {"id": f"TWIJFEL-{surname}-{i}", "soort": "Water", "gemeentecode": "0080",
                   "signaaldatum": SIGNALED, "bedragCenten": 34512, "ontstaansdatum": ORIGIN,
                   "client": {"voorletters": "J.P.", "achternaam": surname, "postcode": places[i],
                              "huisnummer": places[i + 1], "plaatsnaam": "Leeuwarden",
                              "telefoonnummer": None if i else f"0612345{places[1]}"}}


class Others(ScreenTest):
    @classmethod
    def before_serving(cls, data):
        file = data.parent / "twijfel.json"
        file.write_text(json.dumps(list(doubtful_signals())), encoding="utf-8")
        subprocess.run([BINARY, "import", "--data", str(data), "--partner", "vitens", str(file)],
                       check=True, capture_output=True)

    def test_who_belongs_together(self):
        self.run_scenario("reviews")

    def test_the_morning_of_a_coordinator(self):
        self.run_scenario("coordinator")

    def test_a_phone(self):
        self.run_scenario("phone")

    def test_in_english(self):
        self.run_scenario("english")

    def test_who_sees_what(self):
        self.run_scenario("roles")


if __name__ == "__main__":
    unittest.main()
