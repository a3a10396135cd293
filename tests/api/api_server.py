"""The real program serving on free loopback ports, and a client that checks what it answers.

Every answer is checked against openapi.json: its path, method, status, headers and schema.
"""

import http.client
import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import unittest
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jsonschema import Draft4Validator, FormatChecker

TOP = Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("VROEGSEIN_BINARY", str(TOP / "build" / "dev" / "vroegsein"))
STOP_SECONDS = 60
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def from_today(days):
    """The day so many from now, where the desk is."""
    return str((datetime.now(AMSTERDAM) + timedelta(days=days)).date())


TODAY, YESTERDAY, TOMORROW = from_today(0), from_today(-1), from_today(2)


def load_contract():
    return json.loads((TOP / "alerts" / "api" / "openapi.json").read_text(encoding="utf-8"))


def to_json_schema(node):
    """OpenAPI 3.0 says `nullable`; JSON Schema says that null is a type."""
    if isinstance(node, list):
        return [to_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: to_json_schema(value) for key, value in node.items()}
    if made.pop("nullable", False) and isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
    return made


class Contract:
    """openapi.json as a judge of answers."""

    def __init__(self):
        self.document = to_json_schema(load_contract())
        self.paths = {re.compile("/v1" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"): (path, item)
                      for path, item in self.document["paths"].items()}

    def resolve(self, node):
        while "$ref" in node:
            place = self.document
            for step in node["$ref"].lstrip("#/").split("/"):
                place = place[step]
            node = place
        return node

    def check(self, method, target, answer):
        """Why this answer is not what the document promises; None when it is."""
        path = urlsplit(target).path
        item = next((known for pattern, known in self.paths.items() if pattern.match(path)), None)
        if item is None or method.lower() not in item[1]:
            return None if answer.status in (404, 405) else f"{method} {path} is not in the document"
        where = f"{method} {item[0]} {answer.status}"
        promised = item[1][method.lower()]["responses"].get(str(answer.status))
        if promised is None:
            return f"{where}: this status is not in the document"
        promised = self.resolve(promised)
        missing = [name for name in promised["headers"] if name not in answer.headers]
        if missing:
            return f"{where}: lacks the headers {missing}"
        if "content" not in promised:
            return f"{where}: a body where none is promised" if answer.bytes else None
        media = answer.headers.get("Content-Type", "").split(";")[0]
        if media not in promised["content"]:
            return f"{where}: {media} is not in the document"
        if not media.endswith("json"):
            return None
        schema = dict(promised["content"][media]["schema"], components=self.document["components"])
        validator = Draft4Validator(schema, format_checker=FormatChecker())
        if "$ref" in schema:
            validator = Draft4Validator({"allOf": [{"$ref": schema["$ref"]}],
                                         "components": self.document["components"]},
                                        format_checker=FormatChecker())
        errors = list(validator.iter_errors(answer.json))
        return f"{where}: {list(errors[0].path)}: {errors[0].message}" if errors else None


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.bytes = response.read()

    @property
    def json(self):
        return json.loads(self.bytes)

    @property
    def text(self):
        return self.bytes.decode("utf-8")


class Server:
    """One `vroegsein serve`; keeps all that it says on stderr."""

    def __init__(self, data, *arguments, web=False, listen="127.0.0.1:0", **more):
        self.data = Path(data)
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", str(data), "--listen", listen, "--manage",
             "127.0.0.1:0", *([] if web else ["--no-web"]), *arguments], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL, **more)
        self.said = []
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()
        self.public = self.address("luistert op")
        self.management = self.address("beheer op")

    def listen(self):
        for line in self.process.stderr:
            self.said.append(line)

    def address(self, words):
        line = self.process.stdout.readline()
        match = re.match(rf"{words} http://(\S+):(\d+)$", line)
        if not match:
            self.process.kill()
            self.process.wait()
            self.listener.join()
            raise AssertionError(f"expected '{words}', got {line!r}; {''.join(self.said)}")
        return match.group(1), int(match.group(2))

    def key(self, name):
        return (self.data / "sleutels" / name).read_text(encoding="utf-8").strip()

    def request(self, method, target, body=None, key=None, headers=None, management=False):
        host, port = self.management if management else self.public
        connection = http.client.HTTPConnection(host, port, timeout=60)
        sent = dict(headers or {})
        if key:
            sent["Authorization"] = f"Bearer {key}"
        try:
            connection.request(method, target, body=body, headers=sent)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def stop(self, how=signal.SIGTERM):
        """The exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        self.listener.join()
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.returncode


USERS = (("anneke", "wijkteamlid", "centrum", "0080"), ("bea", "wijkteamlid", "noord", "0080"),
         ("carel", "coordinator", "", "0080"), ("dirk", "manager", "", "0080"),
         ("els", "privacy-officer", "", "0080"), ("fred", "beheerder", "", "0080"),
         ("hans", "wijkteamlid", "drachten", "0090"), ("greet", "beheerder", "", '0080", "0090'))


def make_key():
    """A fresh key and its hash, as `vroegsein key` prints them."""
    said = subprocess.run([BINARY, "key"], capture_output=True, text=True, check=True).stdout
    return tuple(re.search(rf"{word}:\s*(\S+)", said).group(1) for word in ("sleutel", "hash"))


def write_configuration(folder, *settings):
    """Two municipalities, two partners, a user of each role; returns the file and the keys."""
    folder = Path(folder)
    (folder / "gebieden.csv").write_text(
        "gemeentecode;postcode_van;postcode_tot;zone;team\n0080;8911;8911;Binnenstad;centrum\n"
        "0080;8915;8916;Bloemenbuurt;noord\n0090;9201;9207;Drachten;drachten\n", encoding="utf-8")
    (folder / "teams.csv").write_text(
        "gemeentecode;team;naam;capaciteit;specialismen;vangnet;medewerkers\n"
        "0080;centrum;Centrum;300;schuldhulp;ja;anneke:Anneke|gerrit:Gerrit\n"
        "0080;noord;Noord;300;schuldhulp;nee;bea:Bea\n"
        "0090;drachten;Drachten;300;schuldhulp;ja;hans:Hans\n", encoding="utf-8")
    policy = TOP / "rules" / "policies" / "financieel-fit.dmn"
    lines, keys = [*settings, "gemeenten:"], {}
    for code in ("0080", "0090"):
        lines += [f'  - code: "{code}"', "    gebieden: gebieden.csv", "    teams: teams.csv",
                  f"    beleid: {policy}"]
    lines.append("partners:")
    for partner, sector, where in (("vitens", "Water", '"0080", "0090"'),
                                   ("essent", "Energie", '"0080"')):
        keys[partner], digest = make_key()
        lines += [f"  - id: {partner}", f"    soorten: [{sector}]", f"    gemeenten: [{where}]",
                  f'    sleutels: ["{digest}"]']
    lines.append("gebruikers:")
    for name, role, team, where in USERS:
        keys[name], digest = make_key()
        lines += [f"  - naam: {name}", f"    rol: {role}", f'    gemeenten: ["{where}"]',
                  f'    sleutels: ["{digest}"]', *([f"    team: {team}"] if team else [])]
    (folder / "vroegsein.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(folder / "vroegsein.yaml"), keys


def a_signal(number, **changes):
    """A signal that is right, unless a test changes it."""
    made = {"id": f"WS-{number}", "soort": "Water", "gemeentecode": "0080",
            "signaaldatum": YESTERDAY, "bedragCenten": 34512,
            "ontstaansdatum": from_today(-90), "klantnummer": f"K{number}"}
    client = {"voorletters": "J.", "achternaam": "Proefpersoon", "postcode": "8911AD",
              "huisnummer": str((number - 1) % 99_999 + 1), **changes.pop("client", {})}
    return {**made, **changes, "client": client}


class ApiTest(unittest.TestCase):
    """A server per test class, with the configuration above."""

    settings = ()

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.config, cls.keys = write_configuration(cls.folder, *cls.settings)
        cls.server = Server(cls.folder / "data", "--config", cls.config)
        cls.addClassCleanup(cls.server.stop)
        cls.contract = Contract()

    def call(self, who, method, target, body=None, status=None, **more):
        """A request of somebody (None: nobody); the answer keeps to the document."""
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        answer = self.server.request(method, target, body, self.keys[who] if who else None, **more)
        self.assertIn("API-Version", answer.headers, target)
        if status is not None:
            self.assertEqual(answer.status, status, answer.bytes[:2000])
        if method != "HEAD":
            self.assertIsNone(self.contract.check(method, target, answer), answer.bytes[:2000])
        return answer

    def deliver(self, *signals, who="vitens", status=201):
        return self.call(who, "POST", "/v1/vroegsignalen", list(signals), status).json

    def a_case(self, number, **changes):
        """The case of a new signal."""
        receipt = self.deliver(a_signal(number, **changes))["ontvangstbevestigingen"][0]
        self.assertEqual(receipt["status"], "aanvaard", receipt)
        self.assertIsNotNone(receipt["zaakId"], receipt)
        return receipt["zaakId"]
