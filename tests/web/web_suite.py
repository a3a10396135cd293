"""The screen: its types and words; and the work of who goes to the door, in a real Chromium against the real
server with the demo. Every scenario is a file beside this one, run by node with playwright-core."""

import subprocess
import tempfile
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from screen import HERE, SCENARIO_SECONDS, TOP, ScreenTest, build  # noqa: E402

TOOLS = TOP / "build" / "web-tools" / "node_modules"


class Words(unittest.TestCase):
    def test_days_words_filters_and_drafts(self):
        build("--tools")
        with tempfile.TemporaryDirectory() as folder:
            bundle = Path(folder) / "words_test.mjs"
            subprocess.run([str(TOOLS / ".bin" / "esbuild"), str(HERE / "words_test.ts"), "--bundle",
                            "--platform=node", "--format=esm", "--jsx=automatic", "--loader:.cpp=text",
                            "--log-level=warning", f"--outfile={bundle}",
                            "--banner:js=import { createRequire } from 'node:module';"
                            "const require = createRequire(import.meta.url);"], check=True)
            done = subprocess.run(["node", "--test", str(bundle)], capture_output=True, text=True,
                                  timeout=SCENARIO_SECONDS, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"(?m)^# pass [1-9]")


class Work(ScreenTest):
    def test_the_morning_of_a_worker(self):
        self.run_scenario("worker")

    def test_two_workers_at_once(self):
        self.run_scenario("two_workers")

    def test_nothing_typed_is_lost(self):
        self.run_scenario("expiry")

    def test_without_a_mouse(self):
        self.run_scenario("keyboard")

    def test_the_first_page_is_light(self):
        self.run_scenario("weight")


if __name__ == "__main__":
    unittest.main()
