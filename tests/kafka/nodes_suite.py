"""Nodes that share the partitions of a log on a real broker: each answers for every municipality.

0080 is in the first partition, 0090 in the second, nobody in the third (kafka_suite.py).
"""

import http.client
import json
import signal
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import broker  # noqa: E402
import kafka_suite  # noqa: E402
from kafka_suite import over_two_municipalities, verify  # noqa: E402
from api_server import Server, a_signal  # noqa: E402

setUpModule = kafka_suite.setUpModule


class Shared(kafka_suite.Nodes):
    """Three nodes; `places`: name -> (partitions that it owns, those that it stands by for)."""

    places = {"een": ([0], []), "twee": ([1], []), "drie": ([2], [])}

    def setUp(self):
        ports = broker.free_ports(len(self.places))
        self.kafka_more = ["  knooppunten-geheim-bestand: knooppunten.geheim", "  knooppunten:"]
        for (name, (owned, stood_for)), port in zip(self.places.items(), ports):
            self.kafka_more += [f"    - naam: {name}", f"      adres: 127.0.0.1:{port}",
                                f"      eigenaar: {owned}", f"      reserve: {stood_for}"]
        super().setUp()
        self.ports = dict(zip(self.places, ports))

    def serve(self, name):
        server = Server(self.folder / name, "--config", self.config, "--node", name)
        self.addCleanup(server.stop)
        return server

    def serve_all(self):
        with ThreadPoolExecutor(len(self.places)) as pool:
            return dict(zip(self.places, pool.map(self.serve, self.places)))

    def stop_all_and_verify(self, servers):
        """Every node has what its places say, and that is what its log says."""
        for name, server in servers.items():
            self.assertEqual(server.stop(), 0, "".join(server.said))
            held = sorted(sum(self.places[name], []))
            folders = sorted(int(path.name) for path in (self.folder / name / "partities").iterdir())
            self.assertEqual(folders, held)
            verify(self.folder / name, self.config, sum(1 for one in held if one < 2))


class Forwarding(Shared):
    """Partitions spread, none of them on two nodes."""

    def test_every_node_answers_for_every_municipality(self):
        servers = self.serve_all()
        first = 1
        for server in servers.values():
            signals = over_two_municipalities(first, 20)
            self.assertEqual(self.deliver(server, *signals), ["aanvaard"] * 20)
            self.assertEqual(self.deliver(servers["drie"], *signals), ["dubbel"] * 20)
            first += 20
        lists = [self.tasks(server) for server in servers.values()]
        self.assertEqual(len(lists[0]), 30)
        self.assertEqual(lists, [lists[0]] * 3)
        case = lists[0][0]
        for count, server in enumerate(servers.values(), 1):
            attempt = {"soort": "Huisbezoek", "datum": a_signal(1)["signaaldatum"], "bereikt": False}
            answer = self.ask(server, "anneke", "POST", f"/v1/zaken/{case}/contactpogingen", attempt)
            self.assertEqual((answer.status, len(answer.json["contactpogingen"])), (200, count))
        found = self.ask(servers["drie"], "carel", "POST", "/v1/taken/zoeken", {"zoek": "8911AA"})
        self.assertLess(found.status, 500, found.bytes[:2000])
        report = [self.ask(server, "dirk", "GET", "/v1/werkvoorraad").bytes
                  for server in servers.values()]
        self.assertEqual(report, [report[0]] * 3)
        self.stop_all_and_verify(servers)

    def test_without_its_only_node_a_municipality_has_to_wait(self):
        servers = self.serve_all()
        self.assertEqual(self.deliver(servers["twee"], *over_two_municipalities(1, 10)),
                         ["aanvaard"] * 10)
        servers["een"].stop(signal.SIGKILL)
        gone = self.ask(servers["twee"], "carel", "GET", "/v1/taken")
        self.assertEqual(gone.status, 503)
        self.assertIn("Retry-After", gone.headers)
        refused = self.ask(servers["twee"], "vitens", "POST", "/v1/vroegsignalen", [a_signal(21)])
        self.assertIn(refused.status, (429, 503))
        self.assertIn("Retry-After", refused.headers)
        # The others' work goes on.
        self.assertEqual(self.ask(servers["drie"], "hans", "GET", "/v1/taken").status, 200)
        servers["een"] = self.serve("een")
        self.assertEqual(self.deliver(servers["drie"], *over_two_municipalities(1, 10)),
                         ["dubbel"] * 10)
        self.stop_all_and_verify(servers)

    def test_a_screen_on_one_node_hears_what_happens_on_another(self):
        servers = self.serve_all()
        connection = http.client.HTTPConnection(*servers["drie"].public, timeout=60)
        self.addCleanup(connection.close)
        connection.request("GET", "/v1/gebeurtenissen",
                           headers={"Authorization": f"Bearer {self.keys['carel']}"})
        stream = connection.getresponse()
        self.assertEqual(stream.status, 200)
        heard = {}
        for number in range(1, 200):
            self.assertEqual(self.deliver(servers["twee"], a_signal(number)), ["aanvaard"])
            line = stream.readline()
            while not line.startswith(b"event: "):
                line = stream.readline()
            data = json.loads(stream.readline().removeprefix(b"data: "))
            heard[line] = data
            if b"gewijzigd" in line:
                break
        self.assertIn(data["zaakId"], self.tasks(servers["een"]))

    def test_only_nodes_may_ask(self):
        self.serve_all()
        connection = http.client.HTTPConnection("127.0.0.1", self.ports["een"], timeout=60)
        self.addCleanup(connection.close)
        for headers in ({}, {"Authorization": "Bearer " + "t" * 40},
                        {"Authorization": f"Bearer {self.keys['carel']}"}):
            connection.request("POST", "/lees", b"", headers)
            answer = connection.getresponse()
            answer.read()
            self.assertEqual(answer.status, 401)

    def test_a_node_that_has_no_place_does_not_start(self):
        config = Path(self.config)
        for wrong, right in (("naam: drie", "naam: vier"), ("eigenaar: [2]", "eigenaar: [3]"),
                             ("eigenaar: [2]", "eigenaar: [1, 2]")):
            text = config.read_text("utf-8")
            config.write_text(text.replace(wrong, right), "utf-8")
            refused = kafka_suite.run("serve", "--data", self.folder / "drie", "--node", "drie",
                                      "--config", self.config)
            self.assertEqual(refused.returncode, 2, refused.stderr)
            config.write_text(text, "utf-8")


if __name__ == "__main__":
    unittest.main()
