"""The shape of the tree as rules: each check takes the top folder and returns what breaks it.

The rooms and their arrows are those of style.md: rules knows nobody, ingest knows the signal, store
keeps it, alerts uses all three, main.cpp wires. architecture_suite.py runs the checks over this tree,
and over copies in which something was broken on purpose.
"""

import os
import re
import subprocess
from pathlib import Path

# room -> the rooms whose headers it may include and whose libraries it may link.
ARROWS = {
    "rules": {"rules"},
    "ingest": {"ingest"},
    "store": {"store", "ingest"},
    "alerts": {"alerts", "store", "ingest", "rules"},
}
ROOMS = tuple(ARROWS)

TOP_REQUIRED = {"CMakeLists.txt", "ingest", "rules", "store", "alerts", "tests", "deploy", "README.md",
                "main.cpp", "LICENSE", "publiccode.yml"}
# What tools want to find there, beside dotfiles.
TOP_ALLOWED = TOP_REQUIRED | {"CMakePresets.json"}

MAIN_LINES_MAX = 150

# Other people's headers that cost a second each: in .cpp files only, or behind our own type.
HEAVY = re.compile(
    r"^(simdjson\.h|rocksdb/|boost/|gtest/|gmock/|rapidcheck|benchmark/|CLI/|spdlog/|yaml-cpp/|"
    r"pugixml|unicode/|phonenumbers/|prometheus/|bid_|date/tz\.h)")

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
PROTO_IMPORT = re.compile(r'^\s*import\s+(?:public\s+)?"([^"]+)"')


def tree_files(top):
    """Every file of the tree as a relative path: what git knows or would add; without git, all."""
    top = Path(top)
    if (top / ".git").exists():
        listing = subprocess.run(
            ["git", "-c", "safe.directory=*", "-C", str(top), "ls-files", "-co",
             "--exclude-standard", "-z"], capture_output=True, text=True, check=False)
        if listing.returncode == 0:
            names = {name for name in listing.stdout.split("\0") if name}
            return sorted(Path(name) for name in names if (top / name).is_file())
    found = []
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders
                      if name not in ("build", "__pycache__", "node_modules", ".git")]
        found += [(Path(folder) / name).relative_to(top) for name in names]
    return sorted(found)


def room_of(path):
    """The room a relative path lies in, or None."""
    first = Path(path).parts[0] if Path(path).parts else ""
    return first if first in ROOMS else None


def lines_of(top, path):
    return (Path(top) / path).read_text(encoding="utf-8", errors="replace").splitlines()


def includes_of(top, path):
    """(line number, what is included) of a C++ or .proto file."""
    pattern = PROTO_IMPORT if path.suffix == ".proto" else INCLUDE
    for number, line in enumerate(lines_of(top, path), 1):
        match = pattern.match(line)
        if match:
            yield number, match.group(1)


def check_include_arrows(top):
    """An include that goes against the arrows."""
    found = []
    for path in tree_files(top):
        room = room_of(path)
        if room is None or path.suffix not in (".cpp", ".h", ".proto"):
            continue
        for number, target in includes_of(top, path):
            other = room_of(target)
            if other and other not in ARROWS[room]:
                found.append(f"{path}:{number}: {room} includes {target}: {room} may know only "
                             f"{', '.join(sorted(ARROWS[room]))}")
            if target.startswith("tests/"):
                found.append(f"{path}:{number}: includes {target}: nothing depends on the tests")
    return found


def check_include_paths(top):
    """Our own headers are included from the top ("store/desk.h"), and exist."""
    found = []
    for path in tree_files(top):
        if path.suffix not in (".cpp", ".h") or path.parts[0] == "deploy":
            continue
        for number, line in enumerate(lines_of(top, path), 1):
            match = re.match(r'^\s*#\s*include\s*"([^"]+)"', line)
            if not match:
                continue
            target = match.group(1)
            exists = ((Path(top) / target).is_file()
                      or (Path(top) / re.sub(r"\.pb\.h$", ".proto", target)).is_file())
            if ".." in target or not exists:
                found.append(f'{path}:{number}: #include "{target}": our headers are named by their '
                             "path from the top; <...> is for other people's")
    return found


