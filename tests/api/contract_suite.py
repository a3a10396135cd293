"""openapi.json: what the program does is in it and the other way round, and it keeps to the NLGov rules."""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from api_server import BINARY, TOP, ApiTest, Contract, load_contract  # noqa: E402

BUILD = Path(os.environ.get("VROEGSEIN_BUILD_DIR", TOP / "build" / "dev"))
SHARED = Path(os.environ.get("VROEGSEIN_SHARED", TOP.parent / "shared"))


def documented():
    for path, item in load_contract()["paths"].items():
        for method, operation in item.items():
            query = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
            yield (method.upper(), "/v1" + path, operation["operationId"],
                   bool(operation["security"]), ",".join(query) or "-")


def routed():
    said = subprocess.run([BINARY, "routes"], capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        method, path, operation, roles, query = line.split(" ")
        yield method, path, operation, roles != "-", query


class Document(ApiTest):
    def test_routes_and_document_say_the_same(self):
        self.assertEqual(sorted(routed()), sorted(documented()))

    def test_it_is_served_open_to_all(self):
        answer = self.call(None, "GET", "/v1/openapi.json", status=200)
        self.assertEqual(answer.json, load_contract())
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        self.assertEqual(answer.headers["API-Version"], load_contract()["info"]["version"])

    def test_the_judge_of_answers_judges(self):
        class Wrong:
            status = 200
            headers = {"API-Version": "1.0.0", "Content-Type": "application/json"}
            json = {"taken": [{"zaakId": 1}], "_links": {"self": {"href": "/v1/taken"}}}
        self.assertIn("taken", Contract().check("GET", "/v1/taken", Wrong()))

    def test_headers_that_browsers_heed(self):
        answer = self.call("anneke", "GET", "/v1/taken", status=200)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("max-age=", answer.headers["Strict-Transport-Security"])
        self.assertNotIn("Access-Control-Allow-Origin", answer.headers)

    def test_paths_and_methods(self):
        for method, path, status in (
                ("GET", "/", 404), ("GET", "/v1", 404), ("GET", "/v1/taken/", 404),
                ("GET", "/v2/taken", 404), ("GET", "/v1/Taken", 404), ("DELETE", "/v1/taken", 405),
                ("PUT", "/v1/zaken/0080-1-1", 405), ("POST", "/v1/taken", 405),
                ("GET", "/v1/vroegsignalen", 405), ("OPTIONS", "/v1/taken", 405)):
            answer = self.server.request(method, path, key=self.keys["carel"])
            self.assertEqual(answer.status, status, f"{method} {path}")
            self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
            self.assertEqual("Allow" in answer.headers, status == 405)
            self.assertEqual(answer.json["status"], status)

    def test_head_is_get_without_a_body(self):
        answer = self.call("carel", "HEAD", "/v1/taken", status=200)
        self.assertEqual(answer.bytes, b"")
        self.assertEqual(self.call(None, "HEAD", "/v1/taken", status=401).bytes, b"")

    def test_ddas_values_are_those_of_the_exchange_model(self):
        model = SHARED / "ddas" / "uitwisselmodel-1.2.schema.json"
        if not model.is_file():
            self.skipTest("the DDAS exchange model is not there: set VROEGSEIN_SHARED")
        text = json.loads(model.read_text(encoding="utf-8"))
        enums = [set(found) for found in all_enums(text)]
        schemas = load_contract()["components"]["schemas"]
        for schema, field in (("NieuweContactpoging", "soort"), ("NieuwEindresultaat", "eindresultaat"),
                              ("Vroegsignaal", "soort"), ("Zaaksignaal", "ddasStatus")):
            self.assertIn(set(schemas[schema]["properties"][field]["enum"]), enums, field)


def all_enums(node):
    if isinstance(node, dict):
        if "enum" in node:
            yield node["enum"]
        for value in node.values():
            yield from all_enums(value)
    elif isinstance(node, list):
        for value in node:
            yield from all_enums(value)


class Rules(unittest.TestCase):
    def spectral(self):
        """The linter, installed once into the build folder."""
        folder = BUILD / "spectral"
        program = folder / "node_modules" / ".bin" / "spectral"
        if not program.exists():
            folder.mkdir(parents=True, exist_ok=True)
            installed = subprocess.run(
                ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund",
                 "--ignore-scripts", "@stoplight/spectral-cli@6"],
                capture_output=True, text=True, check=False, timeout=600)
            self.assertEqual(installed.returncode, 0, installed.stderr[-2000:])
        return program

    def test_the_nlgov_rules(self):
        rules = SHARED / "adr" / "ruleset.yaml"
        if not rules.is_file():
            self.skipTest("the NLGov ruleset is not there: set VROEGSEIN_SHARED")
        if not shutil.which("npm"):
            self.skipTest("npm is not there: see deploy/packages, group node")
        linted = subprocess.run(
            [self.spectral(), "lint", "--fail-severity", "warn", "-r", str(rules),
             str(TOP / "alerts" / "api" / "openapi.json")],
            capture_output=True, text=True, check=False, timeout=300)
        self.assertEqual(linted.returncode, 0, linted.stdout + linted.stderr)

    def test_every_schema_is_used(self):
        text = json.dumps(load_contract())
        used = set(re.findall(r"#/components/schemas/(\w+)", text))
        self.assertEqual(set(load_contract()["components"]["schemas"]) - used, set())


if __name__ == "__main__":
    unittest.main(verbosity=2)
