#include "ingest/status.h"

#include <cstdio>

namespace vroegsein {

void CheckFailed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "vroegsein: assertion failed: %s (%s:%d)\n", expression, file, line);
  std::abort();
}

}  // namespace vroegsein
