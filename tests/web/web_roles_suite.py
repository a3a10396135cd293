"""The screen for others than who goes to the door, on a phone and in English: as web_suite.py, beside it."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from screen import ScreenTest  # noqa: E402


class Others(ScreenTest):
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
