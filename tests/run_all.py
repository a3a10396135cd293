"""Builds and runs every test and adds them up; called by tests/run, which installs what it needs.

Five kinds of items, each item one process in a group of its own:
  unit    the GoogleTest binaries of preset dev          one test per case
  python  tests/<folder>/*_suite.py                      one test per unittest method
  asan    the same binaries under ASan and UBSan, short  one test per case
  fuzz    tests/fuzz/*_fuzz.cpp, for a bounded time      one test per target
  bench   tests/bench/*_bench.cpp of preset release      one test per binary: it runs to its end
A build that fails, a binary that crashes, hangs, yields no result or leaves a process behind counts
as one failed test. Logs are in build/test-logs/.
"""

import argparse
import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
LOGS = BUILD / "test-logs"
KINDS = ("unit", "python", "asan", "fuzz", "bench")
PRESET = {"unit": "dev", "asan": "asan", "fuzz": "fuzz", "bench": "release"}
TAIL_LINES = 40
STOP_GRACE_SECONDS = 5
LAST_MOMENT_SECONDS = 1


@dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


@dataclass
class Item:
    kind: str
    name: str
    command: list
    timeout_seconds: int
    environment: dict = field(default_factory=dict)

    @property
    def title(self):
        return f"{self.kind}/{self.name}"

    @property
    def log(self):
        return LOGS / f"{self.kind}-{self.name}.log"

    @property
    def result(self):
        return LOGS / f"{self.kind}-{self.name}.xml"


@dataclass
class Outcome:
    counts: Counts
    trouble: list  # what went wrong, in words; empty when nothing did


class Run:
    """One run of the tests: what was asked for, and the sums so far."""

    def __init__(self, options):
        self.options = options
        self.totals = Counts()
        self.printing = threading.Lock()
        self.length = "long" if options.long else "normal"

    def say(self, text):
        with self.printing:
            print(text, flush=True)

    def wanted(self, kind, name):
        if self.options.quick and kind != "unit":
            return False
        return not self.options.only or any(
            part in f"{kind}/{name}" for part in self.options.only
        )

    def fail(self, title, text, log=None):
        self.totals.failed += 1
        self.say(f"FAILED  {title}: {text}")
        if log:
            self.say(tail(log))


def tail(path):
    try:
        lines = path.read_text(errors="replace").splitlines()
    except OSError:
        return "    (no log)"
    return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])


# ---- building ------------------------------------------------------------------------------------


def logged(command, log):
    """Runs a command with its output in a log file; True when it ended with 0."""
    with log.open("w") as out:
        return subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, check=False).returncode == 0


def configure(run, preset, *settings):
    log = LOGS / f"configure-{preset}.log"
    if logged(["cmake", "--preset", preset, *settings], log):
        return True
    run.fail(f"configure {preset}", "see the log", log)
    return False


def build(run, preset, targets):
    log = LOGS / f"build-{preset}.log"
    began = time.monotonic()
    run.say(f"building {preset} ({len(targets)} targets)")
    command = ["cmake", "--build", str(BUILD / preset), "-j", str(run.options.jobs), "--target"]
    if logged(command + targets, log):
        run.say(f"built    {preset} in {time.monotonic() - began:.0f} s")
        return True
    run.fail(f"build {preset}", "does not build", log)
    return False


def registered_tests(preset):
    """The tests that CMake knows in a configured build folder: name -> binary."""
    listing = subprocess.run(
        ["ctest", "--test-dir", str(BUILD / preset), "--show-only=json-v1"],
        capture_output=True, text=True, check=True)
    folder = str(BUILD / preset / "tests" / "bin")
    found = {}
    for test in json.loads(listing.stdout)["tests"]:
        # A binary that is not built yet has no command: its name is the target's.
        binary = test.get("command", [f"{folder}/{test['name']}"])[0]
        if binary.startswith(folder):
            found[test["name"]] = binary
    return found


def stems(folder, suffix):
    return sorted(path.stem for path in (ROOT / "tests" / folder).glob(f"*{suffix}.cpp"))


def binary_of(preset, name):
    """The program called `name` somewhere below the tests of a build folder."""
    found = [path for path in (BUILD / preset / "tests").rglob(name)
             if path.is_file() and os.access(path, os.X_OK)]
    return str(found[0]) if found else str(BUILD / preset / "tests" / name)


# ---- one item ------------------------------------------------------------------------------------


def base_environment(length):
    environment = dict(os.environ)
    environment.setdefault("VROEGSEIN_SHARED", str(ROOT.parent / "shared"))
    environment.update({
        "VROEGSEIN_SOURCE_DIR": str(ROOT),
        "VROEGSEIN_BUILD_DIR": str(BUILD / "dev"),
        "VROEGSEIN_BINARY": str(BUILD / "dev" / "vroegsein"),
        "VROEGSEIN_TEST_LENGTH": length,
        "PYTHONDONTWRITEBYTECODE": "1",
        "UBSAN_OPTIONS": "print_stacktrace=1",
    })
    return environment


def adopt_orphans():
    """Makes this process the parent of what its children leave behind, so that it can end them."""
    pr_set_child_subreaper = 36
    ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0)


