// FieldError: what is wrong with one field of a delivery, told to whoever sent it.
//
// `code` is kebab-case, listed in error_codes.md, and never changes meaning. `field` is a JSON
// pointer
// (`/client/postcode`; empty for the whole record), the same for JSON and CSV. `message` is Dutch
// at level B1: what is wrong and what to do; for CSV it names row and column. It never repeats the
// value, so that no error carries anything about a person.
#pragma once

#include <string>

namespace vroegsein {

struct FieldError {
  std::string code;
  std::string field;
  std::string message;
};

}  // namespace vroegsein
