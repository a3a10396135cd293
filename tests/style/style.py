"""The house style as rules: each check takes the top folder and returns what breaks it.

A banned call names its replacement. A line that has a good reason to use one says so on the line
itself: `// style: why` (in Python, shell and CMake `# style: why`).
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "architecture"))
from architecture import ROOMS, lines_of, tree_files  # noqa: E402

FILE_LINES_MAX = 600
FUNCTION_LINES_MAX = 70
CODE = (".cpp", ".h")
# Text that people read or tools run; data, locks and licences are others' words.
NOT_OURS = {"LICENSE", "package-lock.json"}
EXCUSE = re.compile(r"(//|#|<!--) style: \S")


def in_rooms(path):
    return path.parts[0] in ROOMS and path.suffix in CODE


def in_tests(path):
    return path.parts[0] == "tests" and path.suffix in CODE


def in_code(path):
    return in_rooms(path) or in_tests(path) or str(path) == "main.cpp"


def in_suites(path):
    return path.parts[0] == "tests" and path.suffix == ".py"


def in_text(path):
    return path.name not in NOT_OURS and path.suffix not in (".csv", ".png", ".ico", ".woff2")


@dataclass(frozen=True)
class Ban:
    name: str
    pattern: str
    where: object  # path -> bool
    instead: str
    raw: bool = False  # look at comments and string literals too


def joined(*parts):
    """A word that this file itself must not contain."""
    return "".join(parts)


BANS = (
    Ban("clock", r"\b(system_clock\s*::\s*now|gettimeofday|CLOCK_REALTIME)\b|"
        r"(?<![\w.:>])(std::)?time\s*\(\s*(nullptr|NULL|0|&\w+)\s*\)",
        in_rooms, "take the Instant as an argument: only main.cpp asks the clock"),
    Ban("chance", r"(?<![\w.:>])(std::)?s?rand\s*\(|\brandom_device\b",
        in_rooms, "take a seed or an id as an argument; for secrets use randombytes_buf"),
    Ban("sleep", r"\bsleep_(for|until)\b|(?<![\w.:>])u?sleep\s*\(|\bnanosleep\s*\(",
        lambda path: in_rooms(path) or in_tests(path),
        "wait for the thing itself (condition variable, future, timer of the io_context)"),
    Ban("suite-sleep", r"\btime\.sleep\s*\(", in_suites,
        "poll for the thing itself with a bound, and say so on the line"),
    Ban("money", r"%[0-9]*\.2l?f|\{[^{}]*:[^{}]*\.2f\}", in_rooms,
        "format integer cents: euros, comma, two digits", raw=True),
    Ban("money-type", r"\b(double|float)\s+\w*(cents|euro|amount|bedrag)", in_code,
        "int64_t, in cents"),
    Ban("regex", r"\bstd\s*::\s*(w?regex|regex_\w+|basic_regex)\b|#\s*include\s*<regex>", in_code,
        "std::regex overflows the stack on long input: compare by hand, or use ICU's with limits"),
    Ban("skip", r"\bGTEST_SKIP\s*\(\s*\)\s*(;|$)", in_tests,
        'GTEST_SKIP() << "what is absent, and how to get it"'),
    Ban("disabled", r"\bTEST(_F|_P)?\s*\(\s*\w+\s*,\s*DISABLED_|@unittest\.skip\b",
        lambda path: in_tests(path) or in_suites(path),
        "a test that does not run is none: repair it or delete it"),
    Ban("namespace", r"\busing\s+namespace\s+std\s*;", in_code, "name what you use"),
    Ban("unsafe-c", r"(?<![\w.>])(std::)?(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof)"
        r"\s*\(", in_code, "std::string, fmt::format, std::from_chars"),
    Ban("later", joined(r"\b(TO", r"DO|FIX", r"ME|XX", r"X)\b"), in_text,
        "do it now, or write an issue", raw=True),
    Ban("machine", joined(r"(?<![\w.])/wo", r"rk/|(?<![\w.])/ro", r"ot/"), in_text,
        "no path of one machine: the tree's own top, the environment, a temporary folder", raw=True),
    Ban("registry", joined(r"deb\.debi", r"an\.org|registry\.npm", r"js\.org|\bpypi\.", r"org|",
                           r"repo1?\.maven|proxy\.gol", r"ang\.org|static\.crates|pythonhos", r"ted"),
        lambda path: path.name != "LICENSE" and path.suffix != ".csv",
        "no registry by its host name: the client knows where it is (in a lock file: "
        "npm config omit-lockfile-registry-resolved)", raw=True),
)

LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)\'')


def code_only(line, in_comment):
    """The line without string literals and comments; and whether a block comment goes on."""
    if in_comment:
        end = line.find("*/")
        if end < 0:
            return "", True
        line = line[end + 2:]
    line = LITERAL.sub('""', line)
    line = re.sub(r"/\*.*?\*/", " ", line)
    line = line.split("//", 1)[0]
    start = line.find("/*")
    if start >= 0:
        return line[:start], True
    return line, False


def check_banned(top):
    """Calls and words that the house has something better for."""
    found = []
    for path in tree_files(top):
        bans = [ban for ban in BANS if ban.where(path)]
        if not bans:
            continue
        in_comment = False
        for number, line in enumerate(lines_of(top, path), 1):
            code = line
            if path.suffix in CODE:
                code, in_comment = code_only(line, in_comment)
            elif path.suffix == ".py":
                code = LITERAL.sub('""', line).split("#", 1)[0]
            if EXCUSE.search(line):
                continue
            found += [f"{path}:{number}: {ban.name}: {ban.instead}" for ban in bans
                      if re.search(ban.pattern, line if ban.raw else code)]
    return found


def check_headers(top):
    """A header opens with its purpose and has #pragma once."""
    found = []
    for path in tree_files(top):
        if path.suffix != ".h" or not (in_rooms(path) or in_tests(path)):
            continue
        lines = lines_of(top, path)
        if not lines or not lines[0].startswith("// "):
            found.append(f"{path}:1: starts without a comment on purpose, ownership, threads, errors")
        if "#pragma once" not in lines:
            found.append(f"{path}:1: no #pragma once")
    return found


