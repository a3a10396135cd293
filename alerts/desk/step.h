// Step: the pure heart of the desk. One event changes the state and says what came of it.
//
// Deterministic: the outcome follows from the state and the event alone; `now` is the event's
// recorded_ms, ids are counters in the state. So the same log gives the same state, byte for byte.
//
// Errors: a failure of the store (stop the process) is a failed Result; an event that does not fit
// the state (a closed case, an unknown signal) is an Outcome whose status says why, and changes
// nothing. Thread: the desk's.
#pragma once

#include <utility>
#include <vector>

#include "alerts/desk/context.h"
#include "alerts/desk/policy_book.h"
#include "store/event.pb.h"
#include "store/household/matcher.h"
#include "store/log.h"
#include "store/state.h"

namespace vroegsein {

class Step {
 public:
  // All must outlive it.
  Step(State* state, PolicyBook* policies, const HouseholdMatcher* matcher)
      : state_(state), policies_(policies), matcher_(matcher) {}

  // Whether outcomes tell which tasks changed: it costs.
  void TellTasks(bool tell) { tell_tasks_ = tell; }

  // Takes from a signal who lives there: what is left says what happened, not about whom.
  Result<Outcome> Apply(Event* event);

  // An erasure happened since the last call: the files still hold the bytes until they are
  // rewritten.
  bool TakeErased() { return std::exchange(erased_, false); }

 private:
  Result<Outcome> Dispatch(Event* event);
  Result<Outcome> Receive(Event* event);
  Result<Outcome> Refuse(const Event& event);
  Result<Outcome> Follow(const Event& event);
  Result<Outcome> Contact(const Event& event);
  Result<Outcome> Close(const Event& event);
  Result<Outcome> Reassign(const Event& event);
  Result<Outcome> TakeBackOutcome(const Event& event, HouseholdRecord* household,
                                  CaseRecord* record);
  Result<Outcome> Annotate(const Event& event);
  Result<Outcome> Activate(const Event& event);
  Result<Outcome> Withdraw(const Event& event);
  Result<Outcome> Accompany(const Event& event);
  Result<Outcome> Settle(const Event& event);
  Result<Outcome> Elapse(const Event& event);
  Result<Outcome> Regroup(const Event& event);
  Result<StepContext> Context(const Event& event);
  Result<StepContext> DecidingContext(const Event& event);
  Status RerouteOrphans(const StepContext& context);

  State* state_;
  PolicyBook* policies_;
  const HouseholdMatcher* matcher_;
  bool erased_ = false;
  bool tell_tasks_ = false;
  std::vector<TaskChange> tasks_;  // of the event at hand
};

}  // namespace vroegsein
