"""What must not compile, does not: each .cpp here is a mistake that the types have to catch.

A file names the compiler's complaint in a line `// expect: <regular expression>`, and has its mistake
between `#ifdef MISTAKE` and `#endif`. It is compiled twice with our own warnings: without the mistake it
must pass, so that the complaint is about the mistake and nothing else.
"""

import os
import re
import subprocess
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
BUILD = Path(os.environ.get("VROEGSEIN_BUILD_DIR", TOP / "build" / "dev"))
EXPECT = re.compile(r"^// expect: (.+)$", re.M)


def compile_file(path, *defines):
    command = [os.environ.get("CXX", "g++"), "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra",
               "-Wshadow", "-Wconversion", "-Werror", f"-I{TOP}", "-isystem", str(BUILD / "proto"),
               *defines, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False,
                          env={**os.environ, "LC_ALL": "C"}, stdin=subprocess.DEVNULL)


class MustNotCompile(unittest.TestCase):
    """One test per file; made below."""


def make_test(path):
    def test(self):
        expected = EXPECT.search(path.read_text(encoding="utf-8"))
        self.assertIsNotNone(expected, f"{path.name} has no line `// expect: ...`")
        sound = compile_file(path)
        self.assertEqual(sound.returncode, 0, f"without its mistake it must compile:\n{sound.stderr}")
        broken = compile_file(path, "-DMISTAKE")
        self.assertNotEqual(broken.returncode, 0, "the mistake compiles")
        self.assertRegex(broken.stderr, expected.group(1))
    return test


for _path in sorted(HERE.glob("*.cpp")):
    setattr(MustNotCompile, f"test_{_path.stem}", make_test(_path))


if __name__ == "__main__":
    unittest.main()
