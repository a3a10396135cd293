// Names of things that never change and never turn into one another.
//
// A HouseholdId reads `0080-123`, a CaseId `0080-123-1`: the municipality, the household's number
// in it, the case's number in that household. They say nothing about a person, so they may stand in
// a URL. The types do not convert into one another; tests/must_not_compile pins that. Values,
// thread safe.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vroegsein {

struct HouseholdId {
  std::string municipality;  // gemeentecode, four digits
  uint64_t number = 0;

  std::string Text() const;
  static std::optional<HouseholdId> Parse(std::string_view text);
  auto operator<=>(const HouseholdId&) const = default;
};

struct CaseId {
  HouseholdId household;
  uint32_t number = 0;

  std::string Text() const;
  static std::optional<CaseId> Parse(std::string_view text);
  auto operator<=>(const CaseId&) const = default;
};

// The identity of a signal: whoever delivers (partner, id) again delivers the same signal.
struct SignalId {
  std::string partner;
  std::string id;

  auto operator<=>(const SignalId&) const = default;
};

}  // namespace vroegsein
