"""The screen: its types and words, and in a real Chromium against the real server with the demo.

Every scenario is a file beside this one, run by node with playwright-core; the pages that it judges are
written as pictures to build/web-shots. The people in them are invented.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
sys.path.insert(0, str(TOP / "tests" / "api"))

from api_server import BINARY, Server  # noqa: E402

WEB = TOP / "build" / "web"
SHOTS = TOP / "build" / "web-shots"
TOOLS = TOP / "build" / "web-tools" / "node_modules"
BUILD_SECONDS = 600
SCENARIO_SECONDS = 240

# user name -> role, team; names as in deploy/demo/teams.csv, so that they have the demo's work.
PEOPLE = {
    "a.postma": ("wijkteamlid", "centrum", "Anneke Postma"),
    "h.bouma": ("wijkteamlid", "centrum", "Harmen Bouma"),
    "m.dijkstra": ("wijkteamlid", "west", "Marijke Dijkstra"),
    "g.veenstra": ("wijkteamlid", "noord", "Gerda Veenstra"),
    "s.jansma": ("wijkteamlid", "noord", "Sietse Jansma"),
    "b.smit": ("wijkteamlid", "noord", "Bea Smit"),
    "a.kooistra": ("wijkteamlid", "oost", "Akke Kooistra"),
    "j.zijlstra": ("wijkteamlid", "camminghaburen", "Janna Zijlstra"),
    "d.wagenaar": ("wijkteamlid", "huizum", "Doutzen Wagenaar"),
    "r.brouwer": ("wijkteamlid", "huizum", "Ruud Brouwer"),
    "s.algra": ("wijkteamlid", "dorpen", "Sjoukje Algra"),
    "k.coordinator": ("coordinator", None, "Klaas Coördinator"),
    "m.manager": ("manager", None, "Mieke Manager"),
    "p.officer": ("privacy-officer", None, "Paula Officer"),
    "b.beheer": ("beheerder", None, "Bas Beheer"),
}


def build(*arguments):
    """Fetches what npm brings and builds the screen; both only where something changed."""
    done = subprocess.run([str(TOP / "alerts" / "web" / "build"), *arguments], capture_output=True,
                          text=True, timeout=BUILD_SECONDS, check=False)
    if done.returncode != 0:
        raise AssertionError(f"alerts/web/build: {done.returncode}\n{done.stderr}")


class Words(unittest.TestCase):
    def test_days_words_filters_and_drafts(self):
        build("--tools")
        with tempfile.TemporaryDirectory() as folder:
            bundle = Path(folder) / "words_test.mjs"
            subprocess.run([str(TOOLS / ".bin" / "esbuild"), str(HERE / "words_test.ts"), "--bundle",
                            "--platform=node", "--format=esm", "--jsx=automatic",
                            "--log-level=warning", f"--outfile={bundle}",
                            "--banner:js=import { createRequire } from 'node:module';"
                            "const require = createRequire(import.meta.url);"], check=True)
            done = subprocess.run(["node", "--test", str(bundle)], capture_output=True, text=True,
                                  timeout=SCENARIO_SECONDS, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"(?m)^# pass [1-9]")


class Screen(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        build()
        shutil.rmtree(SHOTS, ignore_errors=True)
        cls.password = secrets.token_urlsafe(12)
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        data = Path(cls.folder.name) / "data"
        subprocess.run([BINARY, "demo", "--data", str(data), "--from", str(TOP / "deploy" / "demo")],
                       check=True, capture_output=True)
        for name, (role, team, display) in PEOPLE.items():
            cls.add_user(data, name, role, team, display)
        cls.server = Server(data, "--web", str(WEB), web=True)
        cls.addClassCleanup(cls.server.stop)

    @classmethod
    def add_user(cls, data, name, role, team, display):
        command = [BINARY, "users", "add", "--data", str(data), "--name", name, "--role", role,
                   "--municipality", "0080", "--display", display, "--password-stdin"]
        if team:
            command += ["--team", team]
        subprocess.run(command, check=True, capture_output=True, text=True,
                       input=cls.password + "\n")

    def run_scenario(self, name):
        host, port = self.server.public
        environment = dict(os.environ, WEB_BASE=f"http://{host}:{port}", WEB_PASSWORD=self.password,
                           WEB_SHOTS=str(SHOTS),
                           WEB_CHROMIUM=shutil.which("chromium") or "/usr/bin/chromium")
        done = subprocess.run(["node", str(HERE / f"{name}.mjs")], env=environment, text=True,
                              capture_output=True, timeout=SCENARIO_SECONDS, check=False)
        sys.stderr.write(done.stdout)
        self.assertEqual(done.returncode, 0, done.stderr[-4000:])

    def test_the_morning_of_a_worker(self):
        self.run_scenario("worker")

    def test_the_morning_of_a_coordinator(self):
        self.run_scenario("coordinator")

    def test_two_workers_at_once(self):
        self.run_scenario("two_workers")

    def test_nothing_typed_is_lost(self):
        self.run_scenario("expiry")

    def test_a_phone(self):
        self.run_scenario("phone")

    def test_without_a_mouse(self):
        self.run_scenario("keyboard")

    def test_in_english(self):
        self.run_scenario("english")

    def test_who_sees_what(self):
        self.run_scenario("roles")

    def test_the_first_page_is_light(self):
        self.run_scenario("weight")


if __name__ == "__main__":
    unittest.main()
