"""What the two suites of the screen share: the built screen, a server with the demo and accounts, and how a
scenario is played in Debian's Chromium. The pages that it judges are written as pictures to
build/web-shots. The people in them are invented."""

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


class ScreenTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        build()
        cls.password = secrets.token_urlsafe(12)
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        data = Path(cls.folder.name) / "data"
        subprocess.run([BINARY, "demo", "--data", str(data), "--from", str(TOP / "deploy" / "demo")],
                       check=True, capture_output=True)
        for name, (role, team, display) in PEOPLE.items():
            cls.add_user(data, name, role, team, display)
        cls.before_serving(data)
        cls.server = Server(data, "--web", str(WEB), web=True)
        cls.addClassCleanup(cls.server.stop)

    @classmethod
    def before_serving(cls, data):
        """What a suite wants in the data folder besides the demo."""

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
