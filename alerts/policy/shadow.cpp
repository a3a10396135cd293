#include "alerts/policy/shadow.h"

#include "alerts/policy/verdict.h"

namespace vroegsein {

void ShadowedPolicy::Set(std::string municipality, Policy* active, Policy* shadow,
                         const ShadowCount* count) {
  municipality_ = std::move(municipality);
  active_ = active;
  shadow_ = shadow;
  count_ = count;
}

SignalDecision ShadowedPolicy::DecideSignal(const Signal& signal) {
  SignalDecision decision = active_->DecideSignal(signal);
  if (count_ != nullptr) {
    bool same = SameVerdict(decision, shadow_->DecideSignal(signal));
    (*count_)(municipality_, ShadowQuestion::kSignal, same);
  }
  return decision;
}

CaseDecision ShadowedPolicy::DecideCase(const CaseFacts& facts) {
  CaseDecision decision = active_->DecideCase(facts);
  if (count_ != nullptr) {
    bool same = SameVerdict(decision, shadow_->DecideCase(facts));
    (*count_)(municipality_, ShadowQuestion::kCase, same);
  }
  return decision;
}

}  // namespace vroegsein
