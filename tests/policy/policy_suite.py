"""The life of a policy from outside: on the command line, over HTTP, and through a restart."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "api"))
from api_server import BINARY, TOP, TODAY, ApiTest, Server, a_signal  # noqa: E402

MODEL = (TOP / "rules/policies/financieel-fit.dmn").read_text(encoding="utf-8")
TESTS = (TOP / "rules/policies/financieel-fit.test.xml").read_text(encoding="utf-8")
# Another threshold, and the tests that go with it: those just above it are below it now.
OTHER_MODEL = MODEL.replace("<text>&gt;= 50</text>", "<text>&gt;= 44</text>").replace(
    "<text>[20..50)</text>", "<text>[20..44)</text>")
LATER = str(date.today() + timedelta(days=40))


def other_tests():
    """The tests without the cases that the other version answers otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.dmn"
        file.write_text(OTHER_MODEL, encoding="utf-8")
        file.with_suffix(".test.xml").write_text(TESTS, encoding="utf-8")
        said = subprocess.run([BINARY, "policy", "test", file], capture_output=True, text=True,
                              check=False).stdout
    tests = TESTS
    for case in re.findall(r"case (\S+):", said):
        tests = re.sub(rf'  <testCase id="{case}">.*?</testCase>\n', "", tests, flags=re.S)
    assert tests != TESTS
    return tests


