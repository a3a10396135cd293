// The door that a version of a policy comes in by: is it a model that the desk can ask, does it
// have tests, and do they pass? Every reason against it at once.
//
// A policy's tests are a file in the format of the DMN Technology Compatibility Kit, beside it:
// `X.test.xml` beside `X.dmn`. Pure; thread safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/status.h"

namespace vroegsein {

struct PolicyFinding {
  std::string code;  // beleid-ongeldig, beleid-zonder-tests, beleid-test-mislukt
  std::string text;  // element and line, or test case and decision
};

struct Examination {
  std::string hash;  // empty when the model is refused
  size_t passed = 0;
  size_t failed = 0;
  std::vector<PolicyFinding> findings;  // empty: it may be activated

  // kInvalid with every finding, one a line.
  Status ToStatus() const;
};

// `tests` empty: there are none.
Examination Examine(std::string_view model, std::string_view tests);

// `X.test.xml` for `X.dmn`.
std::string TestFileBeside(const std::string& model_path);

}  // namespace vroegsein
