"""One thread of a process of ours that is made to stand still, as one that waits for a disk does.

Through ptrace(2): from the thread that froze it, and for as long as that one lives.
"""

import ctypes
import os
from pathlib import Path

SEIZE, INTERRUPT, DETACH = 0x4206, 0x4207, 17
WAIT_ALL = 0x40000000  # __WALL

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
LIBC.ptrace.restype = ctypes.c_long


def ptrace(request, thread):
    if LIBC.ptrace(request, thread, None, None) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def thread_of(process, name):
    """The number of its thread of that name."""
    for folder in Path(f"/proc/{process}/task").iterdir():
        if (folder / "comm").read_text(encoding="utf-8").strip() == name:
            return int(folder.name)
    raise AssertionError(f"no thread {name}")


class Frozen:
    """`with Frozen(process, name):` PermissionError where the system does not allow it."""

    def __init__(self, process, name):
        self.thread = thread_of(process, name)

    def __enter__(self):
        ptrace(SEIZE, self.thread)
        ptrace(INTERRUPT, self.thread)
        os.waitpid(self.thread, WAIT_ALL)
        return self

    def __exit__(self, *_):
        ptrace(DETACH, self.thread)
