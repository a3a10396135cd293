#include "alerts/desk/admission.h"

#include <algorithm>
#include <tuple>

#include "ingest/calendar.h"

namespace vroegsein {
namespace {

// A crisis that only the partner's own flag tells of is a threat without a name: one with a name
// covers it, and not the other way round.
bool BringsThreat(const Signal& later, const Signal& earlier) {
  if (later.threat() != THREAT_NONE) return later.threat() != earlier.threat();
  return later.crisis() && !earlier.crisis() && earlier.threat() == THREAT_NONE;
}

bool Repeats(const Signal& later, const Signal& earlier) {
  Date oldest = AddMonths(DateOf(later.signal_day()), -kRepeatWindowMonths);
  if (DateOf(earlier.signal_day()) < oldest) return false;
  if (later.arrears_cents() > earlier.arrears_cents()) return false;
  return !BringsThreat(later, earlier);
}

}  // namespace

bool SameArrears(const Signal& a, const Signal& b) {
  return !a.customer_number().empty() && a.customer_number() == b.customer_number() &&
         a.partner() == b.partner() && a.origin_day() == b.origin_day();
}

void JudgeRepeats(std::vector<ArrearsMember>* members) {
  std::sort(members->begin(), members->end(), [](const ArrearsMember& a, const ArrearsMember& b) {
    const Signal& left = a.record->signal();
    const Signal& right = b.record->signal();
    return std::forward_as_tuple(left.signal_day(), left.id()) <
           std::forward_as_tuple(right.signal_day(), right.id());
  });
  std::vector<const Signal*> taken_up;
  for (ArrearsMember& member : *members) {
    const Signal& signal = member.record->signal();
    member.repeat = member.eligible && !member.fixed &&
                    std::any_of(taken_up.begin(), taken_up.end(),
                                [&](const Signal* earlier) { return Repeats(signal, *earlier); });
    if (member.eligible && !member.repeat) taken_up.push_back(&signal);
  }
}

}  // namespace vroegsein
