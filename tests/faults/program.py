"""The program from outside: its verbs, simulated deliveries, and a server that can be killed."""

import http.client
import json
import os
import random
import subprocess
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("VROEGSEIN_BINARY", str(TOP / "build" / "dev" / "vroegsein"))
LENGTH = os.environ.get("VROEGSEIN_TEST_LENGTH", "normal")
NOW = "2026-11-20T09:00:00Z"
PARTNERS = ("vitens", "de-friesland", "woonfriesland", "elkien", "essent")


def seed():
    """The seed of a random test: printed, and taken back through VROEGSEIN_SEED."""
    chosen = int(os.environ.get("VROEGSEIN_SEED", random.SystemRandom().randrange(1 << 30)))
    print(f"VROEGSEIN_SEED={chosen}", flush=True)
    return chosen


def rounds(short, normal, long):
    return {"short": short, "long": long}.get(LENGTH, normal)


def run(*arguments, **options):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True,
                          check=False, timeout=300, **options)


def serves():
    return " serve " in run("--help").stdout


def must(*arguments, **options):
    done = run(*arguments, **options)
    if done.returncode != 0:
        raise AssertionError(f"{arguments}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def simulate(folder, number, households, months=4, *options):
    """Deliveries of every partner in order of month; rows as one NDJSON or CSV text per file."""
    must("simulate", "--households", households, "--months", months, "--seed", number, "--until", "2026-10-31",
         "--arrears-per-year", 8, "--out", folder, *options)
    found = {partner: [] for partner in PARTNERS}
    for path in sorted(Path(folder, "leveringen").iterdir()):
        found[path.stem[:-len("-2026-10")]].append(path)
    return found


def rows_of(path):
    """(what every piece begins with, the rows): a CSV file has a header, NDJSON has none."""
    lines = Path(path).read_text(encoding="utf-8-sig").splitlines(keepends=True)
    return (lines[0], lines[1:]) if path.suffix == ".csv" else ("", lines)


def cases(data):
    return [json.loads(line) for line in must("cases", "--data", data).splitlines()]


def verify(data):
    """The promises hold, a replay included; what it counted."""
    done = run("verify", "--data", data)
    if done.returncode != 0 or "herhaling van het logboek: niet" in done.stdout:
        raise AssertionError(f"verify: exit {done.returncode}\n{done.stdout}{done.stderr}")
    counts = next(line for line in done.stdout.splitlines() if line.startswith("huishoudens "))
    return {name: int(number) for name, number in
            (part.rsplit(" ", 1) for part in counts.split(", "))}


def identity(signal):
    return signal["partner"], signal["id"]


def canonical(found):
    """Cases without their numbers, in an order that does not follow from arrival."""
    texts = []
    for case in found:
        case = {key: value for key, value in case.items() if key not in ("zaakId", "huishoudenId")}
        case["signalen"] = sorted(case["signalen"], key=identity)
        texts.append(json.dumps(case, sort_keys=True, ensure_ascii=False))
    return sorted(texts)


class Server:
    """`serve` on free ports; killed with kill() or stopped with stop()."""

    def __init__(self, data):
        self.data = Path(data)
        self.log = open(self.data.parent / "serve.log", "ab")  # closed with the process
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", str(data), "--listen", "127.0.0.1:0", "--manage", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        if "http://" not in line:
            self.kill()
            raise AssertionError("serve did not start: " + line + self.said())
        self.address = line.rsplit("/", 1)[1].strip()

    def said(self):
        return (self.data.parent / "serve.log").read_text(encoding="utf-8")[-2000:]

    def key(self, name):
        return (self.data / "sleutels" / name).read_text(encoding="utf-8").strip()

    def ask(self, name, method, path, body=None):
        """(status, answer); raises OSError or HTTPException when the server is gone."""
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            headers = {"Authorization": "Bearer " + self.key(name)}
            if body is not None:
                headers["Content-Type"] = "application/json"
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            connection.close()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def stop(self):
        self.process.terminate()
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.log.close()
        return code
