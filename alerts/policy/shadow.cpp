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

void ShadowedPolicy::DecideCase(const CaseFacts& facts, CaseDecision* decision) {
  active_->DecideCase(facts, decision);
  if (count_ == nullptr) return;
  CaseDecision other;
  shadow_->DecideCase(facts, &other);
  (*count_)(municipality_, ShadowQuestion::kCase, SameVerdict(*decision, other));
}

}  // namespace vroegsein
