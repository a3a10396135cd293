#include "alerts/desk/erasure.h"

#include <algorithm>
#include <functional>
#include <set>

#include "alerts/ddas/values.h"
#include "alerts/desk/case_file.h"
#include "alerts/desk/case_transfer.h"
#include "alerts/desk/regroup.h"
#include "alerts/report/case_fact.h"
#include "store/household/membership.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kHouseholdsPerTick = 10'000;
constexpr size_t kDeliveryChunksPerTick = 10'000;
constexpr int kRetentionMonthsDefault = 6;

int RetentionMonths(const MunicipalitySettings& settings, bool debt_help) {
  uint32_t months =
      debt_help ? std::max(settings.retention_debt_help_months(), settings.retention_months())
                : settings.retention_months();
  return months > 0 ? static_cast<int>(months) : kRetentionMonthsDefault;
}

Date DueDay(const StepContext& context, int64_t since_ms, bool debt_help) {
  return AddMonths(DayInAmsterdam(InstantOf(since_ms)),
                   RetentionMonths(context.settings(), debt_help));
}

std::optional<Date> DueDay(const StepContext& context, const CaseRecord& case_record) {
  if (!case_record.has_closed_ms()) return std::nullopt;
  return DueDay(context, case_record.closed_ms(), ddas::IsDebtHelp(case_record.outcome()));
}

std::optional<Date> NextDueDay(const StepContext& context, const HouseholdRecord& household) {
  std::optional<Date> next;
  auto consider = [&](std::optional<Date> day) {
    if (day && (!next || *day < *next)) next = day;
  };
  for (const CaseRecord& case_record : household.cases()) consider(DueDay(context, case_record));
  for (const SignalRecord& record : household.signals()) {
    if (record.case_number() == 0) consider(DueDay(context, record.received_ms(), false));
  }
  return next;
}

Status KeepFact(const StepContext& context, const CaseFact& fact) {
  auto counters = context.state->Counters(context.code());
  if (!counters.ok()) return counters.status();
  (*counters)->set_facts((*counters)->facts() + 1);
  context.state->Put(keys::Fact(context.code(), (*counters)->facts()),
                     KeptAfterErasure(fact).SerializeAsString());
  return Status::Ok();
}

// Every trace of a signal outside its household's record. The customer index is shared: it goes
// when no other signal of this household needs it.
Status ForgetSignal(const StepContext& context, const HouseholdRecord& household,
                    const SignalRecord& record) {
  const Signal& signal = record.signal();
  context.state->Delete(keys::Signal(context.code(), signal.partner(), signal.id()));
  for (uint64_t number : record.feedbacks()) {
    context.state->Delete(keys::Feedback(context.code(), signal.partner(), number));
  }
  if (signal.customer_number().empty()) return Status::Ok();
  for (const SignalRecord& other : household.signals()) {
    bool same = &other != &record && other.signal().partner() == signal.partner() &&
                other.signal().customer_number() == signal.customer_number();
    if (same) return Status::Ok();
  }
  return context.state->Unshare(
      keys::Customer(context.code(), signal.partner(), signal.customer_number()),
      household.number());
}

Status RemoveSignals(const StepContext& context, HouseholdRecord* household,
                     const std::function<bool(const SignalRecord&)>& due) {
  auto* signals = household->mutable_signals();
  for (int i = signals->size() - 1; i >= 0; --i) {
    if (!due(signals->Get(i))) continue;
    VROEGSEIN_RETURN_IF_ERROR(ForgetSignal(context, *household, signals->Get(i)));
    signals->DeleteSubrange(i, 1);
  }
  return Status::Ok();
}

Status EraseDueCases(const StepContext& context, HouseholdRecord* household) {
  auto* cases = household->mutable_cases();
  for (int i = cases->size() - 1; i >= 0; --i) {
    auto due = DueDay(context, cases->Get(i));
    if (!due || *due > context.today) continue;
    uint32_t number = cases->Get(i).number();
    VROEGSEIN_RETURN_IF_ERROR(KeepFact(context, FactOfCase(*household, cases->Get(i))));
    VROEGSEIN_RETURN_IF_ERROR(ForgetNames(context, cases->Get(i)));
    VROEGSEIN_RETURN_IF_ERROR(RemoveSignals(context, household, [&](const SignalRecord& record) {
      return record.case_number() == number;
    }));
    cases->DeleteSubrange(i, 1);
  }
  return Status::Ok();
}

