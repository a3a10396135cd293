// Which household does this resident belong to? The one question, behind one interface, so that the
// way of answering can be replaced without touching the desk.
//
// Called within a step: deterministic, reads and writes only through State. Thread: the desk's.
#pragma once

#include "ingest/signal.pb.h"
#include "ingest/status.h"
#include "store/state.h"

namespace vroegsein {

struct HouseholdMatch {
  HouseholdRecord* household = nullptr;  // owned by the State
  uint32_t person_number = 0;            // within that household
  bool made = false;                     // it did not exist before
};

class HouseholdMatcher {
 public:
  virtual ~HouseholdMatcher() = default;
  // Finds the household of `client`, or makes one; and the person in it, or adds one.
  virtual Result<HouseholdMatch> Place(State* state, const std::string& municipality,
                                       const Client& client) const = 0;
  // Takes a household out of every index that Place() made, before it is erased.
  virtual Status Forget(State* state, const HouseholdRecord& household) const = 0;
};

// First version: a household is an address in one spelling; a person is a name in one spelling with
// a birth day, within that household.
class AddressMatcher final : public HouseholdMatcher {
 public:
  Result<HouseholdMatch> Place(State* state, const std::string& municipality,
                               const Client& client) const override;
  Status Forget(State* state, const HouseholdRecord& household) const override;
};

}  // namespace vroegsein
