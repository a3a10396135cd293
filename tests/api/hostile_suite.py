"""What a broken, slow or hostile client sends: a clear refusal, and everybody else is served on."""

import json
import socket
import sys
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from api_server import ApiTest, a_signal  # noqa: E402


class Hostile(ApiTest):
    settings = ("verzoek-bytes: 65536", "verzoek-seconden: 2")

    def raw(self, *pieces, wait=20):
        """Sends bytes as they are; the first line of what comes back, or b'' when nothing does."""
        with socket.create_connection(self.server.public, timeout=wait) as link:
            for piece in pieces:
                link.sendall(piece)
            got = b""
            try:
                while b"\r\n\r\n" not in got:
                    more = link.recv(65536)
                    if not more:
                        break
                    got += more
            except ConnectionResetError:
                pass
            return got

    def status(self, *pieces):
        line = self.raw(*pieces).split(b"\r\n")[0].split(b" ")
        return int(line[1]) if len(line) > 1 else 0

    def head(self, *headers, method="POST", path="/v1/vroegsignalen"):
        lines = [f"{method} {path} HTTP/1.1", "Host: x",
                 f"Authorization: Bearer {self.keys['vitens']}", *headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def tearDown(self):
        # Whatever happened: the next one is served.
        self.call("vitens", "POST", "/v1/vroegsignalen", a_signal(600), 201)

    def test_too_large(self):
        self.assertEqual(self.status(self.head("Content-Length: 65537")), 413)
        chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
        self.assertEqual(self.status(self.head("Transfer-Encoding: chunked"), *[chunk] * 5), 413)
        self.assertEqual(self.status(self.head("X-Long: " + "x" * 20_000)), 431)
        self.assertEqual(self.status(self.head(*[f"X-{n}: y" for n in range(5_000)])), 431)
        answer = self.raw(self.head("Content-Length: 99999999"))
        self.assertIn(b"application/problem+json", answer)
        self.assertIn(b"API-Version", answer)

    def test_too_slow(self):
        self.assertIn(self.status(b"POST /v1/vroegsignalen HTTP/1.1\r\nHost: x\r\n"), (0, 408))
        self.assertEqual(self.status(self.head("Content-Length: 100"), b"{"), 408)

    def test_slow_ones_do_not_hold_up_the_others(self):
        links = [socket.create_connection(self.server.public, timeout=10) for _ in range(60)]
        self.addCleanup(lambda: [link.close() for link in links])
        for link in links:
            link.sendall(self.head("Content-Length: 100") + b"{")
        self.call("vitens", "POST", "/v1/vroegsignalen", a_signal(601), 201)

    def test_cut_off_in_the_middle(self):
        body = json.dumps([a_signal(610), a_signal(611)]).encode()
        with socket.create_connection(self.server.public, timeout=10) as link:
            link.sendall(self.head(f"Content-Length: {len(body)}") + body[: len(body) // 2])
        said = self.deliver(a_signal(610), a_signal(611))
        self.assertEqual(said["aanvaard"], 2)

    def test_a_truncated_body_of_the_right_length(self):
        text = json.dumps([a_signal(620), a_signal(621)])
        said = self.call("vitens", "POST", "/v1/vroegsignalen", text[:-30], 201).json
        self.assertEqual([one["status"] for one in said["ontvangstbevestigingen"]],
                         ["aanvaard", "afgewezen"])

    def test_smuggling(self):
        inner = b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
        for headers in (("Content-Length: 5", "Transfer-Encoding: chunked"),
                        ("Content-Length: 5", "Content-Length: 6"), ("Content-Length: -1",),
                        ("Content-Length: 0x10",), ("Transfer-Encoding: xchunked",),
                        ("Content-Length : 5",)):
            answer = self.raw(self.head(*headers), b"0\r\n\r\n" + inner)
            self.assertIn(answer.split(b" ")[1][:1], (b"4", b"5"), headers)
            self.assertEqual(answer.count(b"HTTP/1.1 200"), 0, headers)

    def test_nonsense_in_the_request_line(self):
        for line in (b"GET / HTTP/9.9\r\n\r\n", b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n",
                     b"GET /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"GET /v1/taken%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"GET /v1/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n"):
            self.assertIn(self.status(line), (0, 400, 404, 501, 505), line)

    def test_bodies_that_are_no_text(self):
        right = json.dumps(a_signal(630))
        for body in (b"\xff\xfe" + right.encode("utf-16-le"), b"\x00" * 1000,
                     right.replace("Proefpersoon", "Proef\udcff").encode("utf-8", "surrogateescape"),
                     b"PK\x03\x04" + bytes(range(256)) * 4):
            answer = self.call("vitens", "POST", "/v1/vroegsignalen", body)
            self.assertIn(answer.status, (201, 400))
            if answer.status == 201:
                self.assertEqual(answer.json["aanvaard"], 0, body[:20])

    def test_deep_and_wide_json(self):
        deep = '{"client":' * 6_000
        wide = "[" + ",".join(["{}"] * 1_000) + "]"
        for text in ("[" * 30_000, deep, wide, '{"id":"' + "x" * 60_000 + '"}'):
            answer = self.call("vitens", "POST", "/v1/vroegsignalen", text)
            self.assertIn(answer.status, (201, 400))
            if answer.status == 201:
                self.assertEqual(answer.json["aanvaard"], 0)

    def test_other_encodings_and_marks_are_read(self):
        header = ("id;soort;gemeentecode;signaaldatum;bedragCenten;ontstaansdatum;"
                  "client.achternaam;client.postcode;client.huisnummer\r\n")
        made = a_signal(640)
        row = (f"WS-640;Water;0080;{made['signaaldatum']};9000;{made['ontstaansdatum']};"
               "Proefpersoön;8911AD;640\r\n")
        for body, status in (((header + row).encode("utf-8-sig"), "aanvaard"),
                             ((header + row).encode("cp1252"), "dubbel")):
            said = self.call("vitens", "POST", "/v1/vroegsignalen", body, 201,
                             headers={"Content-Type": "application/octet-stream"}).json
            self.assertEqual([r["status"] for r in said["ontvangstbevestigingen"]], [status])

    def test_thirty_at_once_count_once(self):
        signals = [a_signal(700 + n) for n in range(20)]
        receipts, lock = [], threading.Lock()

        def send():
            said = self.deliver(*signals)
            with lock:
                receipts.extend(said["ontvangstbevestigingen"])

        threads = [threading.Thread(target=send) for _ in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(receipts), 30 * 20)
        for signal in signals:
            mine = [one for one in receipts if one["id"] == signal["id"]]
            self.assertEqual(sorted(one["status"] for one in mine), ["aanvaard"] + ["dubbel"] * 29)
            self.assertEqual(len({one["zaakId"] for one in mine}), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