Status EraseDueSignals(const StepContext& context, HouseholdRecord* household) {
  auto due = [&](const SignalRecord& record) {
    return record.case_number() == 0 &&
           DueDay(context, record.received_ms(), false) <= context.today;
  };
  CaseFact fact;
  fact.set_version(kRecordVersion);
  for (const SignalRecord& record : household->signals()) {
    if (due(record)) *fact.add_signals() = FactOfSignal(record);
  }
  if (fact.signals_size() == 0) return Status::Ok();
  VROEGSEIN_RETURN_IF_ERROR(KeepFact(context, fact));
  return RemoveSignals(context, household, due);
}

// A change of long ago says who was in a household then.
void ForgetOldHistory(const StepContext& context, HouseholdRecord* household) {
  auto* history = household->mutable_history();
  for (int i = history->size() - 1; i >= 0; --i) {
    if (DueDay(context, history->Get(i).at_ms(), false) > context.today) continue;
    history->DeleteSubrange(i, 1);
  }
}

Status ForgetAbsentPersons(const StepContext& context, HouseholdRecord* household) {
  VROEGSEIN_RETURN_IF_ERROR(UnlistAll(context.state, *household));
  std::set<uint32_t> present;
  for (const SignalRecord& record : household->signals()) present.insert(record.person_number());
  auto* persons = household->mutable_persons();
  for (int i = persons->size() - 1; i >= 0; --i) {
    if (present.contains(persons->Get(i).number())) continue;
    persons->DeleteSubrange(i, 1);
  }
  return ListAll(context.state, household);
}

Status EraseIn(const StepContext& context, HouseholdRecord* household) {
  VROEGSEIN_RETURN_IF_ERROR(EraseDueCases(context, household));
  VROEGSEIN_RETURN_IF_ERROR(EraseDueSignals(context, household));
  if (household->signals_size() == 0) {
    VROEGSEIN_RETURN_IF_ERROR(UnlistAll(context.state, *household));
    VROEGSEIN_RETURN_IF_ERROR(ForgetNames(context, *household));
    context.state->Erase(IdOf(*household));
    return Status::Ok();
  }
  VROEGSEIN_RETURN_IF_ERROR(ForgetAbsentPersons(context, household));
  ForgetOldHistory(context, household);
  VROEGSEIN_RETURN_IF_ERROR(FollowAddress(context, household));
  context.state->Changed(*household);
  ScheduleErasure(context, household);
  return Status::Ok();
}

// Receipts of deliveries carry the partner's ids; their keys begin with the moment of the delivery.
Result<bool> EraseOldDeliveries(const StepContext& context) {
  Date oldest = AddMonths(context.today, -RetentionMonths(context.settings(), false));
  bool any = false;
  for (const Partner& partner : context.settings().partners()) {
    std::string begin = keys::Delivery(context.code(), partner.id(), "");
    begin.pop_back();
    auto found = context.state->Keys(begin, begin + FormatDate(oldest), kDeliveryChunksPerTick);
    if (!found.ok()) return found.status();
    for (const std::string& key : *found) context.state->Delete(key);
    any = any || !found->empty();
  }
  return any;
}

}  // namespace

void ScheduleErasure(const StepContext& context, HouseholdRecord* household) {
  auto next = NextDueDay(context, *household);
  std::optional<Date> noted;
  if (household->has_erasure_day()) noted = DateOf(household->erasure_day());
  if (next == noted) return;
  if (noted) context.state->Delete(keys::Erasure(*noted, IdOf(*household)));
  household->clear_erasure_day();
  context.state->Changed(*household);
  if (!next) return;
  household->set_erasure_day(DaysOf(*next));
  context.state->Put(keys::Erasure(*next, IdOf(*household)), "");
}

Result<bool> EraseWhatIsDue(const StepContext& context) {
  auto deliveries = EraseOldDeliveries(context);
  if (!deliveries.ok()) return deliveries.status();
  std::string begin = keys::Erasures(context.code());
  std::string end = keys::Erasure(context.today + std::chrono::days(1), {context.code(), 0});
  auto due = context.state->Keys(begin, end, kHouseholdsPerTick);
  if (!due.ok()) return due.status();
  for (const std::string& key : *due) {
    HouseholdId id{context.code(), keys::HouseholdOfErasureKey(key)};
    auto household = context.state->FindHousehold(id);
    if (!household.ok()) return household.status();
    if (*household == nullptr)
      return Status::DataLoss("the retention index names a household that is gone");
    context.state->Delete(key);
    (*household)->clear_erasure_day();
    VROEGSEIN_RETURN_IF_ERROR(EraseIn(context, *household));
  }
  return *deliveries || !due->empty();
}

}  // namespace vroegsein