OTHER_TESTS = other_tests()


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.data = self.folder / "data"
        self.new = self.write("nieuw.dmn", OTHER_MODEL)
        self.write("nieuw.test.xml", OTHER_TESTS)
        self.run_it("demo", "--data", self.data, "--from", TOP / "deploy/demo")

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder / name

    def run_it(self, *words, expect=0):
        done = subprocess.run([BINARY, *map(str, words)], capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, expect, f"{words}\n{done.stdout}\n{done.stderr}")
        return done.stdout if expect == 0 else done.stdout + done.stderr

    def policy(self, verb, *words, expect=0):
        return self.run_it("policy", *verb.split(), "--data", self.data, *words, expect=expect)

    def versions(self):
        said = self.policy("list", "--format", "json")
        return [(v["stand"], v.get("ingangsdatum")) for v in map(json.loads, said.splitlines())]

    def test_only_with_tests_that_pass(self):
        self.assertIn(" 0 failed", self.run_it("policy", "test", self.new))
        lonely = self.write("alleen.dmn", OTHER_MODEL)
        self.assertIn("beleid-zonder-tests", self.policy("activate", lonely, expect=1))
        wrong = self.write("fout.test.xml", TESTS)
        said = self.policy("activate", "--tests", wrong, self.new, expect=1)
        self.assertIn("beleid-test-mislukt", said)
        broken = self.write("kapot.dmn", OTHER_MODEL.replace("</definitions>", ""))
        self.assertIn("beleid-ongeldig", self.policy("activate", broken, expect=1))
        renamed = self.write("anders.dmn", OTHER_MODEL.replace('name="Aanpak"', 'name="Werkwijze"'))
        said = self.policy("activate", "--tests", self.folder / "nieuw.test.xml", renamed, expect=1)
        self.assertIn("lacks the decision Aanpak", said)
        self.assertEqual(self.versions(), [("in-werking", "altijd")])

    def test_planned_undone_and_planned_again(self):
        self.policy("activate", "--from", LATER, self.new)
        self.assertEqual(self.versions(), [("in-werking", "altijd"), ("gepland", LATER)])
        self.assertIn("beleid-al-in-werking",
                      self.policy("activate", "--from", LATER, self.new, expect=1))
        self.assertIn("beleid-datum-verleden",
                      self.policy("activate", "--from", "2020-01-01", self.new, expect=1))
        self.policy("withdraw", "--from", LATER)
        self.assertIn("beleid-onbekend", self.policy("withdraw", "--from", LATER, expect=1))
        self.policy("activate", "--from", LATER, self.new)
        self.assertEqual([stand for stand, _ in self.versions()],
                         ["in-werking", "ingetrokken", "gepland"])
        found = self.policy("list", "--format", "json").splitlines()
        hashed = json.loads(found[-1])["hash"]
        self.assertEqual(self.policy("show", hashed[:8]), OTHER_MODEL)
        self.assertEqual(self.policy("show", "--tests", hashed), OTHER_TESTS)
        self.run_it("verify", "--data", self.data)

    def test_wrong_use(self):
        self.policy("activate", "--from", "morgen", self.new, expect=2)
        self.policy("activate", self.folder / "weg.dmn", expect=2)
        self.policy("activate", "--gemeente", "9999", self.new, expect=2)
        self.policy("show", "ab", expect=2)
        self.policy("show", "abcdef", expect=2)
        self.policy("backtest", self.folder / "weg.dmn", expect=2)
        self.run_it("policy", "list", "--data", self.folder / "leeg", expect=2)
        self.run_it("policy", expect=2)

    def test_with_a_server_it_says_so(self):
        server = Server(self.data)
        self.addCleanup(server.stop)
        for verb, words in (("activate", [self.new]), ("withdraw", ["--from", TODAY]), ("list", []),
                            ("show", ["abcd"]), ("backtest", [self.new]), ("shadow stop", []),
                            ("shadow start", [self.new]), ("shadow differences", [])):
            self.policy(verb, *words, expect=2)

    def test_backtest(self):
        same = self.policy("backtest", "--format", "json", TOP / "rules/policies/financieel-fit.dmn")
        totals = json.loads(same)["samenvatting"]
        self.assertEqual((totals["verschuiven"], totals["anders"]), (0, 0))
        *rows, last = map(json.loads, self.policy("backtest", "--format", "json",
                                                  self.new).splitlines())
        self.assertEqual(len(rows), last["samenvatting"]["verschuiven"])
        self.assertGreater(len(rows), 0)
        for row in rows:
            self.assertEqual(row["prioriteit"], {"nu": "normaal", "straks": "hoog"})
            self.assertNotEqual(row["redenen"]["nu"], row["redenen"]["straks"])
        csv = self.policy("backtest", "--format", "csv", self.new).splitlines()
        self.assertEqual(len(csv), 1 + len(rows))
        text = self.policy("backtest", "--list", "1", self.new)
        self.assertEqual(text.count("\nzaak "), 1)
        cases = self.run_it("cases", "--data", self.data).splitlines()
        self.assertEqual(last["samenvatting"]["zaken"], len(cases))
        addresses = {case["adres"]["postcode"] for case in map(json.loads, cases)}
        said = self.policy("backtest", "--all", "--format", "json", self.new)
        self.assertFalse([postcode for postcode in addresses if postcode in said])
        broken = self.write("kapot.dmn", "<x/>")
        self.policy("backtest", broken, expect=1)

    def test_shadow(self):
        self.policy("shadow differences", expect=2)
        self.policy("shadow start", self.new)
        self.assertEqual(self.versions()[-1], ("schaduw", None))
        said = json.loads(self.policy("shadow differences", "--format", "json"))
        self.assertEqual(said["samenvatting"]["zaken"], 0)
        self.policy("shadow stop")
        self.policy("shadow stop", expect=1)
        self.run_it("verify", "--data", self.data)


