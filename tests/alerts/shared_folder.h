// Where the reference material that is not in this tree lies: the environment's VROEGSEIN_SHARED,
// or the folder `shared` beside the tree. A test that finds it absent skips with one line.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace vroegsein::testing {

inline std::filesystem::path SharedFolder() {
  const char* named = std::getenv("VROEGSEIN_SHARED");
  if (named != nullptr && *named != '\0') return named;
  return std::filesystem::path(VROEGSEIN_SOURCE_DIR).parent_path() / "shared";
}

}  // namespace vroegsein::testing
