// ImportsFrom finds imported models among the .dmn files of one folder, by their namespace.
//
// Reads files when it is called, at load time only. A file that cannot be read is skipped. One
// thread at a time.
#pragma once

#include <string>

#include "rules/dmn/model.h"

namespace vroegsein::dmn {

decltype(LoadOptions::resolve_import) ImportsFrom(const std::string& folder);
// The bytes of a file; nullopt when it cannot be read.
std::optional<std::string> ReadWholeFile(const std::string& path);

}  // namespace vroegsein::dmn
