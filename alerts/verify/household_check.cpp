#include "alerts/verify/household_check.h"

#include "alerts/desk/case_file.h"
#include "store/household/membership.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

std::string MunicipalityOf(std::string_view key) { return std::string(key.substr(1, 4)); }

}  // namespace

void HouseholdCheck::Add(const HouseholdRecord& household) {
  const std::string& municipality = household.municipality();
  uint64_t number = household.number();
  there_.insert({municipality, number});
  AddPersons(household);
  for (uint64_t alias : household.aliases()) {
    aliases_.insert({keys::Alias({municipality, alias}), number});
  }
  for (uint64_t other : household.reviews()) {
    named_.emplace_back(municipality, other);
    reviews_.insert(keys::Review(municipality, number, other));
  }
  for (uint64_t other : household.apart()) named_.emplace_back(municipality, other);
  for (const MovedCase& moved : household.moved_cases()) {
    case_now_.emplace_back(municipality, moved.now().household());
  }
}

void HouseholdCheck::AddPersons(const HouseholdRecord& household) {
  std::set<uint32_t> numbers;
  for (const PersonRecord& person : household.persons()) {
    numbers.insert(person.number());
    for (const keys::IndexKey& list : ListsOf(household, person)) {
      std::string key = keys::Index(list);
      if (!person.unlisted()) listed_.insert({key, household.number()});
      may_list_.insert({std::move(key), household.number()});
    }
  }
  std::string id = IdOf(household).Text();
  if (numbers.empty()) find_("household " + id + " has no people");
  for (const SignalRecord& record : household.signals()) {
    if (!numbers.contains(record.person_number())) {
      find_("household " + id + ": a signal names a person who is not there");
      return;
    }
  }
}

Status HouseholdCheck::Finish() {
  VROEGSEIN_RETURN_IF_ERROR(CheckLists("A", may_list_));
  VROEGSEIN_RETURN_IF_ERROR(CheckLists("P", may_list_));
  if (!listed_.empty()) find_("an address or person index misses a household");
  VROEGSEIN_RETURN_IF_ERROR(CheckCustomers());
  VROEGSEIN_RETURN_IF_ERROR(CheckAliases());
  for (const auto& [municipality, number] : named_) {
    if (!IsThere(municipality, number)) find_("a household names another that is not there");
  }
  for (const auto& [municipality, number] : case_now_) {
    auto alias = database_.Get(keys::Alias({municipality, number}));
    if (!alias.ok()) return alias.status();
    bool known = IsThere(municipality, number) || alias->has_value();
    if (!known) find_("a case went to a household that is not there");
  }
  return CheckReviews();
}

Status HouseholdCheck::CheckLists(const std::string& kind, const std::set<Named>& expected) {
  return database_.Scan(kind, keys::After(kind), [&](std::string_view key, std::string_view value) {
    HouseholdNumbers numbers;
    bool read = numbers.ParseFromArray(value.data(), static_cast<int>(value.size()));
    if (!read || numbers.numbers().empty()) find_("an index entry cannot be read");
    for (uint64_t number : numbers.numbers()) {
      Named entry{std::string(key), number};
      if (!expected.contains(entry)) find_("an address or person index names a wrong household");
      listed_.erase(entry);
    }
    return true;
  });
}

Status HouseholdCheck::CheckCustomers() {
  return database_.Scan("K", keys::After("K"), [&](std::string_view key, std::string_view value) {
    HouseholdNumbers numbers;
    bool read = numbers.ParseFromArray(value.data(), static_cast<int>(value.size()));
    if (!read) find_("an index entry cannot be read");
    for (uint64_t number : numbers.numbers()) {
      if (IsThere(MunicipalityOf(key), number)) continue;
      find_("the customer index names a household that is not there");
    }
    return true;
  });
}

Status HouseholdCheck::CheckAliases() {
  size_t seen = 0;
  Status scanned =
      database_.Scan("Q", keys::After("Q"), [&](std::string_view key, std::string_view value) {
        ++seen;
        AliasRecord alias;
        bool read = alias.ParseFromArray(value.data(), static_cast<int>(value.size()));
        uint64_t own = keys::DecodeU64(key.substr(key.size() - 8));
        bool right = read && aliases_.contains({std::string(key), alias.household()}) &&
                     !IsThere(MunicipalityOf(key), own);
        if (!right) find_("the old name of a household leads to a wrong one");
        for (const MovedCase& moved : alias.moved_cases()) {
          case_now_.emplace_back(MunicipalityOf(key), moved.now().household());
        }
        return true;
      });
  if (scanned.ok() && seen < aliases_.size()) find_("a household misses one of its old names");
  return scanned;
}

Status HouseholdCheck::CheckReviews() {
  size_t seen = 0;
  Status scanned =
      database_.Scan("B", keys::After("B"), [&](std::string_view key, std::string_view) {
        ++seen;
        bool known = reviews_.contains(std::string(key));
        if (!known) find_("the review list has an entry too many");
        return true;
      });
  if (scanned.ok() && seen < reviews_.size()) find_("the review list misses entries");
  return scanned;
}

}  // namespace vroegsein
