// A case is not a household: the ids of one never stand in for the other.
// expect: could not convert|cannot convert|invalid initialization
#include "store/ids.h"

void Visit(const vroegsein::HouseholdId& household);

void Step(const vroegsein::CaseId& id) {
  Visit(id.household);
#ifdef MISTAKE
  Visit(id);
#endif
}
