// A second version of a policy that runs beside the one in force, on live signals.
//
// ShadowedPolicy answers what the version in force answers, always; the shadow is asked the same
// and only whether it agreed is told. Threads: the desk's, like every Policy.
#pragma once

#include <functional>
#include <string>

#include "alerts/desk/policy.h"

namespace vroegsein {

enum class ShadowQuestion { kSignal, kCase };

// Told of every decision that both made. Thread: the desk's.
using ShadowCount =
    std::function<void(const std::string& municipality, ShadowQuestion question, bool same)>;

class ShadowedPolicy final : public Policy {
 public:
  // What is pointed to must outlive its use; `count` may be nullptr.
  void Set(std::string municipality, Policy* active, Policy* shadow, const ShadowCount* count);

  SignalDecision DecideSignal(const Signal& signal) override;
  void DecideCase(const CaseFacts& facts, CaseDecision* decision) override;
  const std::string& hash() const override { return active_->hash(); }
  const TextsRecord& texts() const override { return active_->texts(); }

 private:
  std::string municipality_;
  Policy* active_ = nullptr;
  Policy* shadow_ = nullptr;
  const ShadowCount* count_ = nullptr;
};

}  // namespace vroegsein
