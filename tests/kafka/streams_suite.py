"""The bench beside Kafka Streams, in its short form: it runs, and the two agree. Prints, asserts no time."""

import subprocess
import sys
import unittest
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent / "bench" / "kafka"
sys.path.insert(0, str(BENCH))
import peer  # noqa: E402

SECONDS = 600


class Streams(unittest.TestCase):
    def setUp(self):
        missing = peer.missing_tools()
        if missing:
            self.skipTest(f"no {' and '.join(missing)}")

    def test_the_same_job_comes_to_the_same(self):
        done = subprocess.run([sys.executable, str(BENCH / "run"), "--households", "5000", "--months", "6",
                               "--municipalities", "3", "--partitions", "2"], capture_output=True,
                              text=True, check=False, timeout=SECONDS)
        print(done.stdout, flush=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
