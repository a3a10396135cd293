#include "alerts/desk/household_decisions.h"

#include <algorithm>

#include "alerts/desk/case_file.h"
#include "alerts/desk/regroup.h"
#include "alerts/desk/reviews.h"
#include "store/household/alias.h"
#include "store/household/membership.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

Outcome Refused(Status status, std::string code) {
  Outcome outcome;
  outcome.status = std::move(status);
  outcome.code = std::move(code);
  return outcome;
}

Outcome NoHousehold() {
  return Refused(Status::NotFound("there is no such household"), "huishouden-onbekend");
}

// The household, also by a name from before; nullptr when there is none.
Result<HouseholdRecord*> Find(const StepContext& context, uint64_t number) {
  auto current = CurrentName(context.state, HouseholdId{context.code(), number});
  if (!current.ok()) return current.status();
  return context.state->FindHousehold(*current);
}

void RemoveApart(uint64_t number, HouseholdRecord* household) {
  auto* apart = household->mutable_apart();
  apart->erase(std::remove(apart->begin(), apart->end(), number), apart->end());
}

Result<Outcome> JoinThese(const StepContext& context, const HouseholdMatcher& matcher,
                          const std::string& by, const std::string& reason,
                          HouseholdRecord* household, HouseholdRecord* other) {
  if (household->persons_size() + other->persons_size() > kDescriptionsMax) {
    return Refused(Status::Conflict("too many people for one household"), "huishouden-te-groot");
  }
  RemoveApart(other->number(), household);
  RemoveApart(household->number(), other);
  VROEGSEIN_RETURN_IF_ERROR(DropReview(context, household, other->number()));
  Regrouping regrouping;
  regrouping.household = household->number();
  regrouping.reason = reason;
  Regrouping::Part all{other->number(), {}};
  for (const PersonRecord& person : other->persons()) all.persons.push_back(person.number());
  regrouping.parts.push_back(std::move(all));
  household->set_settled(true);
  auto joined = Regrouper(context, matcher, by).CarryOut(regrouping);
  if (!joined.ok()) return joined.status();
  return Outcome{};
}

// Every description of these persons.
std::vector<uint32_t> DescriptionsOf(const HouseholdRecord& household,
                                     const google::protobuf::RepeatedField<uint32_t>& persons) {
  std::vector<uint32_t> numbers;
  for (const PersonRecord& one : household.persons()) {
    bool goes = std::find(persons.begin(), persons.end(), one.person()) != persons.end();
    if (goes) numbers.push_back(one.number());
  }
  return numbers;
}

}  // namespace

Result<Outcome> Join(const StepContext& context, const HouseholdMatcher& matcher,
                     const HouseholdsJoined& decision) {
  auto household = Find(context, decision.household());
  if (!household.ok()) return household.status();
  auto other = Find(context, decision.other());
  if (!other.ok()) return other.status();
  if (*household == nullptr || *other == nullptr) return NoHousehold();
  if (*household == *other) {
    return Refused(Status::Conflict("these are one already"), "al-een-huishouden");
  }
  return JoinThese(context, matcher, decision.by(), decision.reason(), *household, *other);
}

Result<Outcome> Divide(const StepContext& context, const HouseholdMatcher& matcher,
                       const HouseholdDivided& decision) {
  auto household = Find(context, decision.household());
  if (!household.ok()) return household.status();
  if (*household == nullptr) return NoHousehold();
  Regrouper regrouper(context, matcher, decision.by());
  Regrouping::Part part{(*household)->number(), DescriptionsOf(**household, decision.persons())};
  if (decision.alias() != 0) {
    auto came = regrouper.PersonsOfAlias(**household, decision.alias());
    if (!came.ok()) return came.status();
    part.persons = std::move(*came);
  }
  bool nobody = part.persons.empty();
  if (nobody || static_cast<int>(part.persons.size()) == (*household)->persons_size()) {
    return Refused(Status::Conflict("nobody would go, or nobody stay"), "niet-te-splitsen");
  }
  Regrouping regrouping;
  regrouping.reason = decision.reason();
  regrouping.parts.push_back(std::move(part));
  auto gone = regrouper.CarryOut(regrouping);
  if (!gone.ok()) return gone.status();
  (*household)->set_settled(true);
  (*gone)->set_settled(true);
  VROEGSEIN_RETURN_IF_ERROR(KeepApart(context, *household, *gone));
  return Outcome{};
}

Result<Outcome> Answer(const StepContext& context, const HouseholdMatcher& matcher,
                       const ReviewAnswered& decision) {
  auto household = Find(context, decision.household());
  if (!household.ok()) return household.status();
  auto other = Find(context, decision.other());
  if (!other.ok()) return other.status();
  bool there = *household != nullptr && *other != nullptr;
  if (there) {
    const auto& reviews = (*household)->reviews();
    there = std::find(reviews.begin(), reviews.end(), (*other)->number()) != reviews.end();
  }
  if (!there) {
    return Refused(Status::NotFound("there is no such review"), "beoordeling-onbekend");
  }
  if (decision.same()) {
    bool older = (*household)->number() < (*other)->number();
    return JoinThese(context, matcher, decision.by(), decision.reason(),
                     older ? *household : *other, older ? *other : *household);
  }
  Regrouper regrouper(context, matcher, decision.by());
  regrouper.Remember(HOUSEHOLD_KEPT_APART, (*other)->number(), decision.reason(), *household);
  regrouper.Remember(HOUSEHOLD_KEPT_APART, (*household)->number(), decision.reason(), *other);
  VROEGSEIN_RETURN_IF_ERROR(KeepApart(context, *household, *other));
  return Outcome{};
}

}  // namespace vroegsein
