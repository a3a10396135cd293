// The policies that the desk works with: each version compiled once, found by its hash in the
// store, with the municipality's shadow beside it where one runs.
//
// A shadow decides nothing: it is asked the same, and whoever counts is told whether it agreed.
// That is no part of the state, so a replay gives the same bytes whether or not somebody counts.
// Thread: the desk's.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "alerts/desk/policy.h"
#include "alerts/policy/shadow.h"
#include "ingest/calendar.h"
#include "store/state.h"

namespace vroegsein {

class PolicyBook {
 public:
  // The version in force on `day`, compiled. kNotFound when there is none. Valid until the next
  // call of any function.
  Result<Policy*> InForce(State* state, const MunicipalityRecord& municipality, Date day);

  // Compiles a model that is new. kInvalid with every error when it is no policy, is too large, or
  // is not what `hash` says.
  Status Learn(std::string_view model, const std::string& hash);

  void OnCompared(ShadowCount count) { count_ = std::move(count); }

 private:
  Result<Policy*> Find(State* state, const std::string& hash);
  void MakeRoom();

  std::map<std::string, std::unique_ptr<Policy>, std::less<>> compiled_;
  std::map<std::string, ShadowedPolicy, std::less<>> shadowed_;  // by municipality
  ShadowCount count_;
};

}  // namespace vroegsein
