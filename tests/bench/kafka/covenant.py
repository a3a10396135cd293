"""A covenant of some municipalities for the benches here: its signals as partners put them on their
topics, its configuration file, its topics, and what a process of either side costs."""

import csv
import json
import os
import re
import signal
import subprocess
import time
import zlib
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent.parent
POLICY = TOP / "rules" / "policies" / "financieel-fit.dmn"
DEMO = TOP / "deploy" / "demo"
PARTNERS = {"vitens": "Water", "de-friesland": "Zorg", "woonfriesland": "Huur", "elkien": "Huur",
            "essent": "Energie"}
NUMBERS = {"bedragCenten", "inspanning.herinneringen"}
FLAGS = {"crisissignaal", "warmeOverdracht", "inspanning.persoonlijkContact",
         "inspanning.hulpAangeboden", "inspanning.bezwaar", "client.rechtspersoon"}
TICKS = os.sysconf("SC_CLK_TCK")
TOPIC_SECONDS = 60


def codes_of(count):
    return [f"{number:04d}" for number in range(80, 80 + count)]


# ---- signals


def from_csv(row):
    """The JSON of a row: absent where the cell is empty, nested at a dot."""
    made = {"inspanning": {}, "client": {}}
    for name, cell in row.items():
        if cell == "":
            continue
        value = int(cell) if name in NUMBERS else cell == "true" if name in FLAGS else cell
        first, _, second = name.partition(".")
        if second:
            made[first][second] = value
        else:
            made[first] = value
    return made


def rows_of(path):
    if path.suffix == ".ndjson":
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        mark = max(";,\t", key=head.count)
        yield from map(from_csv, csv.DictReader(file, delimiter=mark))


def simulate(binary, folder, households, months, *more):
    subprocess.run([binary, "simulate", "--households", str(households), "--months", str(months),
                    "--seed", "7", "--until", "2026-10-31", "--out", str(folder), *more], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def signals_of(folder, codes):
    """(partner, municipality, line) of each, month after month: who lives in one postcode lives in
    one municipality."""
    files = sorted((Path(folder) / "leveringen").iterdir(), key=lambda path: (path.stem[-7:], path.stem))
    for path in files:
        for row in rows_of(path):
            postcode = row["client"].get("postcode", "").replace(" ", "").upper()
            row["gemeentecode"] = codes[zlib.crc32(postcode.encode()) % len(codes)]
            yield path.stem[:-8], row["gemeentecode"], json.dumps(row, ensure_ascii=False)


class Covenant:
    """The signals in a file per partner, each line with the municipality as its key."""

    def __init__(self, binary, folder, codes):
        self.binary, self.folder, self.codes = binary, Path(folder), codes
        self.signals = 0
        self.keys = {}

    def write(self, households, months, *more):
        simulate(self.binary, self.folder / "sim", households, months, *more)
        files = {name: (self.folder / f"{name}.records").open("w", encoding="utf-8") for name in PARTNERS}
        for partner, code, line in signals_of(self.folder / "sim", self.codes):
            files[partner].write(f"{code}\t{line}\n")
            self.signals += 1
        for file in files.values():
            file.close()

    def produce(self, brokers, prefix):
        """Onto the partners' topics; the key keeps a municipality's signals in their order."""
        for name in PARTNERS:
            subprocess.run(["kcat", "-P", "-b", brokers, "-t", f"{prefix}.in.{name}", "-K", "\t",
                            "-l", str(self.folder / f"{name}.records")], check=True)

    def configure(self, brokers, prefix):
        """The configuration file of an installation with these municipalities."""
        areas, teams = ((DEMO / name).read_text(encoding="utf-8").splitlines()
                        for name in ("gebieden.csv", "teams.csv"))
        for name, lines in (("gebieden.csv", areas), ("teams.csv", teams)):
            rows = [line.replace("0080;", f"{code};", 1) for code in self.codes for line in lines[1:]]
            (self.folder / name).write_text("\n".join([lines[0], *rows]) + "\n", encoding="utf-8")
        lines = ["kafka:", f"  brokers: {brokers}", f"  voorvoegsel: {prefix}",
                 "  bron: urn:nld:oin:00000001234567890000:systeem:proef", "gemeenten:"]
        for code in self.codes:
            lines += [f'  - code: "{code}"', "    gebieden: gebieden.csv", "    teams: teams.csv",
                      f"    beleid: {POLICY}"]
        lines.append("partners:")
        for name, sector in PARTNERS.items():
            lines += [f"  - id: {name}", f"    soorten: [{sector}]", f"    sleutels: [{self.key(name)}]"]
        lines += ["gebruikers:", "  - naam: carel", "    rol: coordinator",
                  f'    gemeenten: ["{self.codes[0]}"]', f"    sleutels: [{self.key('carel')}]"]
        path = self.folder / f"{prefix}.yaml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def key(self, name):
        """Makes a key; its hash, in quotes."""
        said = subprocess.run([self.binary, "key"], capture_output=True, text=True, check=True).stdout
        self.keys[name], digest = (re.search(rf"{word}:\s*(\S+)", said).group(1)
                                   for word in ("sleutel", "hash"))
        return f'"{digest}"'

    def make_topics(self, config, partitions):
        deadline = time.monotonic() + TOPIC_SECONDS
        while True:
            made = subprocess.run(
                [self.binary, "topics", "--config", str(config), "--partitions", str(partitions),
                 "--replicas", "1"], capture_output=True, text=True, check=False)
            if made.returncode == 0:
                return
            # A broker opens its port a moment before it can make a topic.
            if time.monotonic() > deadline:
                raise AssertionError(made.stderr)


# ---- processes


def cpu_seconds(pid):
    """User and system time of all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid, name="VmRSS"):
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(rf"{name}:\s+(\d+)", text).group(1)) / 1024


class Measured:
    """What a process costs between two moments; `ended()` waits for it and counts its end too."""

    def __init__(self, process):
        self.process = process
        self.cpu = cpu_seconds(process.pid)
        self.clock = time.monotonic()

    def now(self):
        return cpu_seconds(self.process.pid) - self.cpu, time.monotonic() - self.clock

    def ended(self):
        """After SIGTERM: CPU seconds, seconds, its highest memory in MiB."""
        peak = memory_mib(self.process.pid, "VmHWM")
        self.process.send_signal(signal.SIGTERM)
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        return (usage.ru_utime + usage.ru_stime - self.cpu, time.monotonic() - self.clock, peak)


def records_on(brokers, topic, partitions=3):
    """How many a topic has."""
    asked = [part for one in range(partitions) for part in ("-t", f"{topic}:{one}:-1")]
    said = subprocess.run(["kcat", "-Q", "-b", brokers, *asked], capture_output=True, text=True,
                          check=True, timeout=60).stdout
    return sum(int(line.rsplit(" ", 1)[1]) for line in said.splitlines() if " offset " in line)
