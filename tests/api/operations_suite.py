"""Running it: metrics, health, logs without a trace of a person, stopping, failing, keys of the demo."""

import json
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from api_server import BINARY, TODAY, TOP, ApiTest, Server, a_signal  # noqa: E402

BUILD = Path(os.environ.get("VROEGSEIN_BUILD_DIR", TOP / "build" / "dev"))
SECRETS = {"achternaam": "Zeldzaamnaamova", "voorletters": "Q.X.Z.", "telefoonnummer": "0612345678",
           "email": "zeldzaam@voorbeeld.nl", "burgerservicenummer": "123456782",
           "straatnaam": "Geheimesteeg", "plaatsnaam": "Nergenshuizen", "postcode": "8911ZX",
           "huisnummer": "4719", "geboortedatum": "1931-02-03"}
TRACES = [value for name, value in SECRETS.items()] + ["GEHEIM-ID-1", "KLANT-99881", "31612345678",
                                                       "zeldzaam@"]


def promtool():
    found = shutil.which("promtool")
    unpacked = list((BUILD.parent / "tools").rglob("promtool"))
    return found or (str(unpacked[0]) if unpacked else None)


class Traces(ApiTest):
    """Promise 9: no personal data in logs, metrics, URLs, error messages."""

    def test_nothing_of_a_person_is_left_behind(self):
        secret = a_signal(1, id="GEHEIM-ID-1", klantnummer="KLANT-99881", client=SECRETS)
        refusals = [self.deliver(secret)]
        for field in ("achternaam", "telefoonnummer", "email", "burgerservicenummer", "postcode"):
            broken = json.loads(json.dumps(secret))
            broken["id"] = "GEHEIM-ID-2-" + field
            broken["client"][field] = SECRETS["achternaam"] * 20
            refusals.append(self.deliver(broken))
        # A field's name is repeated to whoever sent it, and to nobody else.
        self.deliver({SECRETS["straatnaam"]: SECRETS["email"]})
        case = refusals[0]["ontvangstbevestigingen"][0]["zaakId"]
        problems = [
            self.call("anneke", "POST", f"/v1/zaken/{case}/regie",
                      {"regisseur": SECRETS["achternaam"]}, 400),
            self.call("anneke", "GET", "/v1/taken?zoek=" + SECRETS["achternaam"], status=400),
            self.call("anneke", "GET", "/v1/taken?status=" + SECRETS["achternaam"], status=400),
            self.call("anneke", "GET", "/v1/zaken/" + SECRETS["achternaam"], status=404),
            self.call("vitens", "POST", "/v1/vroegsignalen", SECRETS["achternaam"] + ";x\n1;2", 400)]
        self.server.request("GET", "/" + SECRETS["achternaam"], headers={
            "Authorization": "Bearer " + SECRETS["burgerservicenummer"],
            "User-Agent": SECRETS["email"], "Referer": "http://x/?" + SECRETS["achternaam"]})
        self.server.request("VREEMD" + SECRETS["plaatsnaam"].upper(), "/v1/taken")
        self.assertIn("Zeldzaamnaamova",
                      self.call("anneke", "GET", f"/v1/zaken/{case}", status=200).text)
        errors = json.dumps([one["fouten"] for said in refusals
                             for one in said["ontvangstbevestigingen"]])
        metrics = self.server.request("GET", "/metrics", management=True).text
        self.assertIn('vroegsein_signals_total{soort="Water",uitkomst="aanvaard"} 1', metrics)
        self.assertEqual(self.server.stop(), 0)
        log = "".join(self.server.said)
        self.assertIn('"route":"/v1/zaken/{zaakId}"', log)
        for name, text in (("log", log), ("metrics", metrics), ("errors", errors),
                           ("problems", "".join(problem.text for problem in problems))):
            for trace in TRACES + list(self.keys.values()) + ["127.0.0.1"]:
                self.assertNotIn(trace.lower(), text.lower(), f"{trace} in {name}")
        for line in log.splitlines():
            self.assertIn("gebeurtenis", json.loads(line))


