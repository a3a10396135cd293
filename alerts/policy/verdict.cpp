#include "alerts/policy/verdict.h"

#include <algorithm>

namespace vroegsein {
namespace {

bool SameReasons(const google::protobuf::RepeatedPtrField<FiredRule>& a,
                 const google::protobuf::RepeatedPtrField<FiredRule>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const FiredRule& one, const FiredRule& other) { return one.reason() == other.reason(); });
}

bool SameTerms(const CaseDecision& a, const CaseDecision& b) {
  return a.has_term_days() == b.has_term_days() && a.term_days() == b.term_days() &&
         a.has_term_working_days() == b.has_term_working_days() &&
         a.term_working_days() == b.term_working_days();
}

}  // namespace

bool SameVerdict(const SignalDecision& a, const SignalDecision& b) {
  return a.crisis() == b.crisis() && a.admitted() == b.admitted() && a.refusal() == b.refusal() &&
         SameReasons(a.fired(), b.fired());
}

bool SameVerdict(const CaseDecision& a, const CaseDecision& b) {
  return a.priority() == b.priority() && a.score() == b.score() &&
         a.specialism() == b.specialism() && SameTerms(a, b) &&
         std::equal(a.ladder().begin(), a.ladder().end(), b.ladder().begin(), b.ladder().end()) &&
         SameReasons(a.fired(), b.fired());
}

std::vector<std::string_view> ReasonsOf(const CaseDecision& decision) {
  std::vector<std::string_view> reasons;
  for (const FiredRule& fired : decision.fired()) {
    if (!fired.reason().empty()) reasons.push_back(fired.reason());
  }
  return reasons;
}

}  // namespace vroegsein
