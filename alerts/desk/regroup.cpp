#include "alerts/desk/regroup.h"

#include <algorithm>
#include <map>
#include <set>

#include "alerts/desk/case_file.h"
#include "alerts/desk/case_transfer.h"
#include "alerts/desk/casework.h"
#include "alerts/desk/erasure.h"
#include "alerts/desk/reviews.h"
#include "store/household/alias.h"
#include "store/household/description.h"
#include "store/household/membership.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

using Numbers = google::protobuf::RepeatedField<uint64_t>;

bool Contains(const Numbers& numbers, uint64_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

void Remove(uint64_t number, Numbers* numbers) {
  numbers->erase(std::remove(numbers->begin(), numbers->end(), number), numbers->end());
}

HouseholdChange* AddChange(const StepContext& context, HouseholdChangeKind kind,
                           HouseholdRecord* household) {
  auto* history = household->mutable_history();
  if (history->size() >= kHistoryMax) history->DeleteSubrange(0, 1);
  HouseholdChange* change = history->Add();
  change->set_kind(kind);
  change->set_at_ms(MillisOf(context.now));
  return change;
}

Result<std::optional<AliasRecord>> ReadAlias(const StepContext& context, uint64_t number) {
  auto read = [&context](const std::string& key) { return context.state->Get(key); };
  return FindAlias(read, {context.code(), number});
}

void PutAlias(const StepContext& context, uint64_t number, const AliasRecord& alias) {
  context.state->Put(keys::Alias({context.code(), number}), alias.SerializeAsString());
}

// The aliases lead to another household from now on.
Status Redirect(const StepContext& context, const Numbers& aliases, uint64_t household) {
  for (uint64_t number : aliases) {
    auto alias = ReadAlias(context, number);
    if (!alias.ok()) return alias.status();
    if (!alias->has_value()) return Status::DataLoss("a household misses one of its names");
    (*alias)->set_household(household);
    PutAlias(context, number, **alias);
  }
  return Status::Ok();
}

// Takes descriptions over; the number of each there and here.
std::map<uint32_t, uint32_t> TakeOver(const std::vector<uint32_t>& numbers, HouseholdRecord* from,
                                      HouseholdRecord* to) {
  std::map<uint32_t, uint32_t> moved;
  auto* persons = from->mutable_persons();
  for (const PersonRecord& person : *persons) {
    bool goes = std::find(numbers.begin(), numbers.end(), person.number()) != numbers.end();
    if (!goes) continue;
    uint32_t place = PlaceOf(AddressOf(*from, person), to);
    PersonRecord* taken = to->add_persons();
    *taken = person;
    to->set_persons_given(to->persons_given() + 1);
    taken->set_number(to->persons_given());
    taken->set_person(taken->number());
    taken->set_address(place);
    if (taken->home() == 0) taken->set_home(from->number());
    if (taken->home() == to->number()) taken->clear_home();
    moved[person.number()] = taken->number();
  }
  for (int i = persons->size() - 1; i >= 0; --i) {
    if (moved.contains(persons->Get(i).number())) persons->DeleteSubrange(i, 1);
  }
  return moved;
}

void InheritLimits(const HouseholdRecord& from, HouseholdRecord* to) {
  std::set<int> limits(to->limits().begin(), to->limits().end());
  limits.insert(from.limits().begin(), from.limits().end());
  to->mutable_limits()->Assign(limits.begin(), limits.end());
}

// The household that all of them were in before it became part of this one; 0: none.
uint64_t CommonHome(const HouseholdRecord& household, const std::vector<uint32_t>& numbers) {
  std::set<uint64_t> homes;
  for (uint32_t number : numbers) {
    const PersonRecord* person = FindPerson(household, number);
    if (person != nullptr) homes.insert(person->home());
  }
  bool one = homes.size() == 1 && Contains(household.aliases(), *homes.begin());
  return one ? *homes.begin() : 0;
}

// Settles the address, and routes the open case by it; true when they lived at another before.
Result<bool> ComeToLive(const StepContext& context, HouseholdRecord* household) {
  bool known = !household->address().postcode().empty();
  if (!SettleAddress(household)) return false;
  context.state->Changed(*household);
  if (!known) return false;
  CaseRecord* open = OpenCase(household);
  bool routed = open != nullptr && open->decisions_size() > 0;
  if (routed) VROEGSEIN_RETURN_IF_ERROR(RerouteToAddress(context, household));
  return true;
}

// A case that nobody has begun goes to the team of where the household lives, whichever of the
// households that became this one it came from.
Status RouteUntouched(const StepContext& context, HouseholdRecord* household) {
  CaseRecord* open = OpenCase(household);
  bool untouched = open != nullptr && open->decisions_size() > 0 && !WorkHasBegun(*open);
  return untouched ? RerouteToAddress(context, household) : Status::Ok();
}

}  // namespace

Result<HouseholdRecord*> Regrouper::CarryOut(const Regrouping& regrouping, PersonAt* followed) {
  auto to = Target(regrouping);
  if (!to.ok()) return to;
  for (const Regrouping::Part& part : regrouping.parts) {
    VROEGSEIN_RETURN_IF_ERROR(MovePart(part, regrouping.reason, *to, followed));
  }
  return to;
}

Result<HouseholdRecord*> Regrouper::Target(const Regrouping& regrouping) {
  if (regrouping.household != 0) {
    auto found = context_.state->FindHousehold({context_.code(), regrouping.household});
    if (found.ok() && *found == nullptr) return Status::DataLoss("the household is not there");
    return found;
  }
  const Regrouping::Part& first = regrouping.parts.front();
  auto from = context_.state->FindHousehold({context_.code(), first.household});
  if (!from.ok()) return from;
  uint64_t home = CommonHome(**from, first.persons);
  return home != 0 ? Revive(*from, home) : context_.state->MakeHousehold(context_.code());
}

