// A policy (beleid) as the desk sees it: two questions, answered with the rules that fired and why.
//
// The answers come from the DMN model; what it decides is in rules/policies/*.dmn, and only there.
// A model that gives no usable answer never costs a signal: the desk then takes it up, with a
// reason that says so.
//
// Threads: a Policy belongs to one thread; a PolicyBook to the desk's.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/calendar.h"
#include "ingest/signal.pb.h"
#include "ingest/status.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein {

class Policy {
 public:
  virtual ~Policy() = default;
  // Crisis and Toelating about one signal.
  virtual SignalDecision DecideSignal(const Signal& signal) = 0;
  // Score and Aanpak about one case.
  virtual CaseDecision DecideCase(const CaseFacts& facts) = 0;
  // Of the DMN file's bytes.
  virtual const std::string& hash() const = 0;
};

// Compiles a DMN file. Failure: kInvalid with every error of the model, one a line, each with the
// element's id and line; also when a decision that the desk asks for is missing.
Result<std::unique_ptr<Policy>> CompilePolicy(std::string_view dmn);

// The version in force for what is received on `day`: of those that are effective by then the one
// activated last. nullptr when there is none.
const PolicyVersion* VersionInForce(const MunicipalityRecord& municipality, Date day);

// The compiled versions, each compiled once, found by hash in the store.
class PolicyBook {
 public:
  // VersionInForce(), compiled. kNotFound when there is none.
  Result<Policy*> InForce(State* state, const MunicipalityRecord& municipality, Date day);

 private:
  Result<Policy*> Find(State* state, const std::string& hash);
  std::map<std::string, std::unique_ptr<Policy>, std::less<>> compiled_;
};

}  // namespace vroegsein
