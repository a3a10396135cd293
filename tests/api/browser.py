"""A browser as far as the API sees one: it keeps the cookie, and shows the CSRF token with each change."""


class Browser:
    def __init__(self, test):
        self.test = test
        self.cookie = self.csrf = self.cookie_header = ""

    def sign_in(self, name, password):
        answer = self.test.call(None, "POST", "/v1/sessies",
                                {"gebruiker": name, "wachtwoord": password}, 201)
        self.cookie_header = answer.headers["Set-Cookie"]
        self.cookie = self.cookie_header.split(";")[0]
        self.csrf = answer.json["csrfToken"]
        return answer.json

    def call(self, method, target, body=None, status=None, csrf=None, headers=None):
        sent = {"Cookie": self.cookie, **(headers or {})}
        token = self.csrf if csrf is None else csrf
        if method != "GET" and token:
            sent["X-CSRF-Token"] = token
        return self.test.call(None, method, target, body, status, headers=sent)
