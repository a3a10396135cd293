"""The checks of architecture.py over this tree, and over copies that break each of them."""

import shutil
import tempfile
import unittest
from pathlib import Path

import architecture

TOP = Path(__file__).resolve().parent.parent.parent


class ThisTree(unittest.TestCase):
    def holds(self, check):
        self.assertEqual(check(TOP), [], check.__doc__)

    def test_includes_follow_the_arrows(self):
        self.holds(architecture.check_include_arrows)

    def test_our_headers_are_named_from_the_top(self):
        self.holds(architecture.check_include_paths)

    def test_heavy_headers_stay_out_of_ours(self):
        self.holds(architecture.check_heavy_headers)

    def test_libraries_follow_the_arrows(self):
        self.holds(architecture.check_link_arrows)

    def test_the_libraries_of_a_room_follow_theirs(self):
        self.holds(architecture.check_library_arrows)

    def test_sources_are_listed_not_globbed(self):
        self.holds(architecture.check_no_glob)

    def test_every_source_is_registered(self):
        self.holds(architecture.check_sources_registered)

    def test_every_suite_is_found(self):
        self.holds(architecture.check_suites_found)

    def test_the_top_level_is_the_agreed_one(self):
        self.holds(architecture.check_top_level)

    def test_main_reads_as_a_sentence(self):
        self.holds(architecture.check_main_is_short)

    def test_no_two_types_have_one_name(self):
        self.holds(architecture.check_types_named_once)


class BrokenCopies(unittest.TestCase):
    """Each check sees what it is there for: a copy of the tree with one thing wrong."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = Path(folder.name)
        for path in architecture.tree_files(TOP):
            (self.top / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(TOP / path, self.top / path)

    def append(self, name, text):
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    def sees(self, check, name):
        """The check complains about `name`, and about nothing else that the tree did not have."""
        found = [line for line in check(self.top) if line not in check(TOP)]
        self.assertEqual([line.split(":")[0] for line in found], [name], found)

    def test_every_turned_include_is_seen(self):
        for room, target in (("rules", "ingest/status.h"), ("ingest", "store/planted.h"),
                             ("ingest", "rules/planted.h"), ("store", "rules/planted.h"),
                             ("store", "alerts/planted.h"), ("rules", "alerts/planted.h")):
            with self.subTest(room=room, target=target):
                planted = f"{room}/turned_to_{target.split('/')[0]}.cpp"
                self.append(planted, f'#include "{target}"\n')
                self.sees(architecture.check_include_arrows, planted)
                (self.top / planted).unlink()

    def test_an_arrow_turned_in_a_proto_is_seen(self):
        self.append("ingest/planted.proto", 'import "store/planted.proto";\n')
        self.sees(architecture.check_include_arrows, "ingest/planted.proto")

    def test_the_right_way_is_free(self):
        self.append("alerts/planted.cpp", '#include "ingest/status.h"\n')
        self.append("store/planted.cpp", '#include "ingest/status.h"\n')
        self.assertEqual(architecture.check_include_arrows(self.top),
                         architecture.check_include_arrows(TOP))

    def test_a_header_that_does_not_exist_is_seen(self):
        self.append("store/planted.cpp", '#include "nowhere.h"\n')
        self.sees(architecture.check_include_paths, "store/planted.cpp")

    def test_a_heavy_header_is_seen(self):
        self.append("store/planted.h", "#include <rocksdb/db.h>\n")
        self.sees(architecture.check_heavy_headers, "store/planted.h")

    def test_a_turned_library_is_seen(self):
        self.append("rules/CMakeLists.txt",
                    "target_link_libraries(vroegsein_rules PUBLIC vroegsein_ingest)\n")
        self.sees(architecture.check_link_arrows, "rules/CMakeLists.txt")

    def test_a_turned_arrow_within_a_room_is_seen(self):
        self.append("alerts/desk/planted.h", '#include "alerts/api/input.h"\n')
        self.sees(architecture.check_library_arrows, "alerts/desk/planted.h")

    def test_a_folder_in_two_libraries_is_seen(self):
        self.append("alerts/CMakeLists.txt",
                    "vroegsein_library(planted SOURCES desk/planted.cpp LINK vroegsein_desk)\n")
        self.sees(architecture.check_library_arrows, "alerts/CMakeLists.txt")

    def test_a_glob_is_seen(self):
        self.append("store/CMakeLists.txt", "file(GLOB sources *.cpp)\n")
        self.sees(architecture.check_no_glob, "store/CMakeLists.txt")

    def test_a_forgotten_test_is_seen(self):
        self.append("tests/ingest/planted_test.cpp", "\n")
        self.sees(architecture.check_sources_registered, "tests/ingest/planted_test.cpp")

    def test_a_forgotten_folder_of_tests_is_seen(self):
        self.append("tests/planted/planted_test.cpp", "\n")
        self.append("tests/planted/CMakeLists.txt",
                    "vroegsein_test(planted_test SOURCES planted_test.cpp)\n")
        self.sees(architecture.check_sources_registered, "tests/planted/planted_test.cpp")

    def test_a_misplaced_suite_is_seen(self):
        self.append("tests/planted/deeper/planted_suite.py", "\n")
        self.sees(architecture.check_suites_found, "tests/planted/deeper/planted_suite.py")

    def test_a_stranger_at_the_top_is_seen(self):
        self.append("utils/planted.cpp", "\n")
        self.sees(architecture.check_top_level, "utils")

    def test_a_second_type_of_a_name_is_seen(self):
        hidden = "namespace vroegsein {\nnamespace {\nstruct Planted {\n};\n}  // namespace\n"
        self.append("alerts/api/planted_a.cpp", hidden + "}  // namespace vroegsein\n")
        self.append("alerts/api/planted_b.cpp", hidden + "}  // namespace vroegsein\n")
        self.assertEqual(architecture.check_types_named_once(self.top), [])
        seen = "namespace vroegsein {\nclass Desk final {\n};\n}  // namespace vroegsein\n"
        self.append("store/planted.h", seen)
        self.sees(architecture.check_types_named_once, "store/planted.h")

    def test_a_long_main_is_seen(self):
        self.append("main.cpp", "//\n" * architecture.MAIN_LINES_MAX)
        self.sees(architecture.check_main_is_short, "main.cpp")


if __name__ == "__main__":
    unittest.main()