class Api(ApiTest):
    def version(self, **changes):
        return {"gemeentecode": "0080", "ingangsdatum": LATER, "model": OTHER_MODEL,
                "tests": OTHER_TESTS, **changes}

    def codes(self, who="fred", path="/v1/beleid", **changes):
        problem = self.call(who, "POST", path, self.version(**changes), status=400).json
        return {error["code"] for error in problem["fouten"]}

    def test_activate_and_withdraw(self):
        made = self.call("fred", "POST", "/v1/beleid", self.version(), status=201)
        version = made.json
        self.assertEqual((version["stand"], version["geactiveerdDoor"]), ("gepland", "fred"))
        self.assertEqual(made.headers["Location"], version["_links"]["dmn"]["href"])
        for name, text in (("dmn", OTHER_MODEL), ("tests", OTHER_TESTS)):
            link = version["_links"][name]["href"]
            self.assertEqual(self.call("els", "GET", link, status=200).text, text)
        again = self.call("fred", "POST", "/v1/beleid", self.version(), status=409).json
        self.assertIn("beleid-al-in-werking", again["type"])
        target = f"/v1/beleid/{version['hash']}/intrekken"
        day = {"gemeentecode": "0080", "ingangsdatum": LATER}
        self.call("fred", "POST", target.replace(version["hash"], "abcd"), day, status=404)
        known = self.call("fred", "POST", target, day, status=200).json
        self.assertEqual(known["gemeenten"][0]["versies"][-1]["stand"], "ingetrokken")
        self.call("fred", "POST", target, day, status=404)

    def test_every_reason_is_said(self):
        self.assertEqual(self.codes(tests=TESTS), {"beleid-test-mislukt"})
        self.assertEqual(self.codes(tests="<testCases/>"), {"beleid-zonder-tests"})
        self.assertEqual(self.codes(model="geen model"), {"beleid-ongeldig"})
        self.assertEqual(self.codes(ingangsdatum="2020-01-01"), {"beleid-datum-verleden"})
        self.assertEqual(self.codes(ingangsdatum="morgen"), {"datum-ongeldig"})
        self.call("fred", "POST", "/v1/beleid", {"gemeentecode": "0080"}, status=400)
        self.call("fred", "POST", "/v1/beleid", self.version(gemeentecode="0090"), status=403)
        self.call("dirk", "POST", "/v1/beleid", self.version(), status=403)

    def test_shadow(self):
        start = self.version()
        del start["ingangsdatum"]
        stop = {"gemeentecode": "0080"}
        differences = "/v1/schaduwbeleid/verschillen?gemeentecode=0080"
        self.call("dirk", "GET", differences, status=404)
        self.call("fred", "POST", "/v1/schaduwbeleid/stoppen", stop, status=404)
        known = self.call("fred", "POST", "/v1/schaduwbeleid", start, status=200).json
        self.assertEqual(known["gemeenten"][0]["schaduw"]["gestartDoor"], "fred")
        same = self.a_case(700)
        # EUR 2,500 and 90 days: a score of 45, high for the shadow alone.
        moved = [self.a_case(710 + i, bedragCenten=cents, client={"huisnummer": str(710 + i)})
                 for i, cents in enumerate((60_000, 120_000, 260_000, 600_000))]
        found = self.call("dirk", "GET", differences, status=200).json
        self.assertEqual(found["samenvatting"]["zaken"], 5)
        listed = {case["zaakId"]: case for case in found["zaken"]}
        self.assertLessEqual(set(listed), {same, *moved})
        metrics = self.server.request("GET", "/metrics", management=True).text
        counted = dict(re.findall(r'shadow_decisions_total\{besluit="zaak",gemeente="0080",'
                                  r'uitkomst="(\w+)"\} (\d+)', metrics))
        self.assertEqual(sum(map(int, counted.values())), 5)
        self.assertEqual(int(counted.get("anders", 0)), len(listed))
        one = self.call("dirk", "GET", differences + "&aantal=1", status=200).json
        self.assertEqual(len(one["zaken"]), min(1, len(listed)))
        self.call("dirk", "GET", "/v1/schaduwbeleid/verschillen", status=400)
        self.call("dirk", "GET", differences.replace("0080", "0090"), status=403)
        self.call("fred", "POST", "/v1/schaduwbeleid/stoppen", stop, status=200)

    def test_what_was_activated_stays_after_a_restart(self):
        body = self.version(ingangsdatum=TODAY)
        hashed = self.call("fred", "POST", "/v1/beleid", body, status=201).json["hash"]
        self.server.stop()
        type(self).server = Server(self.folder / "data", "--config", self.config)
        self.addClassCleanup(self.server.stop)
        versions = self.call("fred", "GET", "/v1/beleid", status=200).json["gemeenten"][0]["versies"]
        self.assertEqual([v["hash"] for v in versions if v["inWerking"]], [hashed])
        undo = {"gemeentecode": "0080", "ingangsdatum": TODAY}
        self.call("fred", "POST", f"/v1/beleid/{hashed}/intrekken", undo, status=200)


if __name__ == "__main__":
    unittest.main(verbosity=2)
