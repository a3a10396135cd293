// Whether everything that names a household names one that is there, and every household is named
// where it must be: lists of addresses, names and customer numbers, aliases, reviews, what a person
// said, and the cases that went elsewhere.
//
// Feed every household, then ask Finish(). Findings name ids, never a person. One thread.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/database.h"
#include "store/record.pb.h"

namespace vroegsein {

class HouseholdCheck {
 public:
  using Find = std::function<void(std::string what)>;
  // Both must outlive it.
  HouseholdCheck(const Database& database, Find find)
      : database_(database), find_(std::move(find)) {}

  void Add(const HouseholdRecord& household);
  Status Finish();

 private:
  using Named = std::pair<std::string, uint64_t>;  // a key or a municipality, and a number

  void AddPersons(const HouseholdRecord& household);
  Status CheckLists(const std::string& kind, const std::set<Named>& expected);
  Status CheckCustomers();
  Status CheckAliases();
  Status CheckReviews();
  bool IsThere(const std::string& municipality, uint64_t number) const {
    return there_.contains({municipality, number});
  }

  const Database& database_;
  Find find_;
  std::set<Named> there_;
  std::set<Named> listed_;    // in a list it must stand
  std::set<Named> may_list_;  // or may
  std::set<Named> aliases_;   // key of the alias, and whose it is
  std::set<std::string> reviews_;
  std::vector<Named> named_;     // by others: must be there
  std::vector<Named> case_now_;  // must be there, or an alias
};

}  // namespace vroegsein
