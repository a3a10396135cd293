// The body of POST /v1/taken/toewijzen: a list of cases, each with whose it is thought to be.
//
//   {"behandelaar": text | null, "zaken": [{"zaakId": text, "verwachteBehandelaar": text | null}]}
//
// Strict: an unknown, missing or repeated field is an error. Pure function; thread safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/field_error.h"

namespace vroegsein {

inline constexpr size_t kBulkCasesMax = 200;
inline constexpr size_t kBulkBytesMax = 64u << 10;

struct BulkAssignment {
  struct One {
    std::string case_id;
    std::string expected;  // empty: nobody's
  };
  std::string assignee;  // empty: back to nobody
  std::vector<One> cases;
};

// What is wrong is appended to `errors`.
BulkAssignment ReadBulkAssignment(std::string_view json, std::vector<FieldError>* errors);

}  // namespace vroegsein