class Operations(ApiTest):
    def test_metrics_are_well_formed(self):
        self.a_case(800)
        self.deliver(a_signal(801, bedragCenten=-1))
        answer = self.server.request("GET", "/metrics", management=True)
        self.assertEqual(answer.status, 200)
        for name in ("vroegsein_signals_total", "vroegsein_signal_errors_total",
                     "vroegsein_desk_commit_seconds_bucket", "vroegsein_desk_batches_total",
                     "vroegsein_log_waiting_events", "vroegsein_open_tasks", "vroegsein_overdue_tasks",
                     "vroegsein_policy_info", "vroegsein_http_requests_total"):
            self.assertIn(name + "{" if name != "vroegsein_log_waiting_events" else name,
                          answer.text.replace(name + " ", name + "{ "), name)
        program = promtool()
        if program is None:
            self.skipTest("promtool is not there: see deploy/packages, group unpack")
        checked = subprocess.run([program, "check", "metrics"], input=answer.text, text=True,
                                 capture_output=True, check=False)
        self.assertEqual((checked.returncode, checked.stdout + checked.stderr), (0, ""))

    def test_open_tasks_are_those_of_the_list(self):
        self.a_case(810, client={"postcode": "8915AA"})
        listed = self.call("bea", "GET", "/v1/taken?aantal=200", status=200).json["taken"]
        text = self.server.request("GET", "/metrics", management=True).text
        self.assertIn(f'vroegsein_open_tasks{{gemeente="0080",team="noord"}} {len(listed)}\n', text)

    def test_health(self):
        for path in ("/healthz", "/readyz"):
            self.assertEqual(self.server.request("GET", path, management=True).status, 200)
        self.assertEqual(self.server.request("GET", "/v1/taken", management=True).status, 404)
        self.assertEqual(self.server.request("POST", "/metrics", management=True).status, 405)
        self.assertEqual(self.server.request("GET", "/metrics").status, 404)


