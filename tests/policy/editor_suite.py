"""The policies open in the editors that people use: dmn-js's own parser reads them without a warning,
and its diagram draws every element, none over another.

dmn-js knows DMN up to 1.3, so it reads what `vroegsein policy convert` makes of the file, which differs
in namespaces alone; the program reads both.
"""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

TOP = Path(os.environ.get("VROEGSEIN_SOURCE_DIR", Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get("VROEGSEIN_BUILD_DIR", TOP / "build" / "dev"))
BINARY = os.environ.get("VROEGSEIN_BINARY", str(BUILD / "vroegsein"))
EDITOR = Path(__file__).resolve().parent / "editor"
POLICIES = sorted((TOP / "rules" / "policies").glob("*.dmn"))


def run(*words, expect=0, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=300,
                          check=False, **more)
    if done.returncode != expect:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def overlap(a, b):
    return (a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"] and
            a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"])


def touches(point, shape):
    return (shape["x"] <= point["x"] <= shape["x"] + shape["width"] and
            shape["y"] <= point["y"] <= shape["y"] + shape["height"])


class Editors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not shutil.which("npm"):
            raise unittest.SkipTest("npm is not there: see deploy/packages, group node")
        cls.parser = BUILD / "editor"
        cls.parser.mkdir(parents=True, exist_ok=True)
        for file in EDITOR.iterdir():
            shutil.copy(file, cls.parser / file.name)
        if not (cls.parser / "node_modules" / "dmn-moddle").is_dir():
            run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=cls.parser)

    def opened(self, policy):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "model.dmn"
            file.write_text(run(BINARY, "policy", "convert", policy), encoding="utf-8")
            return json.loads(run("node", self.parser / "open_model.js", file))

    def test_no_warning_and_nothing_lost(self):
        for policy in POLICIES:
            model = self.opened(policy)
            self.assertEqual(model["warnings"], [], policy.name)
            decisions = {e["name"] for e in model["elements"] if e["kind"] == "dmn:Decision"}
            self.assertLessEqual({"Crisis", "Toelating", "Score", "Aanpak"}, decisions)
            text = policy.read_text(encoding="utf-8")
            self.assertEqual(sum(e["rules"] for e in model["elements"]), text.count("<rule "))

    def test_every_element_is_drawn_and_every_requirement_too(self):
        for policy in POLICIES:
            model = self.opened(policy)
            drawn = [shape["ref"] for shape in model["shapes"]]
            self.assertEqual(sorted(drawn), sorted(e["id"] for e in model["elements"]))
            lines = [edge["ref"] for edge in model["edges"]]
            self.assertEqual(sorted(lines), sorted(r for e in model["elements"] for r in e["requires"]))

    def test_the_drawing_can_be_read(self):
        for policy in POLICIES:
            model = self.opened(policy)
            shapes = model["shapes"]
            for i, one in enumerate(shapes):
                self.assertGreaterEqual(min(one["x"], one["y"]), 0)
                self.assertGreaterEqual(min(one["width"], one["height"]), 40, one["ref"])
                self.assertLessEqual(one["x"] + one["width"], model["size"]["width"], one["ref"])
                self.assertLessEqual(one["y"] + one["height"], model["size"]["height"], one["ref"])
                for other in shapes[i + 1:]:
                    self.assertFalse(overlap(one, other), f"{one['ref']} over {other['ref']}")
            for edge in model["edges"]:
                for end in (edge["waypoints"][0], edge["waypoints"][-1]):
                    self.assertTrue(any(touches(end, shape) for shape in shapes), edge["ref"])

    def test_what_an_editor_saves_passes_the_same_tests(self):
        for policy in POLICIES:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / policy.name
                file.write_text(run(BINARY, "policy", "convert", policy), encoding="utf-8")
                tests = policy.with_suffix(".test.xml")
                said = run(BINARY, "policy", "test", file, "--tests", tests)
                self.assertTrue(said.endswith(" 0 failed\n"), said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
