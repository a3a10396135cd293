// Admission by the national definitions (DDAS vroegsignalering 1.2, Divosa): herhaalde melding.
//
// A signal repeats an earlier one when that one, from the same partner, about the same arrears
// (customer number and date of origin), at most six months older, was taken up, and the amount is
// not higher. It does not when it brings a threat that the earlier one did not: Wgs art. 4 then
// wants a conversation within three working days, whatever was said before.
//
// The verdict follows from the set of signals about the same arrears, ordered by date and id, not
// from the order in which they came in: deliveries that arrive late or shuffled end in the same
// cases. Pure functions over records; thread safe as their arguments.
#pragma once

#include <vector>

#include "store/record.pb.h"

namespace vroegsein {

inline constexpr int kRepeatWindowMonths = 6;

// A signal about the arrears in question and what holds for it already.
struct ArrearsMember {
  SignalRecord* record = nullptr;
  HouseholdRecord* household = nullptr;
  bool eligible = false;  // not unfounded
  bool fixed = false;     // work on it has begun: it stays taken up
  bool repeat = false;    // the verdict
};

// Same partner, customer number (given) and date of origin.
bool SameArrears(const Signal& a, const Signal& b);

// Sorts the members and sets `repeat` of each.
void JudgeRepeats(std::vector<ArrearsMember>* members);

}  // namespace vroegsein
