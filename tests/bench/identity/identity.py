#!/usr/bin/env python3
"""How well `vroegsein households match` does, and Splink 4 with DuckDB on the same files.

    tests/bench/identity/identity.py [--splink] [--binary build/release/vroegsein]
    tests/bench/identity/identity.py --seeds 421 422 423 [--households 10000]

Prints the table of tests/README.md; with --seeds a row for each of these seeds of the default set. By hand, not in CI. With --splink it makes a virtual environment in
build/splink-venv with what requirements.txt names. FEBRL is read from $VROEGSEIN_SHARED/febrl.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tests" / "identity"))
from delivery_table import write_table  # noqa: E402

FEBRL = Path(os.environ.get("VROEGSEIN_SHARED", ROOT / ".." / "shared")) / "febrl"
VENV = ROOT / "build" / "splink-venv"
# Seeds and knobs that nothing was tuned with; a row each.
SIMULATED = [
    ("as simulated by default", 201, []),
    ("many errors, crowded", 202, ["--errors", "8", "--address-errors", "1", "--crowded", "2"]),
    ("three years, much moving", 203, ["--months", "36", "--moves", "1", "--splits", "0.3"]),
]


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True,
                          text=True).stdout


def venv_python():
    python = VENV / "bin" / "python"
    if not python.exists():
        run(sys.executable, "-m", "venv", VENV)
        run(python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt")
    return python


def print_rows(name, seconds, measured):
    for line in measured.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in ("person", "household"):
            print(f"| {name} | {' | '.join(cells[:-1])} | {seconds:.1f} |", flush=True)
        elif line.startswith("households that hold"):
            print(f"| {name} | {line} |||||||||", flush=True)


def compare(options, name, table, truth, folder):
    measure = ["--truth", truth] if truth else ["--truth-in-id"]
    out = folder / "out.csv"
    began = time.monotonic()
    run(options.binary, "households", "match", table, "--output", out)
    print_rows(name, time.monotonic() - began, run(options.binary, "households", "measure", out, *measure))
    if not options.splink:
        return
    began = time.monotonic()
    run(venv_python(), HERE / "splink_match.py", table, folder)
    seconds = time.monotonic() - began
    for made in sorted(folder.glob("splink-*.csv")):
        measured = run(options.binary, "households", "measure", made, *measure)
        person = "\n".join(line for line in measured.splitlines() if line.startswith("| person"))
        print_rows(f"{name}: Splink at {made.stem[7:]}", seconds, person)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splink", action="store_true")
    parser.add_argument("--binary", default=ROOT / "build" / "release" / "vroegsein")
    parser.add_argument("--households", default="10000")
    parser.add_argument("--seeds", nargs="+", type=int, default=[])
    options = parser.parse_args()
    if options.splink:
        venv_python()
    print("| set | | precision | recall | F1 | B3 precision | B3 recall | B3 F1 | wrongly joined | s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in () if options.seeds else (1, 2, 3):
            compare(options, f"FEBRL {number}", FEBRL / f"dataset{number}.csv", None, folder)
        default = [(f"as simulated by default, {seed}", seed, []) for seed in options.seeds]
        for title, seed, knobs in default or SIMULATED:
            simulated = folder / f"seed{seed}"
            run(options.binary, "simulate", "--households", options.households,
                "--seed", seed, "--out", simulated, *knobs)
            table = folder / "table.csv"
            write_table(simulated, table)
            compare(options, title, table, simulated / "waarheid.csv", folder)


if __name__ == "__main__":
    main()