def signal_group(group, number):
    """Sends a signal to a process group of ours; False when nobody of it is left."""
    try:
        while os.waitpid(-group, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True


def gone_within(group, seconds):
    """True as soon as nobody of the process group is left."""
    deadline = time.monotonic() + seconds
    while signal_group(group, 0):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)  # style: waiting for processes to end, bounded by the argument
    return True


def stop_group(group):
    """Ends what is left of a process group that we started; True when something was left. The helper
    with which a sanitizer looks for leaks ends a moment after the process itself."""
    if gone_within(group, LAST_MOMENT_SECONDS):
        return False
    signal_group(group, signal.SIGTERM)
    if gone_within(group, STOP_GRACE_SECONDS):
        return True
    signal_group(group, signal.SIGKILL)
    return True


LIVE = set()  # the groups that run now


def stop_all(number, _frame):
    """Ctrl-C or SIGTERM: what we started ends with us."""
    for group in list(LIVE):
        stop_group(group)
    os._exit(128 + number)


def execute(item):
    """Runs the item; returns (exit code or None when it was stopped, what went wrong)."""
    trouble = []
    with item.log.open("w") as out:
        process = subprocess.Popen(
            item.command, cwd=ROOT, env=item.environment, stdin=subprocess.DEVNULL, stdout=out,
            stderr=subprocess.STDOUT, start_new_session=True)
        LIVE.add(process.pid)
        try:
            code = process.wait(timeout=item.timeout_seconds)
        except subprocess.TimeoutExpired:
            code = None
            trouble.append(f"stopped after {item.timeout_seconds} s")
            stop_group(process.pid)
            process.wait()
        else:
            if stop_group(process.pid):
                trouble.append("left a process behind")
        finally:
            LIVE.discard(process.pid)
    if code is not None and code < 0:
        trouble.append(f"ended by {signal.Signals(-code).name}")
    return code, trouble


def gtest_counts(item):
    """Counts of a GoogleTest run: from its result file, or where it crashed from its output."""
    try:
        report = xml.etree.ElementTree.parse(item.result).getroot()
    except (OSError, xml.etree.ElementTree.ParseError):
        text = item.log.read_text(errors="replace")
        passed = len(re.findall(r"^\[       OK \]", text, re.M))
        failed = len(re.findall(r"^\[  FAILED  \] \S+ \(\d+ ms\)", text, re.M))
        return Counts(passed, failed), ["no result file"]
    counts = Counts()
    for case in report.iter("testcase"):
        if case.find("failure") is not None:
            counts.failed += 1
        elif case.get("result") == "skipped":
            counts.skipped += 1
        elif case.get("status") == "run":
            counts.passed += 1
    return counts, []


def unittest_counts(item):
    """Counts of a Python suite, from the closing lines of unittest."""
    text = item.log.read_text(errors="replace")
    ran = re.findall(r"^Ran (\d+) tests? in ", text, re.M)
    closing = re.findall(r"^(OK|FAILED)(?: \((.*)\))?$", text, re.M)
    if not ran or not closing:
        return Counts(), ["no closing line"]
    numbers = {name: int(value) for name, value in re.findall(r"([a-z ]+)=(\d+)", closing[-1][1])}
    numbers = {name.strip(): value for name, value in numbers.items()}
    failed = sum(numbers.get(name, 0) for name in ("failures", "errors", "unexpected successes"))
    skipped = numbers.get("skipped", 0)
    return Counts(max(0, int(ran[-1]) - failed - skipped), failed, skipped), []


def counts_of(item, code):
    if item.kind in ("unit", "asan"):
        counts, trouble = gtest_counts(item)
    elif item.kind == "python":
        counts, trouble = unittest_counts(item)
    else:
        return Counts(passed=1 if code == 0 else 0, failed=0 if code == 0 else 1), []
    if not trouble and counts.passed + counts.failed + counts.skipped == 0:
        trouble.append("ran no test")
    if code not in (0, None) and counts.failed == 0 and not trouble:
        trouble.append(f"exit code {code} without a failed test")
    return counts, trouble


def run_item(run, item):
    item.result.unlink(missing_ok=True)
    began = time.monotonic()
    try:
        code, trouble = execute(item)
    except OSError as error:
        item.log.write_text(f"{item.command[0]}: {error}\n")
        code, trouble = None, ["cannot be started"]
    counts, more = counts_of(item, code)
    trouble += more
    if trouble and counts.failed == 0:
        counts.failed = 1
    report_item(run, item, Outcome(counts, trouble), time.monotonic() - began)
    return counts


def report_item(run, item, outcome, seconds):
    counts = outcome.counts
    skipped = f", {counts.skipped} skipped" if counts.skipped else ""
    words = f": {'; '.join(outcome.trouble)}" if outcome.trouble else ""
    verdict = "FAILED " if counts.failed else "ok     "
    text = (f"{verdict} {item.title}  {counts.passed} passed, {counts.failed} failed{skipped}"
            f"  ({seconds:.1f} s){words}")
    if counts.failed:
        text += f"\n{tail(item.log)}\n    log: {item.log.relative_to(ROOT)}"
    elif item.kind == "bench" or item.name in ("style_suite",):
        text += f"\n{tail(item.log)}"
    run.say(text)