def is_internal(top, path):
    """A header that says `Internal to FOLDER`, and that only sources of that folder include."""
    if f"Internal to {path.parent}" not in re.sub(r"\s*\n//\s*", " ", "\n".join(lines_of(top, path))):
        return False
    users = [user for user in tree_files(top) if user.suffix in (".h", ".cpp")
             and any(target == str(path) for _, target in includes_of(top, user))]
    return all(user.suffix == ".cpp" and user.parent == path.parent for user in users)


def check_heavy_headers(top):
    """A heavy header of a library inside one of our own headers (a test's fixture may have gtest, and
    a header that a folder keeps to its own sources what those need)."""
    found = []
    for path in tree_files(top):
        if path.suffix != ".h" or not (room_of(path) or path.parts[0] == "tests"):
            continue
        if is_internal(top, path):
            continue
        for number, target in includes_of(top, path):
            if HEAVY.match(target) and not (
                    path.parts[0] == "tests" and re.match(r"gtest/|gmock/|rapidcheck", target)):
                found.append(f"{path}:{number}: {target} in a header: include it in the .cpp, and "
                             "declare or wrap the type")
    return found


def cmake_files(top):
    return [path for path in tree_files(top)
            if path.name == "CMakeLists.txt" or path.suffix == ".cmake"]


def cmake_text(top, path):
    """The text of a CMake file without its comments."""
    return "\n".join(re.sub(r"#.*", "", line) for line in lines_of(top, path))


TARGET = re.compile(r"\b(?:vroegsein_library|vroegsein_protobuf|add_library|add_executable)\s*\(\s*"
                    r"([A-Za-z0-9_.-]+)")


def check_link_arrows(top):
    """A room's CMake file that names a target of a room it may not know."""
    home, texts = {}, {}
    for path in cmake_files(top):
        room = room_of(path)
        if room:
            texts[path] = cmake_text(top, path)
            home.update({name: room for name in TARGET.findall(texts[path])})
    found = []
    for path, text in texts.items():
        room = room_of(path)
        for word in sorted(set(re.findall(r"[A-Za-z0-9_.-]+", text))):
            if word in home and home[word] not in ARROWS[room]:
                found.append(f"{path}: links {word} of {home[word]}: {room} may know only "
                             f"{', '.join(sorted(ARROWS[room]))}")
    return found


LIBRARY = re.compile(r"vroegsein_library\(\s*(\S+)\s+SOURCES\s+([^)]*?)\bLINK\s+([^)]*)\)")


def libraries_of(top, room):
    """Of a room: folder -> its libraries, and library -> the libraries of the room that it may know."""
    text = cmake_text(top, Path(room) / "CMakeLists.txt")
    homes, known = {}, {}
    for name, sources, link in LIBRARY.findall(text):
        for source in sources.split():
            homes.setdefault(str(Path(source).parent), set()).add(name)
        known[name] = {name}.union(*(known.get(word, ()) for word in link.split()))
    return homes, known


def check_library_arrows(top):
    """A room that is more than one library: a folder is in one of them, and includes what that links."""
    homes, known = libraries_of(top, "alerts")
    found = [f"alerts/CMakeLists.txt: {folder} is in {' and '.join(sorted(names))}"
             for folder, names in homes.items() if len(names) > 1]
    if found:
        return found
    for path in tree_files(top):
        own = homes.get(path.parts[1]) if path.parts[0] == "alerts" and len(path.parts) > 2 else None
        if own is None or path.suffix not in (".cpp", ".h"):
            continue
        for number, target in includes_of(top, path):
            other = homes.get(Path(target).parts[1]) if target.startswith("alerts/") else None
            if other and not other <= set().union(*(known[name] for name in own)):
                found.append(f"{path}:{number}: {target} is of {min(other)}, which {min(own)} may not know")
    return found