Result<HouseholdRecord*> Regrouper::Revive(HouseholdRecord* from, uint64_t number) {
  auto alias = ReadAlias(context_, number);
  if (!alias.ok()) return alias.status();
  if (!alias->has_value()) return Status::DataLoss("a household misses one of its names");
  auto revived = context_.state->MakeHousehold(HouseholdId{context_.code(), number});
  if (!revived.ok()) return revived;
  (*revived)->set_cases_given((*alias)->cases_given());
  (*revived)->set_persons_given((*alias)->persons_given());
  *(*revived)->mutable_moved_cases() = (*alias)->moved_cases();
  context_.state->Delete(keys::Alias({context_.code(), number}));
  Remove(number, from->mutable_aliases());
  for (uint64_t own : (*alias)->aliases()) {
    if (!Contains(from->aliases(), own)) continue;
    Remove(own, from->mutable_aliases());
    (*revived)->add_aliases(own);
  }
  VROEGSEIN_RETURN_IF_ERROR(Redirect(context_, (*revived)->aliases(), number));
  return revived;
}

Status Regrouper::MovePart(const Regrouping::Part& part, const std::string& reason,
                           HouseholdRecord* to, PersonAt* followed) {
  auto found = context_.state->FindHousehold({context_.code(), part.household});
  if (!found.ok()) return found.status();
  HouseholdRecord* from = *found;
  if (from == nullptr) return Status::DataLoss("the household is not there");
  VROEGSEIN_RETURN_IF_ERROR(UnlistAll(context_.state, *from));
  VROEGSEIN_RETURN_IF_ERROR(UnlistAll(context_.state, *to));
  std::map<uint32_t, uint32_t> moved = TakeOver(part.persons, from, to);
  if (followed != nullptr && followed->household == from->number()) {
    auto at = moved.find(followed->person);
    if (at != moved.end()) *followed = {to->number(), at->second};
  }
  for (HouseholdRecord* household : {from, to}) {
    NamePersons(matcher_.judge(), household);
    context_.state->Changed(*household);
    VROEGSEIN_RETURN_IF_ERROR(ListAll(context_.state, household));
  }
  for (HouseholdRecord* household : {from, to}) household->set_linked(true);
  InheritLimits(*from, to);
  bool whole = from->persons_size() == 0;
  if (to->address().postcode().empty()) SettleAddress(to);
  VROEGSEIN_RETURN_IF_ERROR(CaseTransfer(context_, from, to).Move(moved));
  Remember(whole ? HOUSEHOLD_JOINED : HOUSEHOLD_RECEIVED, from->number(), reason, to);
  // That others live here now, or do not, says the change itself: nobody moved.
  VROEGSEIN_RETURN_IF_ERROR(ComeToLive(context_, to).status());
  VROEGSEIN_RETURN_IF_ERROR(RouteUntouched(context_, to));
  ScheduleErasure(context_, from);
  ScheduleErasure(context_, to);
  if (whole) return BecomeAlias(from, to);
  Remember(HOUSEHOLD_SENT, to->number(), reason, from);
  VROEGSEIN_RETURN_IF_ERROR(ComeToLive(context_, from).status());
  VROEGSEIN_RETURN_IF_ERROR(RouteUntouched(context_, from));
  return DivideReviews(context_, matcher_.judge(), from, to);
}

Status Regrouper::BecomeAlias(HouseholdRecord* from, HouseholdRecord* to) {
  VROEGSEIN_CHECK(from->signals_size() == 0 && from->cases_size() == 0);
  AliasRecord alias;
  alias.set_version(kRecordVersion);
  alias.set_household(to->number());
  *alias.mutable_moved_cases() = from->moved_cases();
  *alias.mutable_aliases() = from->aliases();
  alias.set_cases_given(from->cases_given());
  alias.set_persons_given(from->persons_given());
  PutAlias(context_, from->number(), alias);
  VROEGSEIN_RETURN_IF_ERROR(Redirect(context_, from->aliases(), to->number()));
  to->add_aliases(from->number());
  to->mutable_aliases()->MergeFrom(from->aliases());
  if (from->settled()) to->set_settled(true);
  VROEGSEIN_RETURN_IF_ERROR(InheritReviews(context_, *from, to));
  context_.state->Erase(IdOf(*from));
  context_.state->Changed(*to);
  return Status::Ok();
}

void Regrouper::Remember(HouseholdChangeKind kind, uint64_t other, const std::string& reason,
                         HouseholdRecord* household) {
  HouseholdChange* change = AddChange(context_, kind, household);
  change->set_other(other);
  change->set_by(by_);
  change->set_reason(reason);
}

Result<std::vector<uint32_t>> Regrouper::PersonsOfAlias(const HouseholdRecord& household,
                                                        uint64_t alias) {
  auto record = ReadAlias(context_, alias);
  if (!record.ok()) return record.status();
  std::vector<uint32_t> numbers;
  if (!record->has_value() || (*record)->household() != household.number()) return numbers;
  for (const PersonRecord& person : household.persons()) {
    bool came = person.home() == alias || Contains((*record)->aliases(), person.home());
    if (came) numbers.push_back(person.number());
  }
  return numbers;
}

Status FollowAddress(const StepContext& context, HouseholdRecord* household) {
  auto moved = ComeToLive(context, household);
  if (moved.ok() && *moved) AddChange(context, HOUSEHOLD_MOVED, household);
  return moved.status();
}

Status ForgetNames(const StepContext& context, const HouseholdRecord& household) {
  for (uint64_t number : household.aliases()) {
    context.state->Delete(keys::Alias({context.code(), number}));
  }
  return ForgetReviews(context, household);
}

}  // namespace vroegsein
