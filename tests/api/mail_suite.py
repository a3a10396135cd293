"""The daily digest from outside: `vroegsein digest` with a mail server of the test's own on loopback."""

import contextlib
import json
import re
import socketserver
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from api_server import BINARY, Server, a_signal, write_configuration  # noqa: E402

NOW = "2026-11-20T09:00:00Z"
SECRETS = ("8911", "Proefpersoon", "WS-1", "0080-", "Water")


class Sink(socketserver.ThreadingTCPServer):
    """Takes every letter, but not for who is in `refused`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        self.letters, self.refused = [], set()
        super().__init__(("127.0.0.1", 0), Talk)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Talk(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def lines(self):
        with contextlib.suppress(ConnectionResetError):  # whoever wanted TLS hangs up
            yield from iter(self.rfile.readline, b"")

    def handle(self):
        self.say("220 sink")
        for line in self.lines():
            word = line[:4].upper()
            if word == b"EHLO":
                self.say("250 sink")
            elif word == b"RCPT":
                address = re.search(rb"<(.*)>", line).group(1).decode()
                self.say("550 no" if address in self.server.refused else "250 ok")
            elif word == b"DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append(b"".join(lines).decode())
                self.say("250 ok")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class Digest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.data = cls.folder / "data"
        cls.sink = Sink()
        cls.addClassCleanup(cls.sink.server_close)
        cls.addClassCleanup(cls.sink.shutdown)
        cls.port = cls.sink.server_address[1]
        cls.config, keys = write_configuration(cls.folder)
        server = Server(cls.data, "--config", cls.config)
        said = server.request("POST", "/v1/vroegsignalen", json.dumps([a_signal(1)]).encode(),
                              keys["vitens"], {"Content-Type": "application/json"})
        assert said.status == 201, said.text
        server.stop()
        for user, team in (("ada", "centrum"), ("bob", "noord")):
            cls.users("add", user, "--role", "wijkteamlid", "--team", team, "--municipality", "0080",
                      "--mail", f"{user}@example.nl")
        cls.users("add", "coba", "--role", "coordinator")
        cls.users("mail", "coba", "coba@example.nl")

    @classmethod
    def users(cls, verb, *arguments):
        more = ("--config", cls.config) if verb == "add" else ()
        subprocess.run([BINARY, "users", verb, "--data", str(cls.data), *arguments, *more], check=True,
                       capture_output=True)

    def digest(self, *arguments, code=0, security="geen", port=None):
        text = Path(self.config).read_text(encoding="utf-8").split("mail:")[0]
        text += (f"mail:\n  server: 127.0.0.1:{port or self.port}\n  beveiliging: {security}\n"
                 "  afzender: vroegsein@example.nl\n  scherm: https://desk.example.nl/\n")
        Path(self.config).write_text(text, encoding="utf-8")
        ran = subprocess.run([BINARY, "digest", "--data", str(self.data), "--config", self.config,
                              *arguments], capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
        return ran.stdout

    def test_printed_it_is_the_same_every_time_and_names_nobody(self):
        text = self.digest("--dry-run")
        receivers = re.findall(r"To: <(\w+)@", text)
        self.assertEqual(receivers, ["ada", "coba"], "the case is of centrum, and new")
        for moment in (NOW, "2030-01-02T09:00:00Z"):
            self.assertEqual(self.digest("--dry-run", "--now", moment),
                             self.digest("--dry-run", "--now", moment))
        for secret in SECRETS:
            self.assertNotIn(secret, text)
        self.assertEqual(self.sink.letters, [])

    def test_sent_once_and_never_without_the_tls_that_was_asked_for(self):
        closed = socketserver.TCPServer(("127.0.0.1", 0), None)
        port = closed.server_address[1]
        closed.server_close()
        self.assertIn("verstuurd: 0, mislukt: 1", self.digest(code=1, port=port))
        for security in ("starttls", "tls"):
            self.assertIn("verstuurd: 0, mislukt: 1", self.digest(code=1, security=security))
        self.assertEqual(self.sink.letters, [])
        self.sink.refused = {"ada@example.nl"}
        self.assertIn("verstuurd: 1, mislukt: 1", self.digest())
        self.assertIn("verstuurd: 0, mislukt: 0", self.digest(), "each had its turn today")
        self.assertEqual(len(self.sink.letters), 1)
        letter = self.sink.letters.pop()
        self.assertIn("To: <coba@example.nl>\r\n", letter)
        self.assertIn("- 1 nieuw huishouden\r\n", letter)
        for secret in SECRETS:
            self.assertNotIn(secret, letter)

    def test_wrong_settings_are_said(self):
        said = self.digest("--now", "yesterday", code=2)
        self.assertEqual(said, "")
        Path(self.config).write_text(
            Path(self.config).read_text(encoding="utf-8").split("mail:")[0] +
            "mail:\n  server: mail.example.nl\n  beveiliging: geen\n  afzender: x\n  scherm: http://x\n"
            "  tijd: 25:00\n  rollen: [manager]\n  gebruiker: x\n", encoding="utf-8")
        ran = subprocess.run([BINARY, "settings", "--check", self.config], capture_output=True,
                             text=True, check=False)
        for name in ("server", "beveiliging", "afzender", "scherm", "tijd", "rollen",
                     "wachtwoord-bestand"):
            self.assertIn("mail." + name, ran.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
