"""The checks of style.py over this tree, and each ban over a line that breaks it."""

import tempfile
import unittest
from pathlib import Path

import style

TOP = Path(__file__).resolve().parent.parent.parent

# ban -> (where, a line that breaks it, a line that does not)
EXAMPLES = {
    "clock": ("store/x.cpp", "auto now = std::chrono::system_clock::now();",
              "auto age = now - event.time();"),
    "chance": ("store/x.cpp", "int id = rand();", "int id = operand(1);"),
    "sleep": ("tests/store/x_test.cpp", "std::this_thread::sleep_for(1s);", "done.get_future().wait();"),
    "suite-sleep": ("tests/http/x_suite.py", "time.sleep(1)", "wait_until_ready(server)"),
    "money": ("alerts/x.cpp", 'fmt::format("{:.2f}", cents / 100.0);', 'fmt::format("{}", cents);'),
    "money-type": ("alerts/x.cpp", "double arrears_cents = 0;", "int64_t arrears_cents = 0;"),
    "regex": ("ingest/x.cpp", "std::regex postcode(pattern);", "bool regexless = true;"),
    "skip": ("tests/store/x_test.cpp", "GTEST_SKIP();", 'GTEST_SKIP() << "no shared folder";'),
    "disabled": ("tests/store/x_test.cpp", "TEST(Store, DISABLED_Keeps) {", "TEST(Store, Keeps) {"),
    "namespace": ("rules/x.cpp", "using namespace std;", "using std::chrono::day;"),
    "unsafe-c": ("ingest/x.cpp", "int n = atoi(text);", "std::from_chars(first, last, n);"),
    "later": ("rules/x.cpp", "// TO" + "DO: more", "// Methods"),
    "machine": ("deploy/x.sh", "cd /wo" + "rk/shared", 'cd "$root/../shared"'),
    "registry": ("deploy/x.sh", "curl https://registry.npm" + "js.org/x", "npm ci"),
}


class ThisTree(unittest.TestCase):
    def test_no_banned_call(self):
        self.assertEqual(style.check_banned(TOP), [])

    def test_headers_say_what_they_are_for(self):
        self.assertEqual(style.check_headers(TOP), [])

    def test_the_format_is_kept(self):
        self.assertEqual(style.check_format(TOP), [])

    def test_functions_fit_a_screen(self):
        self.assertEqual(style.check_function_length(TOP), [])

    def test_packages_have_their_reason(self):
        self.assertEqual(style.check_packages(TOP), [])

    def test_scripts_can_be_run(self):
        self.assertEqual(style.check_executables(TOP), [])

    def test_publiccode_is_in_order(self):
        self.assertEqual(style.check_publiccode(TOP), [])


class Bans(unittest.TestCase):
    def banned(self, name, line):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.parent.mkdir(parents=True)
            path.write_text(line + "\n", encoding="utf-8")
            return [found.split(": ")[1] for found in style.check_banned(folder)]

    def test_each_ban_is_seen_and_its_replacement_is_free(self):
        self.assertEqual(set(EXAMPLES), {ban.name for ban in style.BANS})
        for ban, (name, wrong, right) in EXAMPLES.items():
            with self.subTest(ban=ban):
                self.assertIn(ban, self.banned(name, wrong))
                self.assertNotIn(ban, self.banned(name, right))

    def test_comments_and_literals_are_not_code(self):
        self.assertEqual(self.banned("store/x.cpp", '// never rand()\nSay("rand()"); /* rand() */'), [])

    def test_a_line_may_say_why(self):
        self.assertEqual(self.banned("store/x.cpp", "int n = rand();  // style: a demonstration"), [])

    def test_a_wrong_format_is_seen(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "rules").mkdir()
            (Path(folder) / ".clang-format").write_bytes((TOP / ".clang-format").read_bytes())
            (Path(folder) / "rules" / "x.cpp").write_text("int  x ;\n", encoding="utf-8")
            self.assertEqual(len(style.check_format(folder)), 1)

    def test_a_long_function_is_seen(self):
        body = "  Step();\n" * style.FUNCTION_LINES_MAX
        for text, count in ((f"int Long(\n    int x) {{\n{body}}}\n", 1),
                            (f"TEST(Rules, Long) {{\n{body}}}\n", 1),
                            (f"int Short() {{\n  Step();\n}}\n{'// x' * 9}\n", 0),
                            (f"const Row kTable[] = {{\n{body}}};\n", 0),
                            (f"namespace x {{\n{body}}}  // namespace x\n", 0)):
            with self.subTest(text=text[:30]), tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "rules").mkdir()
                (Path(folder) / "rules" / "x.cpp").write_text(text, encoding="utf-8")
                self.assertEqual(len(style.check_function_length(folder)), count)


if __name__ == "__main__":
    for warning in style.long_files(TOP):
        print(f"warning: {warning}; over {style.FILE_LINES_MAX}: has it one purpose?", flush=True)
    unittest.main()
