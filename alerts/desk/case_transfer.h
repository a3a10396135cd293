// What hangs on people when they go to another household: their signals and the cases of those.
//
// A case of which all signals go, goes; it gets a number there and its old id leads to the new one.
// A closed case of which some stay is there twice from then on, each with its own signals: both
// households had that talk, and neither loses its outcome. Where they meet again it is one. Of an
// open case the signals that go get a case of their own. Where two open cases meet they become one:
// the one that work has begun on stays, else the older; the other is kept within it as it was,
// with its attempts and notes shown, and comes out of it when the households go apart again.
//
// So a household has at most one open case, and an open case its one task, at every moment that
// others can see. Errors: of the store. Thread: the desk's.
#pragma once

#include <map>
#include <vector>

#include "alerts/desk/context.h"

namespace vroegsein {

class CaseTransfer {
 public:
  CaseTransfer(const StepContext& context, HouseholdRecord* from, HouseholdRecord* to)
      : context_(context), from_(from), to_(to) {}

  // The number of each description that goes, in `from` and in `to`.
  Status Move(const std::map<uint32_t, uint32_t>& persons);

 private:
  // What becomes of the signals of one case.
  struct Fate {
    uint32_t number = 0;  // of their case there
    bool joins = false;   // the open case there, or a new one
  };

  Status TakeTasksAway();
  Status PutTasksBack();
  Result<Fate> MoveCase(uint32_t number, const std::map<uint32_t, uint32_t>& persons);
  Fate MoveWhole(CaseRecord* record);
  Fate CopyClosed(CaseRecord* record);
  Fate DivideOpen(CaseRecord* record, const std::map<uint32_t, uint32_t>& persons);
  Status MoveSignals(const std::map<uint32_t, uint32_t>& persons,
                     const std::map<uint32_t, Fate>& fates);
  Status MoveSignal(const SignalRecord& record, const std::map<uint32_t, uint32_t>& persons,
                    const Fate& fate);
  Status LeaveCustomers(const std::vector<SignalRecord>& gone);

  const StepContext& context_;
  HouseholdRecord* from_;
  HouseholdRecord* to_;
};

// The old ids of an erased case lead nowhere any more.
Status ForgetNames(const StepContext& context, const CaseRecord& record);

}  // namespace vroegsein
