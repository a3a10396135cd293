"""Signing in with a browser: the session, its cookie, the CSRF token, lockout, and accounts that change."""

import gzip
import re
import stat
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from api_server import BINARY, ApiTest, Server  # noqa: E402
from browser import Browser  # noqa: E402

PASSWORD = "een goed wachtwoord"


class Sessions(ApiTest):
    def users(self, verb, *arguments, secret=PASSWORD, code=0):
        if verb in ("add", "password") and secret:
            arguments = (*arguments, "--password-stdin")
        if verb == "add":
            arguments = (*arguments, "--config", self.config)
        ran = subprocess.run([BINARY, "users", verb, "--data", str(self.folder / "data"), *arguments],
                             input=secret, capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
        return ran.stdout

    def browser(self, name, *arguments):
        """Somebody new, signed in."""
        if not arguments:
            arguments = ("--role", "wijkteamlid", "--team", "centrum", "--municipality", "0080")
        self.users("add", name, *arguments)
        browser = Browser(self)
        browser.sign_in(name, PASSWORD)
        return browser

    def test_signing_in_and_out(self):
        browser = self.browser("piet", "--role", "wijkteamlid", "--team", "centrum",
                               "--municipality", "0080", "--display", "Piet Puk")
        who = browser.call("GET", "/v1/sessies/huidige", status=200).json
        self.assertEqual((who["gebruiker"], who["naam"], who["rol"], who["team"]),
                         ("piet", "Piet Puk", "wijkteamlid", "centrum"))
        self.assertEqual([one["code"] for one in who["gemeenten"]], ["0080"])
        self.assertLess(who["verlooptOp"], who["uiterlijkOp"])
        self.assertRegex(browser.cookie_header,
                         r"^vroegsein_sessie=\w+; Path=/; HttpOnly; SameSite=Strict$")
        browser.call("GET", "/v1/taken", status=200)
        browser.call("POST", "/v1/sessies/huidige/afmelden", {}, 200)
        browser.call("GET", "/v1/taken", status=401)

    def test_a_change_needs_the_token(self):
        case = self.a_case(900)
        browser = self.browser("klaas")
        for token in ("", "vs_" + "0" * 64, browser.cookie):
            refused = browser.call("POST", f"/v1/zaken/{case}/oppakken", {}, 403, csrf=token)
            self.assertTrue(refused.json["type"].endswith(":csrf-ongeldig"))
        browser.call("POST", f"/v1/zaken/{case}/oppakken", {}, 200)
        # Another site cannot sign somebody in either.
        for site in ("cross-site", "same-site"):
            answer = self.call(None, "POST", "/v1/sessies", {"gebruiker": "klaas", "wachtwoord": PASSWORD},
                               403, headers={"Sec-Fetch-Site": site})
            self.assertNotIn("Set-Cookie", answer.headers)

    def test_who_guesses_waits(self):
        self.browser("guus")
        def guess(name):
            return self.call(None, "POST", "/v1/sessies", {"gebruiker": name, "wachtwoord": "x" * 12})
        for name in ("guus", "niemand"):
            said = [guess(name) for _ in range(7)]
            self.assertEqual([one.status for one in said], [401] * 5 + [429] * 2, name)
            self.assertGreater(int(said[-1].headers["Retry-After"]), 0)
            self.assertTrue(said[0].json["type"].endswith(":aanmelden-mislukt"))
        locked = self.call(None, "POST", "/v1/sessies", {"gebruiker": "guus", "wachtwoord": PASSWORD})
        self.assertEqual(locked.status, 429, "not even with the right one")

    def test_accounts_change_while_the_server_runs(self):
        browser = self.browser("joke")
        self.users("password", "joke", secret="een ander wachtwoord")
        browser.call("GET", "/v1/sessies/huidige", status=401)
        browser.sign_in("joke", "een ander wachtwoord")
        self.users("remove", "joke")
        browser.call("GET", "/v1/sessies/huidige", status=401)
        self.call(None, "POST", "/v1/sessies",
                  {"gebruiker": "joke", "wachtwoord": "een ander wachtwoord"}, 401)

    def test_a_person_changes_the_password(self):
        browser = self.browser("mies")
        other = Browser(self)
        other.sign_in("mies", PASSWORD)
        path = "/v1/sessies/huidige/wachtwoord"
        browser.call("POST", path, {"huidig": PASSWORD, "nieuw": "te kort"}, 400)
        browser.call("POST", path, {"huidig": "verkeerd wachtwoord", "nieuw": "y" * 20}, 401)
        browser.call("POST", path, {"huidig": PASSWORD, "nieuw": "y" * 20}, 200)
        browser.call("GET", "/v1/sessies/huidige", status=200)
        other.call("GET", "/v1/sessies/huidige", status=401)
        other.sign_in("mies", "y" * 20)
        self.call("carel", "POST", path, {"huidig": "x", "nieuw": "y" * 20}, 403)

    def test_a_key_is_no_session(self):
        who = self.call("anneke", "GET", "/v1/sessies/huidige", status=200).json
        self.assertEqual((who["gebruiker"], who["csrfToken"], who["verlooptOp"]), ("anneke", None, None))
        ways = self.call(None, "GET", "/v1/aanmeldwijzen", status=200).json
        self.assertEqual(ways, {"wachtwoord": True, "openidConnect": None})

    def test_the_command_line_of_accounts(self):
        said = self.users("add", "lies", "--role", "coordinator", "--municipality", "0080", secret=None)
        made = re.search(r"^wachtwoord: (\S{20})$", said, re.M).group(1)
        Browser(self).sign_in("lies", made)
        self.assertIn("lies\tcoordinator\t\t0080\t", self.users("list"))
        file = self.folder / "data" / "gebruikers.json"
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertNotIn(made, file.read_text(encoding="utf-8"))
        for wrong in (("lies", "--role", "manager"), ("x y", "--role", "manager"),
                      ("x", "--role", "baas"), ("x", "--role", "wijkteamlid"),
                      ("x", "--role", "wijkteamlid", "--team", "nergens"),
                      ("x", "--role", "manager", "--municipality", "9999")):
            self.users("add", *wrong, code=2)
        self.users("add", "x", "--role", "manager", secret="kort", code=2)
        self.users("remove", "niemand", code=2)
        self.users("password", "niemand", code=2)


class Verified(ApiTest):
    def test_the_chain_of_the_access_log_is_checked(self):
        case = self.a_case(990)
        self.call("anneke", "GET", f"/v1/zaken/{case}", status=200)
        self.assertEqual(self.server.stop(), 0)
        said = subprocess.run([BINARY, "verify", "--data", str(self.folder / "data")],
                              capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        self.assertRegex(said.stdout, r"(?m)^toegangslog 2 regels, laatste [0-9a-f]{64}$")


class Web(ApiTest):
    """The files of the browser application, over the wire."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.web = cls.folder / "web"
        (cls.web / "assets").mkdir(parents=True)
        (cls.web / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
        (cls.web / "assets" / "app-1.js").write_text("let a;\n" * 1000, encoding="utf-8")

    def test_they_are_served_beside_the_api(self):
        server = Server(self.folder / "other", "--web", str(self.web), web=True)
        try:
            page = server.request("GET", "/taken")
            self.assertEqual((page.status, page.text), (200, "<!doctype html><title>x</title>"))
            self.assertIn("script-src 'self'", page.headers["Content-Security-Policy"])
            self.assertEqual(page.headers.get_all("Content-Security-Policy"),
                             [page.headers["Content-Security-Policy"]])
            self.assertEqual(page.headers["X-Content-Type-Options"], "nosniff")
            packed = server.request("GET", "/assets/app-1.js", headers={"Accept-Encoding": "gzip"})
            self.assertEqual(gzip.decompress(packed.bytes), b"let a;\n" * 1000)
            again = server.request("GET", "/assets/app-1.js", headers={
                "Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
            self.assertEqual((again.status, again.bytes), (304, b""))
            self.assertEqual(server.request("GET", "/v1/bestaat-niet").status, 404)
            self.assertEqual(server.request("GET", "/assets/weg.js").status, 404)
            self.assertEqual(server.request("HEAD", "/").bytes, b"")
        finally:
            self.assertEqual(server.stop(), 0)

    def test_a_folder_without_a_page_is_wrong_use(self):
        ran = subprocess.run([BINARY, "serve", "--data", str(self.folder / "third"), "--web",
                              str(self.folder), "--listen", "127.0.0.1:0", "--manage", "127.0.0.1:0"],
                             capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(ran.returncode, 2, ran.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