def check_format(top, program="clang-format-14"):
    """The format of .clang-format; repaired by `clang-format-14 -i FILE`."""
    files = [str(path) for path in tree_files(top) if in_code(path)]
    if not shutil.which(program):
        return [f"{program} is not there: see deploy/packages, group test"]
    result = subprocess.run([program, "--style=file", "--dry-run", "--Werror", *files], cwd=top,
                            capture_output=True, text=True, check=False)
    wrong = sorted(set(re.findall(r"^(\S+?):\d+:\d+: error: code should be clang-formatted",
                                  result.stderr, re.M)))
    if result.returncode and not wrong:
        return [result.stderr.strip()]
    return [f"{path}: clang-format-14 -i {path}" for path in wrong]


NOT_A_FUNCTION = re.compile(r"(namespace|class|struct|enum|union|extern)\b|.*[=]\s*\{$")


def check_function_length(top):
    """A function that does not fit a screen. Reads the format that check_format guarantees.

    Not of the tests: a table of situations may be as long as there are situations.
    """
    found = []
    for path in tree_files(top):
        if not in_code(path) or in_tests(path):
            continue
        start, name = None, ""
        for number, line in enumerate(lines_of(top, path), 1):
            if line == "}" and start:
                if number - start > FUNCTION_LINES_MAX:
                    found.append(f"{path}:{start}: {number - start} lines; at most "
                                 f"{FUNCTION_LINES_MAX}: {name.strip()[:60]}")
                start = None
            elif line.startswith("}"):
                start = None
            elif re.match(r"[A-Za-z_\[]", line) and not NOT_A_FUNCTION.match(line):
                start, name = number, line
    return found


def check_executables(top):
    """What is run by its name is executable and says with what."""
    found = []
    for name in ("deploy/run", "tests/run", ".ci/run"):
        path = Path(top) / name
        if not path.stat().st_mode & 0o100:
            found.append(f"{name}: not executable")
        if lines_of(top, Path(name))[0] != "#!/usr/bin/env bash":
            found.append(f"{name}: starts without #!/usr/bin/env bash")
    return found


def check_publiccode(top):
    """publiccode.yml keeps to the standard's bounds and to the version that CMake builds."""
    import yaml  # here, so that the other checks run without it

    top = Path(top)
    said = yaml.safe_load((top / "publiccode.yml").read_text(encoding="utf-8"))
    version = re.search(r"project\(vroegsein VERSION (\S+)",
                        (top / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)
    found = [f"publiccode.yml: {key} is missing" for key in (
        "publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "developmentStatus",
        "softwareType", "description", "legal", "maintenance", "localisation") if key not in said]
    if said.get("softwareVersion") != version:
        found.append(f"publiccode.yml: softwareVersion is not {version}, as in CMakeLists.txt")
    for language, text in said.get("description", {}).items():
        if len(text["shortDescription"]) > 150:
            found.append(f"publiccode.yml: {language}: shortDescription is over 150 characters")
        if not 150 <= len(text["longDescription"]) <= 10000:
            found.append(f"publiccode.yml: {language}: longDescription is not 150 to 10000 characters")
        if not text["features"]:
            found.append(f"publiccode.yml: {language}: no features")
    return found


def check_packages(top):
    """Each package has its reason, and operations are told of what the program depends on."""
    readme = (Path(top) / "deploy" / "README.md").read_text(encoding="utf-8")
    found, group = [], ""
    for number, line in enumerate(lines_of(top, Path("deploy/packages")), 1):
        match = re.match(r"(\S+)\s+#\s*\S", line)
        if line.startswith("["):
            group = line.strip("[]")
        elif line and not line.startswith("#") and not match:
            found.append(f"deploy/packages:{number}: a package without its reason")
        elif match and group in ("build", "run"):
            if not re.search(rf"(?<![\w-]){re.escape(match.group(1))}(?![\w-])", readme):
                found.append(f"deploy/packages:{number}: {match.group(1)} is not in deploy/README.md")
    return found


def long_files(top):
    """Files above the house's size, as a warning: one purpose a file."""
    found = []
    for path in tree_files(top):
        if path.suffix in CODE + (".py", ".ts", ".tsx") and path.name not in NOT_OURS:
            count = len(lines_of(top, path))
            if count > FILE_LINES_MAX:
                found.append(f"{path}: {count} lines")
    return found