def check_no_glob(top):
    """Sources are listed one by one: a build must notice a file that came or went."""
    return [f"{path}: file(GLOB): list the files"
            for path in cmake_files(top)
            if re.search(r"\bfile\s*\(\s*GLOB|\baux_source_directory\b", cmake_text(top, path), re.I)]


def reachable_cmake_folders(top):
    """The folders whose CMakeLists.txt is read, following add_subdirectory from the top."""
    reached, queue = set(), [Path(".")]
    while queue:
        folder = queue.pop()
        file = Path(top) / folder / "CMakeLists.txt"
        if folder in reached or not file.is_file():
            continue
        reached.add(folder)
        for name in re.findall(r"\badd_subdirectory\s*\(\s*([A-Za-z0-9_./-]+)",
                               cmake_text(top, folder / "CMakeLists.txt")):
            queue.append(folder / name)
    return reached


def check_sources_registered(top):
    """A source file that no build reads: a test that does not run is none."""
    top = Path(top)
    reached = reachable_cmake_folders(top)
    words = {folder: set(re.findall(r"[A-Za-z0-9_./-]+", cmake_text(top, folder / "CMakeLists.txt")))
             for folder in reached}
    found = []
    for path in tree_files(top):
        if path.suffix != ".cpp" or not (room_of(path) or path.parts[0] == "tests"):
            continue
        if path.parts[:2] == ("tests", "must_not_compile"):
            continue
        if not any(listed_in(words[folder], path.relative_to(folder))
                   for folder in reached if folder in path.parents):
            found.append(f"{path}: in no CMakeLists.txt that is read")
    return found


def listed_in(words, path):
    """A source by its name; the helpers of fuzz and bench also take it without .cpp."""
    return str(path) in words or str(path.with_suffix("")) in words


def check_suites_found(top):
    """A Python suite outside tests/<folder>/ would never be run."""
    return [f"{path}: suites live in tests/<folder>/<name>_suite.py"
            for path in tree_files(top)
            if path.name.endswith("_suite.py") and not (len(path.parts) == 3
                                                        and path.parts[0] == "tests")]


def check_top_level(top):
    """The top level is fixed."""
    names = {path.parts[0] for path in tree_files(top)}
    found = [f"{name}: does not belong at the top" for name in sorted(names - TOP_ALLOWED)
             if not name.startswith(".")]
    return found + [f"{name}: missing at the top" for name in sorted(TOP_REQUIRED - names)]


def check_main_is_short(top):
    """main.cpp reads as a sentence."""
    count = len(lines_of(top, Path("main.cpp")))
    if count < MAIN_LINES_MAX:
        return []
    return [f"main.cpp: {count} lines; under {MAIN_LINES_MAX}, the rest belongs to a room"]


NAMESPACE = re.compile(r"^namespace (\S*) ?\{")
TYPE = re.compile(r"^(?:struct|class|enum class|enum) (\w+)\b(?!::)[^;]*\{")


def types_of(top, path):
    """(line number, qualified name) of every type that other files can see."""
    scope = []
    for number, line in enumerate(lines_of(top, path), 1):
        opened, named = NAMESPACE.match(line), TYPE.match(line)
        if opened:
            scope.append(opened.group(1))
        elif line.startswith("}  // namespace") and scope:
            scope.pop()
        elif named and "" not in scope:
            yield number, "::".join(scope + [named.group(1)])


def check_types_named_once(top):
    """Two types of one name: the linker keeps one of their destructors for both, without a word."""
    found, first = [], {}
    for path in tree_files(top):
        if path.suffix not in (".h", ".cpp") or not room_of(path):
            continue
        for number, name in types_of(top, path):
            if name in first:
                found.append(f"{path}:{number}: {name} is another type in {first[name]}")
            first.setdefault(name, path)
    return found


CHECKS = (check_include_arrows, check_include_paths, check_heavy_headers, check_link_arrows,
          check_library_arrows, check_no_glob, check_sources_registered, check_suites_found, check_top_level,
          check_main_is_short, check_types_named_once)
