"""Sign-in at a municipality's own provider, end to end: the real program and `oidc-provider` from npm, both
on loopback. The browser here keeps cookies apart per site and follows redirects one by one, so that each
step can be bent: another state, another nonce, a token that lies, a provider that is away."""

import http.client
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
sys.path.insert(0, str(TOP / "tests" / "api"))
from api_server import BINARY, ApiTest, Server, write_configuration  # noqa: E402

TOOLS = TOP / "build" / "openid-tools"
SHOTS = TOP / "build" / "openid-shots"
BACK = "/v1/sessies/openid/terug"
# The desk listens elsewhere; nobody goes there, so that each test says what comes back.
REDIRECT = "http://127.0.0.1:1" + BACK
STEPS_MAX = 12


def fetch_tools():
    if not shutil.which("npm"):
        raise unittest.SkipTest("npm is not there: see deploy/packages, group node")
    lock = (HERE / "package-lock.json").read_bytes()
    fetched = TOOLS / "fetched-lock.json"
    if fetched.exists() and fetched.read_bytes() == lock:
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, TOOLS / name)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"],
                   cwd=TOOLS, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    fetched.write_bytes(lock)


class Provider:
    def __init__(self, secret, redirect=REDIRECT, way=""):
        self.process = subprocess.Popen(
            ["node", str(HERE / "provider.mjs"), str(TOOLS), redirect, secret, way], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.issuer = json.loads(self.process.stdout.readline())["issuer"]

    def lie(self, key="", page=None, **claims):
        send(self.issuer + "/testing/token", "POST",
             json.dumps({"claims": claims, "key": key, **({"page": page} if page else {})}))

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
            self.process.stdin.close()
        self.process.stdout.close()


class Page:
    def __init__(self, response):
        self.status = response.status
        self.location = response.headers.get("Location")
        self.cookies = [line.split(";")[0].split("=", 1)
                        for line in response.headers.get_all("Set-Cookie", [])]
        self.text = response.read().decode()


def send(url, method="GET", body=None, headers=None):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    try:
        connection.request(method, target, body, headers or {})
        return Page(connection.getresponse())
    finally:
        connection.close()


class ProviderBrowser:
    """Somebody at the provider's pages: signs in there and consents."""

    def __init__(self):
        self.cookies = {}

    def open(self, url, form=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        page = send(url, "POST" if form is not None else "GET",
                    urlencode(form) if form is not None else None, headers)
        for name, value in page.cookies:
            self.cookies[name] = value
        return page

    def sign_in(self, url, who):
        """The address that the provider sends the browser back to."""
        base = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        page = self.open(url)
        for _ in range(STEPS_MAX):
            if page.location and page.location.startswith(REDIRECT):
                return page.location
            if page.location:
                url = page.location if "://" in page.location else base + page.location
                page = self.open(url)
                continue
            prompt = re.search(r'name="prompt" value="(\w+)"', page.text)
            if not prompt:
                raise AssertionError(f"{page.status} {page.text[:2000]}")
            page = self.open(url, {"prompt": prompt.group(1), "login": who, "password": "x"})
        raise AssertionError("the provider keeps asking")


def openid_settings(folder, issuer, client="vroegsein", secret="", redirect=REDIRECT, more=()):
    (Path(folder) / "openid.geheim").write_text(secret + "\n", encoding="utf-8")
    return ["openid:", f"  uitgever: {issuer}", "  naam: gemeente Leeuwarden", f"  client: {client}",
            "  geheim-bestand: openid.geheim", f"  terug: {redirect}",
            "  scope: openid profile email", "  team-claim: afdeling", *more, "  toegang:",
            "    - {waarde: wijk-centrum, rol: wijkteamlid, team: centrum, gemeenten: ['0080']}",
            "    - {waarde: wijk, rol: wijkteamlid, gemeenten: ['0080']}",
            "    - {waarde: coordinatie, rol: coordinator}"]


class OpenIdTest(ApiTest):
    """A provider, and a desk that knows it."""

    client = "vroegsein"
    way = ""   # of the provider
    more = ()  # lines under `openid`

    @classmethod
    def setUpClass(cls):
        fetch_tools()
        cls.secret = secrets.token_urlsafe(24)
        cls.provider = Provider(cls.secret, way=cls.way)
        cls.addClassCleanup(cls.provider.stop)
        super().setUpClass()
        cls.serve()

    @classmethod
    def serve(cls, issuer=None):
        cls.server.stop()
        cls.config, cls.keys = write_configuration(
            cls.folder, *openid_settings(cls.folder, issuer or cls.provider.issuer, cls.client, cls.secret,
                                         more=cls.more))
        cls.server = Server(cls.folder / "data", "--config", cls.config)
        cls.addClassCleanup(cls.server.stop)

    def again(self, *more):
        """The desk with other settings, for this test."""
        def serve(lines):
            type(self).more = lines
            self.serve()
        self.addCleanup(serve, self.more)
        serve(more)

    def begin(self):
        """The provider's page to go to, and the cookie."""
        answer = self.call(None, "GET", "/v1/sessies/openid/start", status=303)
        cookie = answer.headers.get("Set-Cookie", "")
        return answer.headers["Location"], cookie.split(";")[0]

    def finish(self, back, cookie):
        """Where the desk sends the browser; the session's cookie, when there is one."""
        target = back.replace("http://127.0.0.1:1", "", 1)
        answer = self.call(None, "GET", target, status=303, headers={"Cookie": cookie})
        sessions = [line for line in answer.headers.get_all("Set-Cookie", [])
                    if line.startswith("vroegsein_sessie=")]
        return answer.headers["Location"], sessions[0].split(";")[0] if sessions else None

    def sign_in(self, who, browser=None):
        page, cookie = self.begin()
        return self.finish((browser or ProviderBrowser()).sign_in(page, who), cookie)

    def who_is(self, session):
        return self.call(None, "GET", "/v1/sessies/huidige", status=200, headers={"Cookie": session}).json

    def refused(self, reason, location_and_session):
        self.assertEqual(location_and_session, ("/?aanmelding=" + reason, None))

    def bent(self, page, **changes):
        parts = urlsplit(page)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return urlunsplit(parts._replace(query=urlencode({**query, **changes})))


class SignIn(OpenIdTest):
    def test_who_comes_in_and_as_what(self):
        for who, expected in (
                ("annelies", ("annelies", "wijkteamlid", "centrum", "Annelies Postma", ["0080"])),
                ("bea", ("bea.smit@example.nl", "wijkteamlid", "noord", "Bea", ["0080"])),
                ("coba", ("coba", "coordinator", None, "Coba", ["0080", "0090"]))):
            location, session = self.sign_in(who)
            self.assertEqual(location, "/")
            said = self.who_is(session)
            self.assertEqual((said["gebruiker"], said["rol"], said["team"], said["naam"],
                              [one["code"] for one in said["gemeenten"]]), expected)
            self.assertEqual(said["aanmeldwijze"], "openid-connect")
            self.call(None, "GET", "/v1/taken", status=200, headers={"Cookie": session})

    def test_the_beginning(self):
        page, cookie = self.begin()
        asked = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
        self.assertEqual((asked["response_type"], asked["client_id"], asked["redirect_uri"],
                          asked["code_challenge_method"]), ("code", "vroegsein", REDIRECT, "S256"))
        again, _ = self.begin()
        other = {name: values[0] for name, values in parse_qs(urlsplit(again).query).items()}
        for name in ("state", "nonce", "code_challenge"):
            self.assertGreaterEqual(len(asked[name]), 43, name)
            self.assertNotEqual(asked[name], other[name], name)
            self.assertNotIn(asked[name], cookie, "what the browser keeps is none of them")
        ways = self.call(None, "GET", "/v1/aanmeldwijzen", status=200).json
        self.assertEqual(ways["openidConnect"],
                         {"naam": "gemeente Leeuwarden", "href": "/v1/sessies/openid/start"})

    def test_another_browser_or_another_state(self):
        page, cookie = self.begin()
        back = ProviderBrowser().sign_in(page, "annelies")
        _, others = self.begin()
        self.refused("verlopen", self.finish(back, ""))
        self.refused("verlopen", self.finish(back, others))
        self.refused("verlopen", self.finish(back, cookie + "0"))
        self.refused("verlopen", self.finish(re.sub(r"state=.", "state=_", back), cookie))
        self.refused("verlopen", self.finish(re.sub(r"&state=[^&]*", "", back), cookie))
        location, session = self.finish(back, cookie)
        self.assertEqual(location, "/")
        self.assertIsNotNone(session)
        self.refused("onjuist", self.finish(back, cookie))  # a code is good once

    def test_another_nonce_or_challenge(self):
        for name in ("nonce", "code_challenge"):
            page, cookie = self.begin()
            back = ProviderBrowser().sign_in(self.bent(page, **{name: "x" * 43}), "annelies")
            self.refused("onjuist", self.finish(back, cookie))

    def test_another_redirect_is_refused_by_the_provider(self):
        page, _ = self.begin()
        for redirect in (REDIRECT + "/", REDIRECT + "?x=1", REDIRECT.replace("127.0.0.1", "localhost"),
                         REDIRECT.replace(":1/", ":2/")):
            self.assertEqual(send(self.bent(page, redirect_uri=redirect)).status, 400, redirect)
        self.assertEqual(self.server.request("GET", BACK + "/").status, 404)

    def test_a_code_of_another_client(self):
        page, cookie = self.begin()
        back = ProviderBrowser().sign_in(self.bent(page, client_id="ander"), "annelies")
        self.refused("onjuist", self.finish(back, cookie))

    def test_tokens_that_lie(self):
        now = 1_000_000_000
        for lie in ({"aud": "ander"}, {"aud": ["vroegsein", "ander"]}, {"azp": "ander"},
                    {"iss": "http://127.0.0.1:2"}, {"exp": now}, {"iat": now * 4}, {"nbf": now * 4},
                    {"nonce": "x"}, {"sub": ""}, {"key": "other"}):
            page, cookie = self.begin()
            back = ProviderBrowser().sign_in(page, "annelies")
            self.provider.lie(**lie)
            self.refused("onjuist", self.finish(back, cookie))
        page, cookie = self.begin()
        back = ProviderBrowser().sign_in(page, "annelies")
        self.provider.lie(extra="more")
        self.assertEqual(self.finish(back, cookie)[0], "/", "one that says more is right")

    def test_who_has_no_place_here(self):
        for who in ("niemand", "teamloos", "vreemd", "sleutel"):
            self.refused("geen-rol", self.sign_in(who))

    def test_a_local_account_is_nobody_elses(self):
        subprocess.run([BINARY, "users", "add", "--data", str(self.folder / "data"), "--config", self.config,
                        "--role", "coordinator", "lokaal"], check=True, capture_output=True)
        self.refused("geen-rol", self.sign_in("lokaal"))

    def test_the_provider_says_no(self):
        page, cookie = self.begin()
        state = parse_qs(urlsplit(page).query)["state"][0]
        back = REDIRECT + "?" + urlencode({"error": "access_denied", "state": state})
        self.refused("geweigerd", self.finish(back, cookie))
        back = REDIRECT + "?" + urlencode({"code": "x", "state": state, "iss": "http://elsewhere"})
        self.refused("onjuist", self.finish(back, cookie))
        back = REDIRECT + "?" + urlencode({"code": "x", "state": state, "later": "ignored"})
        self.refused("onjuist", self.finish(back, cookie))

    def test_whoever_is_removed_is_out(self):
        _, session = self.sign_in("bea")
        self.who_is(session)
        account = ["--data", str(self.folder / "data"), "bea.smit@example.nl"]
        self.assertEqual(subprocess.run([BINARY, "users", "password", *account], check=False,
                                        capture_output=True).returncode, 2)
        subprocess.run([BINARY, "users", "remove", *account], check=True)
        self.call(None, "GET", "/v1/sessies/huidige", status=401, headers={"Cookie": session})

    def test_refusals_are_told_of_without_a_person(self):
        self.sign_in("niemand")
        lines = [json.loads(line) for line in self.server.said if '"openid"' in line]
        self.assertIn("geen-rol", [line["code"] for line in lines])
        self.assertNotIn("niemand", "".join(self.server.said))
        self.assertNotIn("annelies", "".join(self.server.said))


class SignOut(OpenIdTest):
    def sign_out(self, session):
        """Where the browser goes from there."""
        headers = {"Cookie": session, "X-CSRF-Token": self.who_is(session)["csrfToken"]}
        answer = self.call(None, "POST", "/v1/sessies/huidige/afmelden", {}, 200, headers=headers)
        self.call(None, "GET", "/v1/sessies/huidige", status=401, headers={"Cookie": session})
        return answer.json["verder"]

    def at_provider(self, address):
        parts = urlsplit(address)
        self.assertEqual(f"{parts.scheme}://{parts.netloc}", self.provider.issuer)
        return {name: values for name, values in parse_qs(parts.query).items()}

    def confirm(self, browser, address):
        page = browser.open(address)
        self.assertEqual(page.status, 200)
        form = {name: re.search(rf'name="{name}" value="([^"]+)"', page.text).group(1) for name in ("xsrf",)}
        return browser.open(self.provider.issuer + "/session/end/confirm", {**form, "logout": "yes"})

    def test_signing_out_here_is_signing_out_there(self):
        self.again("  afmelden: met-token")
        browser = ProviderBrowser()
        _, session = self.sign_in("annelies", browser)
        page, _ = self.begin()
        self.assertIn(BACK + "?code=", browser.open(page).location, "the provider knows this browser still")
        address = self.sign_out(session)
        asked = self.at_provider(address)
        self.assertEqual(asked["client_id"], ["vroegsein"])
        self.assertEqual(asked["post_logout_redirect_uri"], ["http://127.0.0.1:1/"])
        self.assertEqual(len(asked["id_token_hint"][0].split(".")), 3)
        self.assertEqual(self.confirm(browser, address).location, "http://127.0.0.1:1/")
        page, _ = self.begin()
        asks = browser.open(page)
        self.assertIn("/interaction/", asks.location, "it has to be told again who this is")

    def test_the_way_back_is_exact(self):
        _, session = self.sign_in("annelies")
        address = self.sign_out(session)
        for other in ("http://127.0.0.1:1/x", "http://127.0.0.1:1/?x", "http://127.0.0.1:2/"):
            bent = self.bent(address, post_logout_redirect_uri=other)
            self.assertEqual(ProviderBrowser().open(bent).status, 400, other)

    def test_without_the_token_or_not_at_all(self):
        browser = ProviderBrowser()
        _, session = self.sign_in("coba", browser)
        address = self.sign_out(session)
        self.assertEqual(set(self.at_provider(address)), {"client_id", "post_logout_redirect_uri"})
        self.assertEqual(self.confirm(browser, address).location, "http://127.0.0.1:1/")
        self.again("  afmelden: nee")
        _, session = self.sign_in("coba")
        self.assertIsNone(self.sign_out(session))

    def test_a_local_account_has_nothing_to_do_there(self):
        made = subprocess.run([BINARY, "users", "add", "--data", str(self.folder / "data"), "--config", self.config,
                               "--role", "coordinator", "--password-stdin", "hier"], check=True,
                              capture_output=True, text=True, input="drie losse woorden\n")
        self.assertEqual(made.returncode, 0)
        answer = self.call(None, "POST", "/v1/sessies", {"gebruiker": "hier", "wachtwoord": "drie losse woorden"}, 201)
        self.assertIsNone(self.sign_out(answer.headers["Set-Cookie"].split(";")[0]))


class Userinfo(OpenIdTest):
    """A provider that says on its userinfo page what others say in the token."""

    way = "userinfo"
    more = ("  userinfo: ja",)

    def test_who_comes_in(self):
        location, session = self.sign_in("annelies")
        self.assertEqual(location, "/")
        said = self.who_is(session)
        self.assertEqual((said["gebruiker"], said["team"], said["naam"]), ("annelies", "centrum", "Annelies Postma"))
        self.refused("geen-rol", self.sign_in("niemand"))

    def test_about_another(self):
        for lie, reason in (({"sub": "bea"}, "onjuist"), ({"sub": None}, "onjuist"),
                            ({"groups": []}, "geen-rol")):
            page, cookie = self.begin()
            back = ProviderBrowser().sign_in(page, "annelies")
            self.provider.lie(page="/me", **lie)
            self.refused(reason, self.finish(back, cookie))

    def test_only_where_the_settings_say_so(self):
        self.again()
        self.refused("geen-rol", self.sign_in("annelies"))


class Elliptic(OpenIdTest):
    """The same by a provider that signs with ES256."""

    client = "krommen"

    def test_who_comes_in(self):
        location, session = self.sign_in("annelies")
        self.assertEqual(location, "/")
        self.assertEqual(self.who_is(session)["team"], "centrum")

    def test_another_nonce(self):
        page, cookie = self.begin()
        back = ProviderBrowser().sign_in(self.bent(page, nonce="x" * 43), "annelies")
        self.refused("onjuist", self.finish(back, cookie))


class Away(OpenIdTest):
    """Providers that are away, or are another than they should be."""

    def setUp(self):
        type(self).provider = Provider(self.secret)
        self.addCleanup(self.provider.stop)
        self.serve()

    def test_away_at_the_end_and_from_the_beginning(self):
        page, cookie = self.begin()
        back = ProviderBrowser().sign_in(page, "annelies")
        self.provider.stop()
        self.refused("onbereikbaar", self.finish(back, cookie))
        self.serve()
        self.assertEqual(self.begin(), ("/?aanmelding=onbereikbaar", ""))
        self.assertEqual(self.call("carel", "GET", "/v1/taken").status, 200, "the desk goes on")

    def test_another_issuer(self):
        self.serve(self.provider.issuer.replace("127.0.0.1", "localhost"))
        self.assertEqual(self.begin(), ("/?aanmelding=onjuist", ""))


class Screen(unittest.TestCase):
    """The button, the provider's pages and the way back, in a real Chromium (tests/web/openid.mjs)."""

    def test_in_a_browser(self):
        fetch_tools()
        subprocess.run([str(TOP / "alerts" / "web" / "build")], check=True, capture_output=True, timeout=600)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            base = f"http://127.0.0.1:{free.getsockname()[1]}"
        secret = secrets.token_urlsafe(24)
        provider = Provider(secret, base + BACK)
        self.addCleanup(provider.stop)
        with tempfile.TemporaryDirectory() as folder:
            config, _ = write_configuration(
                folder, *openid_settings(folder, provider.issuer, "vroegsein", secret, base + BACK))
            server = Server(Path(folder) / "data", "--config", config, "--web", str(TOP / "build" / "web"),
                            web=True, listen=base.removeprefix("http://"))
            self.addCleanup(server.stop)
            environment = dict(os.environ, WEB_BASE=base, WEB_PASSWORD="", WEB_SHOTS=str(SHOTS),
                               WEB_CHROMIUM=shutil.which("chromium") or "/usr/bin/chromium")
            done = subprocess.run(["node", str(TOP / "tests" / "web" / "openid.mjs")], env=environment,
                                  text=True, capture_output=True, timeout=240, check=False)
            self.assertEqual(done.returncode, 0, done.stderr[-4000:])
            server.stop()


class Settings(unittest.TestCase):
    def test_what_is_wrong_is_said_at_once(self):
        with tempfile.TemporaryDirectory() as folder:
            lines = openid_settings(folder, "http://login.example.nl", secret="x",
                                    redirect="https://desk.example.nl/terug")
            lines = [line.replace("rol: coordinator", "rol: partner") for line in lines]
            config, _ = write_configuration(folder, *lines)
            ran = subprocess.run([BINARY, "settings", "--check", config], capture_output=True, text=True,
                                 check=False)
            self.assertEqual(ran.returncode, 1)
            for name in ("openid.uitgever", "openid.terug", "openid.toegang[3].rol"):
                self.assertIn(name, ran.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
