#include "alerts/desk/reviews.h"

#include <algorithm>
#include <limits>

#include "store/household/description.h"
#include "store/household/neighbourhood.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

using Numbers = google::protobuf::RepeatedField<uint64_t>;

bool Contains(const Numbers& numbers, uint64_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

void Add(uint64_t number, Numbers* numbers) {
  if (!Contains(*numbers, number)) numbers->Add(number);
}

void Remove(uint64_t number, Numbers* numbers) {
  numbers->erase(std::remove(numbers->begin(), numbers->end(), number), numbers->end());
}

Result<HouseholdRecord*> Find(const StepContext& context, uint64_t number) {
  auto found = context.state->FindHousehold({context.code(), number});
  if (found.ok() && *found == nullptr) {
    return Status::DataLoss("a household names another that is not there");
  }
  return found;
}

}  // namespace

Status ProposeReview(const StepContext& context, HouseholdRecord* household, uint64_t number,
                     double bits) {
  if (number == household->number()) return Status::Ok();
  auto other = Find(context, number);
  if (!other.ok()) return other.status();
  bool known = Contains(household->apart(), number) || Contains(household->reviews(), number);
  bool full = household->reviews_size() >= kReviewsPerHouseholdMax ||
              (*other)->reviews_size() >= kReviewsPerHouseholdMax;
  if (known || full) return Status::Ok();
  ReviewRecord review;
  review.set_version(kRecordVersion);
  review.set_household(std::min(number, household->number()));
  review.set_other(std::max(number, household->number()));
  review.set_bits(bits);
  review.set_proposed_ms(MillisOf(context.now));
  context.state->Put(keys::Review(context.code(), number, household->number()),
                     review.SerializeAsString());
  Add(number, household->mutable_reviews());
  Add(household->number(), (*other)->mutable_reviews());
  context.state->Changed(*household);
  context.state->Changed(**other);
  return Status::Ok();
}

Status DropReview(const StepContext& context, HouseholdRecord* household, uint64_t number) {
  if (!Contains(household->reviews(), number)) return Status::Ok();
  auto other = Find(context, number);
  if (!other.ok()) return other.status();
  context.state->Delete(keys::Review(context.code(), number, household->number()));
  Remove(number, household->mutable_reviews());
  Remove(household->number(), (*other)->mutable_reviews());
  context.state->Changed(*household);
  context.state->Changed(**other);
  return Status::Ok();
}

Status KeepApart(const StepContext& context, HouseholdRecord* household, HouseholdRecord* other) {
  Add(other->number(), household->mutable_apart());
  Add(household->number(), other->mutable_apart());
  context.state->Changed(*household);
  context.state->Changed(*other);
  return DropReview(context, household, other->number());
}

Status InheritReviews(const StepContext& context, const HouseholdRecord& from,
                      HouseholdRecord* to) {
  Numbers reviews = from.reviews(), apart = from.apart();
  for (uint64_t number : reviews) {
    std::string key = keys::Review(context.code(), number, from.number());
    auto bytes = context.state->Get(key);
    if (!bytes.ok()) return bytes.status();
    ReviewRecord review;
    if (!review.ParseFromString(bytes->value_or(""))) {
      return Status::DataLoss("a review cannot be read");
    }
    auto other = Find(context, number);
    if (!other.ok()) return other.status();
    context.state->Delete(key);
    Remove(from.number(), (*other)->mutable_reviews());
    context.state->Changed(**other);
    VROEGSEIN_RETURN_IF_ERROR(ProposeReview(context, to, number, review.bits()));
  }
  for (uint64_t number : apart) {
    auto other = Find(context, number);
    if (!other.ok()) return other.status();
    Remove(from.number(), (*other)->mutable_apart());
    context.state->Changed(**other);
    if (number != to->number()) VROEGSEIN_RETURN_IF_ERROR(KeepApart(context, to, *other));
  }
  return Status::Ok();
}

Status DivideReviews(const StepContext& context, const identity::Judge& judge,
                     HouseholdRecord* from, HouseholdRecord* to) {
  Numbers reviews = from->reviews();
  for (uint64_t number : reviews) {
    auto other = Find(context, number);
    if (!other.ok()) return other.status();
    double bits = MostAlikeBits(judge, *to, **other);
    if (bits >= kDoubtBits) VROEGSEIN_RETURN_IF_ERROR(ProposeReview(context, to, number, bits));
    bool stays = MostAlikeBits(judge, *from, **other) >= kDoubtBits;
    if (!stays) VROEGSEIN_RETURN_IF_ERROR(DropReview(context, from, number));
  }
  return Status::Ok();
}

Status ForgetReviews(const StepContext& context, const HouseholdRecord& household) {
  for (uint64_t number : household.reviews()) {
    auto other = Find(context, number);
    if (!other.ok()) return other.status();
    context.state->Delete(keys::Review(context.code(), number, household.number()));
    Remove(household.number(), (*other)->mutable_reviews());
    context.state->Changed(**other);
  }
  for (uint64_t number : household.apart()) {
    auto other = Find(context, number);
    if (!other.ok()) return other.status();
    Remove(household.number(), (*other)->mutable_apart());
    context.state->Changed(**other);
  }
  return Status::Ok();
}

double MostAlikeBits(const identity::Judge& judge, const HouseholdRecord& a,
                     const HouseholdRecord& b) {
  double best = std::numeric_limits<double>::lowest();
  for (const PersonRecord& one : a.persons()) {
    identity::Resident resident = Recall(a, one);
    for (const PersonRecord& other : b.persons()) {
      best = std::max(best, judge.Weigh(resident, Recall(b, other)).bits);
    }
  }
  return best;
}

}  // namespace vroegsein
