"""tests/run itself: silence, crashes, hangs and leftovers are failures, and the sums are right."""

import contextlib
import io
import os
import stat
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import run_all  # noqa: E402

GTEST_XML = """<testsuites tests="4"><testsuite name="S">
<testcase name="a" status="run" result="completed"/>
<testcase name="b" status="run" result="completed"><failure message="no"/></testcase>
<testcase name="c" status="run" result="skipped"><skipped message="absent"/></testcase>
<testcase name="d" status="notrun" result="suppressed"/></testsuite></testsuites>"""


class Runner(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        run_all.adopt_orphans()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.addCleanup(setattr, run_all, "LOGS", run_all.LOGS)
        self.addCleanup(setattr, run_all, "ROOT", run_all.ROOT)
        run_all.LOGS = run_all.ROOT = self.folder

    def run_script(self, kind, text, timeout_seconds=20):
        """Runs a shell script as an item; returns its counts and what was printed."""
        path = self.folder / "script"
        path.write_text("#!/bin/sh\n" + text, encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        item = run_all.Item(kind, "planted", [str(path)], timeout_seconds, dict(os.environ))
        options = type("Options", (), {"long": False, "quick": False, "only": []})()
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            counts = run_all.run_item(run_all.Run(options), item)
        return counts, printed.getvalue()

    def counts(self, kind, text, timeout_seconds=20):
        counts, _ = self.run_script(kind, text, timeout_seconds)
        return counts.passed, counts.failed, counts.skipped

    def result(self, text):
        return f"cat > {self.folder}/unit-planted.xml <<'END'\n{text}\nEND\n"

    def test_cases_are_added_up(self):
        self.assertEqual(self.counts("unit", self.result(GTEST_XML) + "exit 1\n"), (1, 1, 1))

    def test_no_result_is_a_failure(self):
        self.assertEqual(self.counts("unit", "exit 0\n"), (0, 1, 0))

    def test_no_test_is_a_failure(self):
        self.assertEqual(self.counts("unit", self.result("<testsuites/>")), (0, 1, 0))

    def test_a_crash_keeps_what_passed_before_it(self):
        self.assertEqual(self.counts("unit", "echo '[       OK ] S.a (0 ms)'\nkill -SEGV $$\n"),
                         (1, 1, 0))

    def test_a_crash_after_the_result_is_a_failure(self):
        sound = GTEST_XML.replace('<failure message="no"/>', "")
        self.assertEqual(self.counts("unit", self.result(sound) + "kill -ABRT $$\n"), (2, 1, 1))

    def test_a_hang_is_stopped_and_a_failure(self):
        began = time.monotonic()
        self.assertEqual(self.counts("fuzz", "sleep 60\n", timeout_seconds=1), (0, 1, 0))
        self.assertLess(time.monotonic() - began, 15)

    def test_a_process_left_behind_is_ended_and_a_failure(self):
        counts, printed = self.run_script("bench", f"sleep 60 &\necho $! > {self.folder}/pid\n")
        self.assertEqual((counts.passed, counts.failed), (1, 1))
        self.assertIn("left a process behind", printed)
        left = Path("/proc") / (self.folder / "pid").read_text().strip() / "stat"
        self.assertTrue(not left.exists() or left.read_text().split()[2] == "Z")

    def test_an_orphan_that_ended_is_not_left_behind(self):
        self.assertEqual(self.counts("bench", "(true &)\nsleep 0.2\n"), (1, 0, 0))

    def test_unittest_closings_are_read(self):
        closing = "echo 'Ran 9 tests in 0.1s'\necho\necho '%s'\nexit %d\n"
        self.assertEqual(self.counts("python", closing % ("OK", 0)), (9, 0, 0))
        self.assertEqual(self.counts("python", closing % ("OK (skipped=2, expected failures=1)", 0)),
                         (7, 0, 2))
        self.assertEqual(
            self.counts("python", closing % ("FAILED (failures=1, errors=2, skipped=3)", 1)),
            (3, 3, 3))
        self.assertEqual(self.counts("python", "echo Traceback\nexit 1\n"), (0, 1, 0))

    def test_a_program_that_is_not_there_is_a_failure(self):
        item = run_all.Item("unit", "absent", [str(self.folder / "absent")], 5, dict(os.environ))
        options = type("Options", (), {"long": False, "quick": False, "only": []})()
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(run_all.run_item(run_all.Run(options), item).failed, 1)


if __name__ == "__main__":
    unittest.main()
