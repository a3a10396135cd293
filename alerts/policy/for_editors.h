// A model as the editors read it: dmn-js, and what is built on it, knows DMN up to 1.3.
//
// Only the namespaces differ, so nothing is lost and the program reads what the editor saves. A
// model that uses an element which came with DMN 1.4 or 1.5 has no such form. Pure; thread safe.
#pragma once

#include <string>
#include <string_view>

#include "ingest/status.h"

namespace vroegsein {

// kInvalid when it is no model, with every error, or uses what DMN 1.3 lacks.
Result<std::string> AsDmn13(std::string_view model);

}  // namespace vroegsein
