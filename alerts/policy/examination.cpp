#include "alerts/policy/examination.h"

#include <filesystem>

#include "alerts/desk/policy.h"
#include "rules/dmn/session.h"
#include "rules/dmn/tck.h"

namespace vroegsein {
namespace {

constexpr char kInvalid[] = "beleid-ongeldig";

void FindMissing(const std::shared_ptr<const dmn::Model>& model, Examination* found) {
  std::vector<std::string> names(kSignalDecisions.begin(), kSignalDecisions.end());
  names.insert(names.end(), kCaseDecisions.begin(), kCaseDecisions.end());
  dmn::Session session(model, names);
  for (const std::string& name : session.unknown_decisions()) {
    found->findings.push_back({kInvalid, "the model lacks the decision " + name});
  }
}

void RunTests(const std::shared_ptr<const dmn::Model>& model, std::string_view tests,
              Examination* found) {
  if (tests.empty()) {
    found->findings.push_back({"beleid-zonder-tests", "there is no test file beside the policy"});
    return;
  }
  dmn::TestTotals totals = dmn::RunTests(model, tests, "tests");
  found->passed = totals.passed;
  found->failed = totals.failed;
  for (const dmn::TestFailure& failure : totals.failures) {
    found->findings.push_back({"beleid-test-mislukt", failure.ToString()});
  }
  if (totals.passed + totals.failed == 0) {
    found->findings.push_back({"beleid-zonder-tests", "the test file holds no test case"});
  }
}

}  // namespace

Status Examination::ToStatus() const {
  if (findings.empty()) return Status::Ok();
  std::string text = "the policy is refused:";
  for (const PolicyFinding& finding : findings) text += "\n  " + finding.text;
  return Status::Invalid(std::move(text));
}

Examination Examine(std::string_view model, std::string_view tests) {
  Examination found;
  if (model.size() > kPolicyBytesMax || tests.size() > kPolicyBytesMax) {
    found.findings.push_back({kInvalid, "the model or its test file is larger than 4 MiB"});
    return found;
  }
  dmn::LoadResult loaded = dmn::Model::Load(model);
  if (loaded.model == nullptr) {
    for (const dmn::LoadError& error : loaded.errors) {
      found.findings.push_back({kInvalid, error.ToString()});
    }
    return found;
  }
  found.hash = loaded.model->hash();
  FindMissing(loaded.model, &found);
  RunTests(loaded.model, tests, &found);
  return found;
}

std::string TestFileBeside(const std::string& model_path) {
  return std::filesystem::path(model_path).replace_extension(".test.xml").string();
}

}  // namespace vroegsein
