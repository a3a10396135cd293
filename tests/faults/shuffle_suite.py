"""The same deliveries in another order, over other files and over HTTP, with 30% doubles: same cases,
same tasks, same report. Simulated people who repeat, move, split up and are misspelt.

The teams have no limit here: with one, who is full depends on who came first, and so must the routing.
"""

import random
import tempfile
import unittest
from pathlib import Path

import program

class Shuffle(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.seed = program.seed()
        self.chance = random.Random(self.seed)
        self.rows = {}
        simulated = program.simulate(self.folder / "sim", self.seed, program.rounds(200, 450, 5000), 7,
                                     "--moves", "5", "--errors", "8", "--duplicates", "5")
        for partner, paths in simulated.items():
            self.rows[partner] = [program.rows_of(path) for path in paths]

    def take_in(self, data, partner, texts):
        paths = []
        for number, text in enumerate(texts):
            path = self.folder / f"{partner}-{number}"
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        program.must("import", "--data", data, "--partner", partner, "--now", program.NOW, *paths)

    def straight(self):
        data = self.folder / "straight"
        for partner, files in self.rows.items():
            self.take_in(data, partner, [header + "".join(rows) for header, rows in files])
        return data

    def shuffled_texts(self, partner):
        """Every row once and 30% twice, in any order, over three files."""
        header = self.rows[partner][0][0]
        rows = [row for _, rows in self.rows[partner] for row in rows]
        rows += self.chance.sample(rows, len(rows) * 3 // 10)
        self.chance.shuffle(rows)
        return [header + "".join(rows[part::3]) for part in range(3)]

    def shuffled(self, data):
        """All partners' files in any order."""
        parts = [(partner, text) for partner in self.rows for text in self.shuffled_texts(partner)]
        self.chance.shuffle(parts)
        for partner, text in parts:
            self.take_in(data, partner, [text])
        return data

    def report(self, data):
        return program.must("report", "--data", data, "--from", "2026-01-01", "--to", "2026-12-31")

    def same(self, one, other):
        self.assertEqual(program.canonical(program.cases(one)), program.canonical(program.cases(other)))
        self.assertEqual(program.verify(one), program.verify(other))
        if " report " in program.run("--help").stdout:
            self.assertEqual(self.report(one), self.report(other))

    def test_files_in_any_order(self):
        one = self.straight()
        self.assertTrue(any(case["opeenvolgend"] for case in program.cases(one)))
        self.same(one, self.shuffled(self.folder / "shuffled"))


if __name__ == "__main__":
    unittest.main()
