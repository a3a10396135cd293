"""`vroegsein households` from outside: the simulator's people and FEBRL's, beside the truth."""

import csv
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from delivery_table import write_table  # noqa: E402

SOURCE = Path(os.environ.get("VROEGSEIN_SOURCE_DIR", Path(__file__).resolve().parents[2]))
BINARY = os.environ.get("VROEGSEIN_BINARY", SOURCE / "build" / "dev" / "vroegsein")
FEBRL = Path(os.environ.get("VROEGSEIN_SHARED", SOURCE / ".." / "shared")) / "febrl"


def run(*arguments):
    return subprocess.run([str(BINARY), *map(str, arguments)], capture_output=True, text=True,
                          timeout=300, check=False)


def figures(measured):
    """What `measure` printed: per row of its table the F1 and the share wrongly joined."""
    table = {}
    for line in measured.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in ("person", "household"):
            table[cells[0]] = {"f1": float(cells[3]), "wrong": float(cells[7].rstrip("%"))}
    strangers = re.search(r"never lived together: \d+ \(([\d.]+)%\)", measured)
    if strangers:
        table["strangers"] = float(strangers.group(1))
    return table


class Households(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def ok(self, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def match(self, file, *options):
        out = self.folder / "out.csv"
        self.ok("households", "match", file, "--output", out, *options)
        return out

    def table(self, text):
        path = self.folder / "in.csv"
        path.write_text(text, encoding="utf-8")
        return path

    def simulate(self, seed, *options):
        folder = self.folder / f"seed{seed}"
        self.ok("simulate", "--households", 4000, "--months", 12, "--seed", seed, "--out", folder,
                *options)
        table = self.folder / f"seed{seed}.csv"
        write_table(folder, table)
        out = self.match(table)
        return figures(self.ok("households", "measure", out, "--truth", folder / "waarheid.csv"))

    def test_simulated_people(self):
        for seed in (101, 102):
            with self.subTest(seed=seed):
                found = self.simulate(seed)
                self.assertGreaterEqual(found["person"]["f1"], 0.985)
                self.assertGreaterEqual(found["household"]["f1"], 0.98)
                self.assertLessEqual(found["strangers"], 0.2)

    def test_simulated_people_with_many_errors(self):
        found = self.simulate(103, "--errors", 10, "--crowded", 2, "--moves", 1)
        self.assertGreaterEqual(found["person"]["f1"], 0.985)
        self.assertGreaterEqual(found["household"]["f1"], 0.97)

    def test_febrl_without_the_number(self):
        if not FEBRL.is_dir():
            self.skipTest("no FEBRL: set VROEGSEIN_SHARED to the folder that holds febrl/")
        for number in (1, 2, 3):
            with self.subTest(dataset=number):
                out = self.match(FEBRL / f"dataset{number}.csv")
                found = figures(self.ok("households", "measure", out, "--truth-in-id"))
                self.assertGreaterEqual(found["person"]["f1"], 0.97)

    def test_febrl_with_the_number_as_bsn(self):
        if not FEBRL.is_dir():
            self.skipTest("no FEBRL: set VROEGSEIN_SHARED to the folder that holds febrl/")
        out = self.match(FEBRL / "dataset3.csv", "--columns",
                         "client.burgerservicenummer=soc_sec_id")
        found = figures(self.ok("households", "measure", out, "--truth-in-id"))
        self.assertGreaterEqual(found["person"]["f1"], 0.99)

    def test_output_has_a_line_per_row_in_order(self):
        file = self.table("id;client.achternaam;client.postcode;client.huisnummer\n"
                          'a;"de Vries";8911AD;12\nb;Bakker;8911 ad;12\n"c;1";Wiarda;8921BK;3\n')
        with self.match(file).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        self.assertEqual([row["id"] for row in rows], ["a", "b", "c;1"])
        self.assertEqual(list(rows[0]), ["id", "person_id", "household_id", "score"])
        self.assertEqual(rows[0]["household_id"], rows[1]["household_id"])
        self.assertNotEqual(rows[0]["person_id"], rows[1]["person_id"])
        self.assertNotEqual(rows[0]["household_id"], rows[2]["household_id"])

    def test_columns_are_mapped_either_way(self):
        file = self.table("nr, naam, woning, code\nx, Wiarda, 12, 8911AD\ny, Wiarda, 12, 8911 ad\n")
        for mapping in ("id=nr,client.achternaam=naam,client.huisnummer=woning,client.postcode=code",
                        "id=nr,achternaam=naam,huisnummer=woning,postcode=code",
                        "nr=id,naam=client.achternaam,woning=client.huisnummer,code=client.postcode"):
            rows = self.match(file, "--columns", mapping).read_text(encoding="utf-8").splitlines()
            self.assertEqual([row.split(",")[0] for row in rows], ["id", "x", "y"])

    def test_files_of_others_are_read_as_they_are(self):
        german = ("Nr;Vorname;Nachname;Geburtsdatum;Straße;Hausnummer;PLZ;Ort;Telefon\n"
                  "1;Jürgen;Müller;12.03.1975;Hauptstraße;12;10115;Berlin;030 1234567\n"
                  "2;Juergen;Mueller;12.03.1975;Hauptstr.;12;10115;Berlin;\n"
                  "3;Anna;Schmidt;01.02.1980;Bahnhofstr.;5;80331;München;\n")
        turkish = ("id,Ad,Soyad,Dogum Tarihi,Adres,Il\n1,Ayşe,Yılmaz,12.05.1988,Atatürk Cad. 5,Ankara\n"
                   "2,Ayse,Yilmaz,12.05.1988,Ataturk Caddesi 5,Ankara\n"
                   "3,Mehmet,Öztürk,01.01.1970,İnönü Sok. 3,İzmir\n")
        for name, written in (("utf-8", german.encode()), ("with mark", german.encode("utf-8-sig")),
                              ("windows-1252", german.encode("cp1252")), ("turkish", turkish.encode()),
                              ("returns", german.replace("\n", "\r\n").encode())):
            with self.subTest(file=name):
                file = self.folder / "others.csv"
                file.write_bytes(written)
                with self.match(file).open(encoding="utf-8", newline="") as lines:
                    people = [row["person_id"] for row in csv.DictReader(lines)]
                self.assertEqual(people, ["P1", "P1", "P2"])

    def test_a_known_column_goes_before_a_usual_name(self):
        file = self.table("id,rec_id,name,surname,achternaam,postcode,huisnummer\n"
                          "a,1,x,x,Wiarda,8911AD,12\nb,2,x,x,Bakker,8923BK,7\n")
        with self.match(file).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        self.assertEqual([row["id"] for row in rows], ["a", "b"])
        self.assertNotEqual(rows[0]["person_id"], rows[1]["person_id"])

    def test_says_which_columns_it_read(self):
        file = self.table("id,kleur,Last Name,Post Code\n1,rood,Wiarda,8911AD\n")
        said = run("households", "match", file).stderr
        self.assertIn("1 rows; columns read: id, achternaam, postcode.", said)
        self.assertNotIn("kleur", said)

    def test_wrong_use_is_told(self):
        file = self.table("kleur,maat\nrood,3\n")
        self.assertEqual(run("households", "match", file).returncode, 2)
        self.assertEqual(run("households", "match", file, "--columns", "client.postcode").returncode, 2)
        self.assertEqual(run("households", "match", file, "--columns", "a=b").returncode, 2)
        self.assertEqual(run("households", "match", self.folder / "absent.csv").returncode, 2)
        for text in ("", "id,surname\n1,\"never closed\n"):
            self.assertEqual(run("households", "match", self.table(text)).returncode, 2)
        only_header = self.match(self.table("id,surname\n")).read_text(encoding="utf-8")
        self.assertEqual(only_header, "id,person_id,household_id,score\n")

    def test_learned_weights_are_used(self):
        folder = self.folder / "sim"
        self.ok("simulate", "--households", 1000, "--months", 6, "--seed", 5, "--out", folder)
        table = self.folder / "table.csv"
        write_table(folder, table)
        weights = self.folder / "weights.txt"
        self.ok("households", "train", table, "--output", weights)
        out = self.match(table, "--weights", weights)
        found = figures(self.ok("households", "measure", out, "--truth", folder / "waarheid.csv"))
        self.assertGreaterEqual(found["person"]["f1"], 0.98)

    def test_explains_a_pair(self):
        file = self.table("id,client.voorletters,client.achternaam,client.geboortedatum,client.postcode,"
                          "client.huisnummer\na,J.,Wiarda,1984-03-12,8911AD,12\n"
                          "b,J.,Wiarda,1991-11-02,8911AD,12\n")
        said = self.ok("households", "explain", "a", "b", file)
        self.assertIn("twee personen, één huishouden", said)
        self.assertIn("geboortedatum", said)
        self.assertEqual(run("households", "explain", "a", "z", file).returncode, 2)


if __name__ == "__main__":
    unittest.main()