def run_items(run, items, jobs):
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        for counts in pool.map(lambda item: run_item(run, item), items):
            run.totals.add(counts)


# ---- the kinds -----------------------------------------------------------------------------------


def run_gtest(run, kind, length):
    """Kinds unit and asan: every registered GoogleTest binary of the preset."""
    preset = PRESET[kind]
    if not configure(run, preset):
        return
    tests = {name: binary for name, binary in sorted(registered_tests(preset).items())
             if run.wanted(kind, name)}
    if not tests or not build(run, preset, list(tests)):
        return
    items = []
    for name, binary in tests.items():
        item = Item(kind, name, [], run.options.timeout, base_environment(length))
        item.command = [binary, f"--gtest_output=xml:{item.result}"]
        items.append(item)
    run_items(run, items, run.options.jobs)


def run_unit(run):
    run_gtest(run, "unit", run.length)


def run_asan(run):
    run_gtest(run, "asan", "long" if run.options.long else "short")


def run_python(run):
    items = []
    for path in sorted((ROOT / "tests").glob("*/*_suite.py")):
        if run.wanted("python", path.stem):
            items.append(Item("python", path.stem, [sys.executable, "-B", str(path), "-v"],
                              run.options.timeout, base_environment(run.length)))
    # They start the program itself; those that read the tree only still run when it does not build.
    if items and configure(run, "dev"):
        build(run, "dev", ["vroegsein"])
    # One at a time: these start servers and kill them, and some of them watch the clock.
    run_items(run, items, 1)


def run_fuzz(run):
    names = [name for name in stems("fuzz", "_fuzz") if run.wanted("fuzz", name)]
    if not names or not configure(run, "fuzz") or not build(run, "fuzz", names):
        return
    seconds = 600 if run.options.long else 10
    items = []
    for name in names:
        found = BUILD / "fuzz-corpus" / name
        found.mkdir(parents=True, exist_ok=True)
        seeds = ROOT / "tests" / "fuzz" / "corpus" / name.removesuffix("_fuzz")
        command = [binary_of("fuzz", name), f"-max_total_time={seconds}", "-timeout=10",
                   "-rss_limit_mb=2048", "-print_final_stats=1",
                   f"-artifact_prefix={LOGS}/{name}-", str(found)]
        if seeds.is_dir():
            command.append(str(seeds))
        items.append(Item("fuzz", name, command, seconds + 120, base_environment(run.length)))
    run_items(run, items, run.options.jobs)


def run_bench(run):
    names = [name for name in stems("bench", "_bench") if run.wanted("bench", name)]
    # deploy/run builds in the same folder without them.
    if not names or not configure(run, "release", "-DVROEGSEIN_BENCH=ON"):
        return
    if not build(run, "release", names):
        return
    length = "long" if run.options.long else "short"
    environment = base_environment(length)
    if not run.options.long:
        environment["BENCHMARK_MIN_TIME"] = "0.05"  # google-benchmark's own setting
    run_items(run, [Item("bench", name, [binary_of("release", name)], run.options.timeout,
                         environment) for name in names], 1)


RUNNERS = {"unit": run_unit, "python": run_python, "asan": run_asan, "fuzz": run_fuzz,
           "bench": run_bench}


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="tests/run", description="Installs, builds and runs every test.",
        epilog="The last line is `N passed, N failed`; exit 1 when any failed.")
    parser.add_argument("--quick", action="store_true", help="the unit tests of preset dev only")
    parser.add_argument("--long", action="store_true",
                        help="fuzz ten minutes a target, and every test in its long form")
    parser.add_argument("--only", action="append", default=[], metavar="NAME",
                        help="items whose kind/name contains NAME; may be given more than once")
    parser.add_argument("--timeout", type=int, default=900, metavar="SECONDS",
                        help="when an item counts as hanging (default 900; with --long 7200)")
    parser.add_argument("--no-install", action="store_true",
                        help="leave the system's packages alone (handled by tests/run)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N",
                        help="how many to build and run at once")
    options = parser.parse_args()
    if options.long:
        options.timeout = max(options.timeout, 7200)
    return options


def main():
    run = Run(parse_arguments())
    adopt_orphans()
    signal.signal(signal.SIGINT, stop_all)
    signal.signal(signal.SIGTERM, stop_all)
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    for kind in KINDS:
        if run.options.quick and kind != "unit":
            continue
        try:
            RUNNERS[kind](run)
        except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
            run.fail(kind, f"{type(error).__name__}: {error}")
    totals = run.totals
    if totals.passed + totals.failed == 0:
        run.fail("tests/run", "nothing was run: no item has such a name")
    if totals.skipped:
        run.say(f"{totals.skipped} skipped: their logs in build/test-logs/ say why")
    run.say(f"{totals.passed} passed, {totals.failed} failed")
    return 1 if totals.failed else 0


if __name__ == "__main__":
    sys.exit(main())
