// CloudEvent: the signal inside a CloudEvents 1.0 envelope (structured mode, JSON), as the NL GOV
// profile has it.
//
//   { "specversion": "1.0", "id": text, "source": text, "type": text, "data": { a signal }, ... }
//
// Those five are required; `data` is a JSON object. Further context attributes are allowed and not
// looked at: the partner follows from the topic, and the signal's own id tells it apart.
//
// A pure function; thread safe. Errors: every one of the envelope, with its field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/field_error.h"

namespace vroegsein {

// Whether the text is an envelope at all: an object with a `specversion`.
bool IsCloudEvent(std::string_view json);

// The text of `data`, empty when there are errors.
std::string DataOfCloudEvent(std::string_view json, std::vector<FieldError>* errors);

}  // namespace vroegsein
