// A household's cases under another version of the policy: the recorded facts, decided again.
//
// What the case's last decision saw is taken as it was recorded. Only where the other version takes
// up other signals of the case, or sees another crisis in them, do the facts follow from the
// signals that remain. A signal that was refused and would now be taken up is counted, not placed:
// which case it would have joined depended on the day. The team is the one that routing gives when
// nobody is full, and differs only when the decision makes it differ.
//
// Errors: of the database. Threads: a Replayer belongs to one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "alerts/desk/policy.h"
#include "store/database.h"
#include "store/ids.h"

namespace vroegsein {

struct CaseReplay {
  CaseId id;
  const CaseDecision* before = nullptr;
  std::string team_before;
  // nullopt: no signal of the case would be taken up, so there would be no case.
  std::optional<CaseDecision> after;
  std::string team_after;
  std::vector<std::string> refusals;  // why not, one per reason, when there is no `after`

  // Another priority or team, or no case any more.
  bool Moves() const;
  // Moves, or differs in score, reasons, contact ladder or term.
  bool Differs() const;
};

struct SignalReplay {
  uint64_t signals = 0;
  uint64_t newly_refused = 0;
  uint64_t newly_admitted = 0;
};

class Replayer {
 public:
  // All must outlive it.
  Replayer(std::unique_ptr<Policy> policy, const MunicipalitySettings* settings,
           const Database* database)
      : policy_(std::move(policy)), settings_(settings), database_(database) {}

  // Every case of the household (read as Depth::kCases) that was decided last at `since_ms` or
  // later. What `each` is given lives during the call.
  using Each = std::function<void(const CaseReplay&)>;
  Status Replay(const HouseholdRecord& household, int64_t since_ms, SignalReplay* signals,
                const Each& each);

 private:
  Status Judge(const HouseholdRecord& household, SignalReplay* counts);
  Result<bool> IsBeyondPolicy(const HouseholdRecord& household, const SignalRecord& record) const;
  CaseReplay ReplayCase(const HouseholdRecord& household, const CaseRecord& case_record);
  CaseFacts FactsUnder(const HouseholdRecord& household, const CaseRecord& case_record) const;
  std::string TeamAfter(const HouseholdRecord& household, const CaseReplay& replay) const;

  std::unique_ptr<Policy> policy_;
  const MunicipalitySettings* settings_;
  const Database* database_;
  std::vector<SignalDecision> judged_;  // one per signal of the household at hand
};

}  // namespace vroegsein
