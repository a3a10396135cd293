// IdentityMatcher: households by who the people are, not by the address alone.
//
// For every new fact (somebody described in a new way, somewhere new, or seen on a day that
// matters) it judges the whole neighbourhood again with the rules that are measured on files
// (identity/persons.h, identity/homes.h) and says what has to change for the households to be as
// those rules have them. So the end does not follow from the order of arrival; where the
// neighbourhood is cut short the placement says so (limits), and that household keeps it. What a
// person decided stays: a household that somebody put together is not divided, and two that
// somebody said are two are not joined.
//
// Somebody who is written as before, in a household with one address that is alone at it and that
// nobody else was ever compared with, changes nothing: then one index is read and nothing is
// compared.
#pragma once

#include "store/household/matcher.h"

namespace vroegsein {

class IdentityMatcher final : public HouseholdMatcher {
 public:
  IdentityMatcher();

  Result<Placement> Place(State* state, const MunicipalitySettings& settings,
                          const Signal& signal) const override;
  const identity::Judge& judge() const override { return judge_; }

 private:
  identity::Judge judge_;
};

}  // namespace vroegsein
