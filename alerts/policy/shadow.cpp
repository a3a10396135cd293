#include "alerts/policy/shadow.h"

#include "alerts/policy/verdict.h"
#include "store/texts.h"

namespace vroegsein {
namespace {

// Each by its own policy's texts.
template <typename Decision>
bool SameInWords(const Policy& active, Decision decision, const Policy& shadow, Decision other) {
  SpellOut(active.texts(), &decision);
  SpellOut(shadow.texts(), &other);
  return SameVerdict(decision, other);
}

}  // namespace

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
    bool same = SameInWords(*active_, decision, *shadow_, shadow_->DecideSignal(signal));
    (*count_)(municipality_, ShadowQuestion::kSignal, same);
  }
  return decision;
}

void ShadowedPolicy::DecideCase(const CaseFacts& facts, CaseDecision* decision) {
  active_->DecideCase(facts, decision);
  if (count_ == nullptr) return;
  CaseDecision other;
  shadow_->DecideCase(facts, &other);
  bool same = SameInWords(*active_, *decision, *shadow_, std::move(other));
  (*count_)(municipality_, ShadowQuestion::kCase, same);
}

}  // namespace vroegsein
