"""Certificates for a broker and who calls on it, made by openssl in a test's own folder."""

import subprocess


def openssl(folder, *arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], cwd=folder, capture_output=True, text=True,
                          check=False, timeout=60)
    if done.returncode != 0:
        raise AssertionError(f"openssl {arguments[0]}: {done.stderr}")


class Authority:
    """Signs; its own certificate is FOLDER/NAME.pem."""

    def __init__(self, folder, name):
        self.folder = folder
        self.name = name
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem")

    @property
    def path(self):
        return self.folder / f"{self.name}.pem"

    def sign(self, name, *places):
        """The paths of certificate, key, and both in one file, of somebody who is at those places
        (`IP:127.0.0.1`, `DNS:kafka-1`)."""
        openssl(self.folder, "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout",
                f"{name}.key", "-out", f"{name}.request")
        more = self.folder / f"{name}.more"
        more.write_text(f"subjectAltName={','.join(places)}\n" if places else "\n", encoding="utf-8")
        openssl(self.folder, "x509", "-req", "-in", f"{name}.request", "-CA", f"{self.name}.pem",
                "-CAkey", f"{self.name}.key", "-CAcreateserial", "-days", "2", "-extfile", more, "-out",
                f"{name}.pem")
        certificate, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        both = self.folder / f"{name}.both"
        both.write_text(key.read_text("utf-8") + certificate.read_text("utf-8"), encoding="utf-8")
        return certificate, key, both
