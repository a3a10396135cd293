// A policy (beleid) as the desk sees it: two questions, answered with the rules that fired and why.
//
// The answers come from the DMN model; what it decides is in rules/policies/*.dmn, and only there.
// A model that gives no usable answer never costs a signal: the desk then takes it up, with a
// reason that says so.
//
// Its decisions are brief, since the desk makes them all day and people read few: what fired, the
// steps of the ladder and the policy's hash are numbers of texts() (store/texts.h spells them out).
//
// Threads: a Policy belongs to one thread.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "ingest/signal.pb.h"
#include "ingest/status.h"
#include "store/record.pb.h"

namespace vroegsein {

class Policy {
 public:
  virtual ~Policy() = default;
  // Crisis and Toelating about one signal.
  virtual SignalDecision DecideSignal(const Signal& signal) = 0;
  // Score and Aanpak about one case, into an empty `decision`.
  virtual void DecideCase(const CaseFacts& facts, CaseDecision* decision) = 0;
  // Of the DMN file's bytes.
  virtual const std::string& hash() const = 0;
  // What its decisions name; the first is the hash. Grows with what is decided.
  virtual const TextsRecord& texts() const = 0;
};

// What the desk asks of every policy.
inline constexpr std::array<const char*, 2> kSignalDecisions = {"Crisis", "Toelating"};
inline constexpr std::array<const char*, 2> kCaseDecisions = {"Score", "Aanpak"};
// Largest model, and largest test file, in bytes.
inline constexpr size_t kPolicyBytesMax = 4u << 20;

// Compiles a DMN file. Failure: kInvalid with every error of the model, one a line, each with the
// element's id and line; also when a decision that the desk asks for is missing.
Result<std::unique_ptr<Policy>> CompilePolicy(std::string_view dmn);

}  // namespace vroegsein