class Stopping(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name) / "data"

    def serve(self, **more):
        server = Server(self.data, **more)
        self.addCleanup(lambda: server.process.poll() is None and server.stop(signal.SIGKILL))
        return server

    def test_keys_of_the_demo(self):
        server = self.serve()
        keys = self.data / "sleutels"
        self.assertEqual(stat.S_IMODE(keys.stat().st_mode), 0o700)
        self.assertEqual({stat.S_IMODE(one.stat().st_mode) for one in keys.iterdir()}, {0o600})
        before = server.key("vitens")
        self.assertEqual(server.request("POST", "/v1/vroegsignalen", json.dumps(a_signal(1)),
                                        before).status, 201)
        self.assertEqual(server.stop(), 0)
        self.assertNotIn(before, "".join(server.said))
        server = self.serve()
        self.assertEqual(server.key("vitens"), before)
        said = server.request("POST", "/v1/vroegsignalen", json.dumps(a_signal(1)), before).json
        self.assertEqual(said["dubbel"], 1)
        self.assertEqual(server.stop(signal.SIGINT), 0)

    def test_a_request_that_has_begun_is_answered(self):
        server = self.serve()
        body = json.dumps([a_signal(n) for n in range(1, 501)]).encode()
        head = (f"POST /v1/vroegsignalen HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
                f"Authorization: Bearer {server.key('vitens')}\r\n\r\n").encode()
        with socket.create_connection(server.public, timeout=30) as link:
            link.sendall(head + body[:1000])
            # Answered over another connection: the server has seen ours by then.
            self.assertEqual(server.request("GET", "/v1/openapi.json").status, 200)
            server.process.send_signal(signal.SIGTERM)
            self.wait_until_refused(server.public)
            self.assertEqual(server.request("GET", "/readyz", management=True).status, 503)
            self.assertEqual(server.request("GET", "/healthz", management=True).status, 200)
            link.sendall(body[1000:])
            got = b""
            while more := link.recv(65536):
                got += more
        self.assertTrue(got.startswith(b"HTTP/1.1 201"), got[:200])
        self.assertIn(b'"aanvaard":500', got)
        self.assertEqual(server.stop(), 0)
        server = self.serve()
        again = server.request("POST", "/v1/vroegsignalen", body, server.key("vitens")).json
        self.assertEqual(again["dubbel"], 500)
        self.assertEqual(server.stop(), 0)

    def wait_until_refused(self, address):
        for _ in range(10_000):
            try:
                socket.create_connection(address, timeout=10).close()
            except ConnectionResetError:
                continue  # it came just when the port was closed
            except ConnectionRefusedError:
                return
        self.fail("it goes on accepting")

    def test_killed_without_warning_keeps_what_has_a_receipt(self):
        server = self.serve()
        taken = []

        def send():
            for n in range(1, 10_000):
                try:
                    answer = server.request("POST", "/v1/vroegsignalen", json.dumps(a_signal(n)), key)
                except OSError:
                    return
                if answer.status != 201:
                    return
                taken.append(n)
                if len(taken) == 50:
                    server.process.kill()

        key = server.key("vitens")
        sender = threading.Thread(target=send)
        sender.start()
        sender.join()
        server.stop(signal.SIGKILL)
        server = self.serve()
        body = json.dumps([a_signal(n) for n in taken])
        again = server.request("POST", "/v1/vroegsignalen", body, key).json
        self.assertEqual((again["dubbel"], again["aanvaard"]), (len(taken), 0))
        self.assertGreaterEqual(len(taken), 50)
        self.assertEqual(server.stop(), 0)

    def test_a_disk_that_is_full(self):
        """No file may grow beyond 1 MB: the desk fails, says why, answers 503, exits 1."""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        server = self.serve(preexec_fn=limit, restore_signals=False)
        key, statuses, accepted = server.key("vitens"), [], []
        for batch in range(100):
            numbers = range(batch * 200 + 1, batch * 200 + 201)
            try:
                answer = server.request("POST", "/v1/vroegsignalen",
                                        json.dumps([a_signal(n) for n in numbers]), key)
            except OSError:
                break
            statuses.append(answer.status)
            if answer.status != 201:
                break
            accepted += numbers
        server.process.wait(60)
        self.assertEqual(server.stop(), 1)
        self.assertIn('"gebeurtenis":"balie-gestopt"', "".join(server.said))
        self.assertIn(statuses[-1], (201, 503))
        server = self.serve()
        again = server.request("POST", "/v1/vroegsignalen",
                               json.dumps([a_signal(n) for n in accepted]), key).json
        self.assertEqual((again["dubbel"], again["aanvaard"]), (len(accepted), 0))
        self.assertEqual(server.stop(), 0)

    def run_serve(self, *arguments):
        return subprocess.run([BINARY, "serve", *arguments], capture_output=True, text=True,
                              check=False, timeout=60)

    def test_ports_and_folders_that_are_taken(self):
        server = self.serve()
        host, port = server.public
        other = str(self.data) + "-2"
        taken = self.run_serve("--data", other, "--listen", f"{host}:{port}", "--manage",
                               "127.0.0.1:0")
        self.assertEqual(taken.returncode, 1)
        self.assertIn(str(port), taken.stderr)
        second = self.run_serve("--data", str(self.data), "--listen", "127.0.0.1:0", "--manage",
                                "127.0.0.1:0")
        self.assertEqual(second.returncode, 2)
        for wrong in ("127.0.0.1", "x", "127.0.0.1:99999", ":0", "127.0.0.1:"):
            said = self.run_serve("--data", other, "--listen", wrong, "--manage", "127.0.0.1:0")
            self.assertEqual(said.returncode, 2, wrong)
        self.assertEqual(self.run_serve().returncode, 2)
        self.assertEqual(self.run_serve("--data", other, "--config", "/nergens.yaml").returncode, 2)
        self.assertEqual(server.stop(), 0)

    def test_the_api_and_the_command_line_show_the_same_case(self):
        server = self.serve()
        said = server.request("POST", "/v1/vroegsignalen", json.dumps([
            a_signal(1), a_signal(2, dreiging="afsluiting-water"), a_signal(1, id="WS-1b", klantnummer="K1b")]),
            server.key("vitens")).json
        cases = {one["zaakId"] for one in said["ontvangstbevestigingen"]}
        shown = {case: server.request("GET", f"/v1/zaken/{case}",
                                      key=server.key("coordinator")).json for case in cases}
        self.assertEqual(server.stop(), 0)
        listed = subprocess.run([BINARY, "cases", "--data", str(self.data)], capture_output=True,
                                text=True, check=True).stdout
        self.assertEqual(len(listed.splitlines()), len(cases))
        for line in listed.splitlines():
            case = json.loads(line)
            over_http = shown[case["zaakId"]]
            signals = case.pop("signalen")
            self.assertEqual(case, {name: over_http[name] for name in case})
            self.assertEqual(signals, [{name: one[name] for name in signals[0]}
                                       for one in over_http["signalen"]])
        checked = subprocess.run([BINARY, "verify", "--data", str(self.data)], capture_output=True,
                                 text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_retention_runs_on_ticks(self):
        server = self.serve()
        for _ in range(10_000):
            text = server.request("GET", "/metrics", management=True).text
            if 'vroegsein_desk_events_total{soort="tik"} 1' in text:
                break
        else:
            self.fail("no tick came")
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
