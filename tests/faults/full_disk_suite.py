"""A disk that runs full under `import`: it stops, says why, and what it answered is there.

The disk is a small file system in memory; where this user may not mount one, the suite skips.
"""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

import program

SMALL_MIB, LARGE_MIB = 6, 256


class FullDisk(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        done = self.mount("-t", "tmpfs", "-o", f"size={SMALL_MIB}m", "tmpfs", str(self.disk))
        if done.returncode != 0:
            self.skipTest("no file system can be mounted here: " + done.stderr.strip())
        self.addCleanup(lambda: subprocess.run(["umount", str(self.disk)], check=True))

    def mount(self, *arguments):
        return subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)

    def deliver(self, paths):
        done = program.run("import", "--data", self.disk / "data", "--partner", "de-friesland",
                           "--now", program.NOW, *paths)
        return done, [json.loads(line) for line in done.stdout.splitlines()]

    def test_import_stops_and_goes_on_when_there_is_room(self):
        number = program.seed()
        paths = program.simulate(self.folder / "sim", number, 8000)["de-friesland"]
        stopped, answered = self.deliver(paths)
        self.assertEqual(stopped.returncode, 1, stopped.stderr[-500:])
        self.assertIn("No space left", stopped.stderr)
        self.assertGreater(len(answered), 0, "the disk was full before the first answer")
        again, more = self.deliver(paths)
        self.assertNotIn(again.returncode, (0, -6, -11), "a full disk is still full: " + again.stderr[-500:])
        self.assertIn("No space left", again.stderr)
        answered += more

        grown = self.mount("-o", f"remount,size={LARGE_MIB}m", str(self.disk))
        self.assertEqual(grown.returncode, 0, grown.stderr)
        program.verify(self.disk / "data")
        complete, receipts = self.deliver(paths)
        self.assertEqual(complete.returncode, 0, complete.stderr[-500:])
        status = {}
        for receipt in receipts:
            status.setdefault(receipt["id"], receipt["status"])
        for receipt in answered:
            self.assertEqual(status[receipt["id"]], "dubbel", f"{receipt['id']} was answered and is gone")
        self.assertIn("aanvaard", status.values())
        counts = program.verify(self.disk / "data")
        self.assertEqual(counts["signalen"], len(status))


if __name__ == "__main__":
    unittest.main()
