"""deploy/run before it builds: wrong use, and what happens when packages are missing.

dpkg-query, apt-get, sudo and id are played by small scripts that keep a diary, so that nothing is
installed here; the rest is the real deploy/install.sh.
"""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
INSTALL = 'root=$1; shift; . "$root/deploy/install.sh"; install_missing "$@"'


class Install(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "deploy").mkdir()
        (self.folder / "bin").mkdir()
        self.diary = self.folder / "diary"
        self.diary.touch()
        for name in ("packages", "install.sh"):
            (self.folder / "deploy" / name).write_bytes((TOP / "deploy" / name).read_bytes())
        self.play("dpkg-query", 'for last; do :; done\n'
                  'case " $MISSING " in *" $last "*) exit 1;; esac\nprintf installed')
        self.play("apt-get", "exit ${APT_EXIT:-0}")
        self.play("sudo", '[ "$RIGHTS" = sudo ] || exit 1; shift; exec "$@"')
        self.play("id", '[ "$RIGHTS" = root ] && echo 0 || echo 1000')

    def play(self, name, text):
        """A program of that name that notes how it was called, and does `text`."""
        path = self.folder / "bin" / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.diary}"\n{text}\n', encoding="utf-8")
        path.chmod(0o755)

    def install(self, missing, rights, *groups, apt_exit=0):
        """Installs the groups; returns the exit code and the calls of apt-get."""
        environment = {**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
                       "MISSING": missing, "RIGHTS": rights, "APT_EXIT": str(apt_exit)}
        command = ["bash", "-euo", "pipefail", "-c", INSTALL, "-", str(self.folder), *groups]
        done = subprocess.run(command, env=environment, capture_output=True, text=True,
                              check=False, stdin=subprocess.DEVNULL)
        self.said = done.stdout + done.stderr
        return done.returncode, [line for line in self.diary.read_text().splitlines()
                                 if line.startswith("apt-get")]

    def test_nothing_missing_needs_no_rights(self):
        self.assertEqual(self.install("", "none", "build", "run"), (0, []))

    def test_only_what_is_missing_is_installed(self):
        for rights in ("root", "sudo"):
            with self.subTest(rights=rights):
                self.diary.write_text("")
                code, calls = self.install("mold tzdata", rights, "build", "run")
                self.assertEqual(code, 0, self.said)
                self.assertEqual(calls[0], "apt-get update")
                self.assertEqual(len(calls), 2)
                self.assertIn("--no-install-recommends", calls[1])
                self.assertTrue(calls[1].endswith(" mold tzdata"), calls[1])

    def test_other_groups_are_left_alone(self):
        self.assertEqual(self.install("clang-14", "root", "build", "run"), (0, []))

    def test_no_right_to_install_is_said(self):
        code, calls = self.install("mold", "none", "build")
        self.assertEqual((code, calls), (2, []))
        self.assertIn("mold", self.said)

    def test_a_failing_installation_is_said(self):
        code, _ = self.install("mold", "root", "build", apt_exit=100)
        self.assertEqual(code, 2)


class WrongUse(unittest.TestCase):
    def code(self, *arguments):
        return subprocess.run([str(TOP / "deploy" / "run"), *arguments], capture_output=True,
                              check=False, stdin=subprocess.DEVNULL).returncode

    def test_help_is_free(self):
        self.assertEqual(self.code("--help"), 0)

    def test_what_is_not_understood_does_nothing(self):
        for arguments in (["--unknown"], ["--data"], ["--listen", "8080"], ["--config"], ["extra"]):
            with self.subTest(arguments=arguments):
                self.assertEqual(self.code(*arguments), 2)


if __name__ == "__main__":
    unittest.main()
