// Regrouping: people go to another household, with everything that hangs on them: signals, cases,
// tasks, lists, questions. Every change stands in the history of the households with its reason and
// who did it.
//
// A household of which nobody is left becomes another name (alias) of the one that they went to:
// its id keeps answering, and it comes back under it when they go apart again.
//
// Errors: of the store. Thread: the desk's.
#pragma once

#include <string>

#include "alerts/desk/context.h"
#include "store/household/matcher.h"

namespace vroegsein {

// What is remembered of a household's changes; the oldest go first.
inline constexpr int kHistoryMax = 100;

// A description whose place is followed.
struct PersonAt {
  uint64_t household = 0;
  uint32_t person = 0;
};

class Regrouper {
 public:
  // All must outlive it. `by` is empty where the matcher decides.
  Regrouper(const StepContext& context, const HouseholdMatcher& matcher, std::string by)
      : context_(context), matcher_(matcher), by_(std::move(by)) {}

  // The household where they are now. `followed` goes along when it is one of them.
  Result<HouseholdRecord*> CarryOut(const Regrouping& regrouping, PersonAt* followed = nullptr);

  // Adds to the history of a household.
  void Remember(HouseholdChangeKind kind, uint64_t other, const std::string& reason,
                HouseholdRecord* household);

  // Those who came with the household `alias`, or with one that it had become.
  Result<std::vector<uint32_t>> PersonsOfAlias(const HouseholdRecord& household, uint64_t alias);

 private:
  Result<HouseholdRecord*> Target(const Regrouping& regrouping);
  Result<HouseholdRecord*> Revive(HouseholdRecord* from, uint64_t number);
  Status MovePart(const Regrouping::Part& part, const std::string& reason, HouseholdRecord* to,
                  PersonAt* followed);
  Status BecomeAlias(HouseholdRecord* from, HouseholdRecord* to);

  const StepContext& context_;
  const HouseholdMatcher& matcher_;
  std::string by_;
};

// The household lives where its people were seen last: so it says, and so its open case is routed.
// A task that goes to another team is nobody's yet there.
Status FollowAddress(const StepContext& context, HouseholdRecord* household);

// Every other name of an erased household, and what others remember of it.
Status ForgetNames(const StepContext& context, const HouseholdRecord& household);

}  // namespace vroegsein
