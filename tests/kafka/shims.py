"""Two small libraries that a process is started with (LD_PRELOAD): a clock that is wrong, and a disk
that is slow. Made by the C compiler that builds us.
"""

import os
import subprocess
from pathlib import Path

# What a JVM and everybody else asks for the time of day.
SHIFTED_CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long shift(void) { return atol(getenv("SHIFTED_CLOCK_SECONDS")); }

int clock_gettime(clockid_t clock, struct timespec *now) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int failed = real(clock, now);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += shift();
  return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec precise;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &precise);
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out) *out = now.tv_sec;
  return now.tv_sec;
}
"""

# Every sync takes so long while the file SLOW_DISK is there, which says how many microseconds.
SLOW_DISK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_for_disk(void) {
  FILE *file = fopen(getenv("SLOW_DISK"), "r");
  unsigned microseconds = 0;
  if (!file) return;
  if (fscanf(file, "%u", &microseconds) == 1) usleep(microseconds);
  fclose(file);
}

int fdatasync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  wait_for_disk();
  return real(file);
}

int fsync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  wait_for_disk();
  return real(file);
}
"""


def make(folder, name, source):
    library = Path(folder) / f"{name}.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-x", "c", "-", "-o", str(library), "-ldl"],
                   input=source, text=True, check=True, timeout=60)
    return library


def shifted_clock(folder, seconds):
    """The environment of a process whose clock is off by so many."""
    library = make(folder, "shifted_clock", SHIFTED_CLOCK)
    return {**os.environ, "LD_PRELOAD": str(library), "SHIFTED_CLOCK_SECONDS": str(seconds)}


class SlowDisk:
    """The environment of a process whose disk can be made slow, and well again."""

    def __init__(self, folder):
        self.file = Path(folder) / "slow-disk"
        library = make(folder, "slow_disk", SLOW_DISK)
        self.environment = {**os.environ, "LD_PRELOAD": str(library), "SLOW_DISK": str(self.file)}

    def slow(self, milliseconds):
        self.file.write_text(str(milliseconds * 1000), encoding="utf-8")

    def well(self):
        self.file.unlink()
