// Tests in the format of the DMN Technology Compatibility Kit: a file of cases beside a model. The
// tests of a policy are such a file too.
//
// RunTests() works on texts; RunFolder() walks folders of models and test files, as the kit is laid
// out. One thread. Errors: a file that cannot be read is a failed case, nothing is thrown.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn/model.h"

namespace vroegsein::dmn {

struct TestFailure {
  std::string file;
  std::string test_case;  // id
  std::string node;       // the decision asked for
  std::string expected;
  std::string found;
  std::string message;  // the first reason that the evaluation gave
  std::string ToString() const;
};

struct TestTotals {
  size_t passed = 0;
  size_t failed = 0;
  std::vector<TestFailure> failures;
};

// The model's file name as the test file says it; empty when it is no test file.
std::string ModelNameOf(std::string_view test_xml);

// A case passes when each of its result nodes does.
TestTotals RunTests(const std::shared_ptr<const Model>& model, std::string_view test_xml,
                    const std::string& file_name);

// All test files below `folder`. A model that is refused fails each case of its test file.
TestTotals RunFolder(const std::string& folder);

}  // namespace vroegsein::dmn
