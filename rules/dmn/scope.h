// Scope is one evaluation's view of a model: the value of every element, computed when first asked.
// The session has one; each call of a decision service has one of its own. Private to rules/dmn.
//
// One thread. Does not own the definitions.
#pragma once

#include <cstdint>
#include <vector>

#include "rules/dmn/definitions.h"

namespace vroegsein::dmn {

class Scope final : public feel::GlobalSource {
 public:
  explicit Scope(const Definitions* definitions);
  const feel::Value& Global(feel::Machine& machine, int index) override;
  // A value that is given instead of computed.
  void Give(int index, feel::Value value);
  void TakeBack(int index);
  // What was given, valid until it is given again; null when nothing was, also where it could be
  // computed.
  const feel::Value& Given(int index) const;
  bool IsGiven(int index) const { return states_[static_cast<size_t>(index)] == State::kGiven; }
  // Forgets what was computed, keeps what was given.
  void Forget();

 private:
  enum class State : uint8_t { kUnknown, kComputing, kComputed, kGiven, kConstant };
  feel::Value Compute(feel::Machine& machine, const Element& element);

  const Definitions* definitions_;
  std::vector<feel::Value> values_;
  std::vector<State> states_;
  std::vector<int> computed_;
};

}  // namespace vroegsein::dmn
