#include "alerts/desk/receive.h"

#include <algorithm>

#include "alerts/ddas/values.h"
#include "alerts/desk/admission.h"
#include "alerts/desk/case_file.h"
#include "alerts/desk/casework.h"
#include "alerts/desk/erasure.h"
#include "alerts/desk/feedback.h"
#include "alerts/desk/regroup.h"
#include "alerts/desk/reviews.h"
#include "store/household/address.h"
#include "store/household/alias.h"
#include "store/household/description.h"
#include "store/household/membership.h"
#include "store/keys.h"
#include "store/signal_detail.h"
#include "store/texts.h"

namespace vroegsein {
namespace {

Receipt ReceiptFor(const HouseholdRecord& household, const SignalRecord& record,
                   ReceiptStatus status) {
  Receipt receipt;
  receipt.id = record.signal().id();
  receipt.status = status;
  receipt.ddas_status = std::string(ddas::NameOf(record.status()));
  if (record.case_number() != 0) {
    receipt.case_id = CaseId{IdOf(household), record.case_number()}.Text();
  }
  return receipt;
}

bool SameContent(const KnownSignal& known, const Signal& signal) {
  SignalRecord whole = *known.record;
  Unite(*known.household, known.detail, &whole);
  return whole.signal().SerializeAsString() == signal.SerializeAsString();
}

Receipt DuplicateReceipt(const KnownSignal& known, const Signal& signal) {
  Receipt receipt = ReceiptFor(*known.household, *known.record, ReceiptStatus::kDuplicate);
  if (!SameContent(known, signal)) {
    receipt.errors.push_back(
        {"inhoud-anders", "",
         "Dit id is eerder ontvangen met een andere inhoud. De eerste inhoud blijft gelden. "
         "Stuur een wijziging als nieuw signaal met een nieuw id."});
  }
  return receipt;
}

// Legal persons are unfounded by national definition; thresholds and windows are the policy's.
SignalDecision Judge(const StepContext& context, const Signal& signal) {
  SignalDecision decision = context.policy->DecideSignal(signal);
  if (signal.client().legal_person()) {
    decision.set_admitted(false);
    decision.set_refusal("rechtspersoon");
  }
  return decision;
}

// A new description of a resident, in the household where the matcher wants it.
Status Enter(const StepContext& context, const HouseholdMatcher& matcher, Placement* placement,
             HouseholdRecord* household) {
  if (household->persons_size() >= kDescriptionsMax) {
    placement->person = household->persons(household->persons_size() - 1).number();
    return Status::Ok();
  }
  PersonRecord* person = AddDescription(*placement->newcomer, household);
  placement->person = person->number();
  if (placement->persons.empty()) {
    if (household->persons_size() > 1) NamePersons(matcher.judge(), household);
  } else {
    for (auto& [number, first] : placement->persons) {
      if (number == 0) number = person->number();
      if (first == 0) first = person->number();
    }
    NamePersons(placement->persons, household);
  }
  return List(context.state, placement->newcomer->lists, household, person);
}

// That they were looked at beside others, and where that ended, for when they are seen again.
void NoteCompany(const StepContext& context, const Placement& placement,
                 HouseholdRecord* household) {
  bool known = household->linked() || placement.linked.empty();
  for (MatchLimit limit : placement.limits) {
    const auto& noted = household->limits();
    bool is_new = std::find(noted.begin(), noted.end(), limit) == noted.end();
    if (is_new) household->add_limits(limit);
    known = known && !is_new;
  }
  if (known) return;
  if (!placement.linked.empty()) household->set_linked(true);
  auto* limits = household->mutable_limits();
  std::sort(limits->begin(), limits->end());
  context.state->Changed(*household);
}

Status NoteCompanyOfAll(const StepContext& context, const Placement& placement,
                        HouseholdRecord* household) {
  NoteCompany(context, placement, household);
  for (uint64_t number : placement.linked) {
    auto current = CurrentName(context.state, HouseholdId{context.code(), number});
    if (!current.ok()) return current.status();
    auto other = context.state->FindHousehold(*current);
    if (!other.ok()) return other.status();
    if (*other != nullptr) NoteCompany(context, placement, *other);
  }
  return Status::Ok();
}

// Carries out what the matcher found and gives the household of the signal's resident.
Result<HouseholdRecord*> BringHome(const StepContext& context, const HouseholdMatcher& matcher,
                                   const Signal& signal, Placement* placement) {
  PersonAt at{placement->household, placement->person};
  std::vector<uint64_t> went;
  for (const Regrouping& regrouping : placement->regroupings) {
    auto to = Regrouper(context, matcher, "").CarryOut(regrouping, &at);
    if (!to.ok()) return to;
    went.push_back((*to)->number());
  }
  if (placement->regrouping) at.household = went[*placement->regrouping];
  auto household = at.household == 0 ? context.state->MakeHousehold(context.code())
                                     : context.state->FindHousehold({context.code(), at.household});
  if (!household.ok()) return household;
  if (*household == nullptr) return Status::DataLoss("the matcher names a household that is gone");
  placement->person = at.person;
  if (placement->newcomer) {
    VROEGSEIN_RETURN_IF_ERROR(Enter(context, matcher, placement, *household));
  }
  CountSeen(signal.signal_day(), FindPerson(*household, placement->person));
  context.state->Changed(**household);
  VROEGSEIN_RETURN_IF_ERROR(NoteCompanyOfAll(context, *placement, *household));
  for (const Doubt& doubt : placement->doubts) {
    auto current = CurrentName(context.state, HouseholdId{context.code(), doubt.household});
    if (!current.ok()) return current.status();
    VROEGSEIN_RETURN_IF_ERROR(ProposeReview(context, *household, current->number, doubt.bits));
  }
  return household;
}

Result<SignalRecord*> Register(const StepContext& context, HouseholdRecord* household,
                               uint32_t person, Signal* signal) {
  SignalDecision decision = Judge(context, *signal);
  VROEGSEIN_RETURN_IF_ERROR(
      Renumber(context.state, context.code(), context.policy->texts(), &decision));
  SignalRecord* record = household->add_signals();
  record->set_received_ms(MillisOf(context.now));
  record->set_person_number(person);
  SignalDetail detail = Divide(signal, std::move(decision), household->number(), record);
  context.state->Put(keys::Signal(context.code(), signal->partner(), signal->id()),
                     detail.SerializeAsString());
  context.state->Changed(*household);
  return record;
}

// Every signal of this municipality about the same arrears, wherever its household is; the customer
// index knows this household from now on.
Result<std::vector<ArrearsMember>> SameArrearsAs(const StepContext& context,
                                                 HouseholdRecord* household, SignalRecord* record) {
  const Signal& signal = record->signal();
  auto member = [](HouseholdRecord* owner, SignalRecord* found) {
    const CaseRecord* joined = FindCase(std::as_const(*owner), found->case_number());
    bool fixed = joined != nullptr && WorkHasBegun(*joined);
    return ArrearsMember{found, owner, found->decision().admitted(), fixed, false};
  };
  std::vector<ArrearsMember> members;
  if (signal.customer_number().empty()) {
    members.push_back(member(household, record));
    return members;
  }
  auto sharing = context.state->Share(
      keys::Customer(context.code(), signal.partner(), signal.customer_number()),
      household->number());
  if (!sharing.ok()) return sharing.status();
  for (uint64_t number : *sharing) {
    auto owner = context.state->FindHousehold({context.code(), number});
    if (!owner.ok()) return owner.status();
    if (*owner == nullptr)
      return Status::DataLoss("the customer index names a household that is gone");
    for (SignalRecord& found : *(*owner)->mutable_signals()) {
      if (SameArrears(found.signal(), signal)) members.push_back(member(*owner, &found));
    }
  }
  return members;
}

// Where the verdict puts the signal; true when it moved.
bool Settle(const StepContext& context, const ArrearsMember& member, bool is_new) {
  SignalRecord* record = member.record;
  if (!member.eligible) {
    record->set_status(SIGNAL_UNFOUNDED);
    return is_new;
  }
  if (member.repeat) {
    if (!is_new && record->status() == SIGNAL_REPEAT) return false;
    LeaveCase(record);
    record->set_status(SIGNAL_REPEAT);
    return true;
  }
  if (record->case_number() != 0) return false;
  JoinCase(context, member.household, record);
  return true;
}

Status Place(const StepContext& context, HouseholdRecord* household, SignalRecord* record) {
  auto members = SameArrearsAs(context, household, record);
  if (!members.ok()) return members.status();
  JudgeRepeats(&*members);
  std::vector<HouseholdRecord*> changed = {household};
  for (const ArrearsMember& member : *members) {
    bool is_new = member.record == record;
    if (!Settle(context, member, is_new)) continue;
    if (std::find(changed.begin(), changed.end(), member.household) == changed.end()) {
      changed.push_back(member.household);
    }
    // What waits for a team is told when the team is done; everything else is told now.
    bool waits = member.record->case_number() != 0;
    if (!waits || !is_new) VROEGSEIN_RETURN_IF_ERROR(TellPartner(context, false, member.record));
  }
  for (HouseholdRecord* touched : changed) {
    VROEGSEIN_RETURN_IF_ERROR(Reconsider(context, touched));
    ScheduleErasure(context, touched);
  }
  return Status::Ok();
}

}  // namespace

Result<KnownSignal> FindSignal(State* state, const std::string& municipality,
                               const std::string& partner, const std::string& id) {
  auto bytes = state->Get(keys::Signal(municipality, partner, id));
  if (!bytes.ok()) return bytes.status();
  if (!bytes->has_value()) return KnownSignal{};
  auto detail = ParseDetail(**bytes);
  if (!detail.ok()) return detail.status();
  auto household = state->FindHousehold({municipality, detail->household()});
  if (!household.ok()) return household.status();
  if (*household != nullptr) {
    for (SignalRecord& record : *(*household)->mutable_signals()) {
      bool same = record.signal().partner() == partner && record.signal().id() == id;
      if (same) return KnownSignal{*household, &record, std::move(*detail)};
    }
  }
  return Status::DataLoss("the signal index names a household that does not hold the signal");
}

Result<Received> ReceiveSignal(const StepContext& context, const HouseholdMatcher& matcher,
                               Signal* signal) {
  auto known = FindSignal(context.state, context.code(), signal->partner(), signal->id());
  if (!known.ok()) return known.status();
  if (known->record != nullptr) return Received{DuplicateReceipt(*known, *signal), false};

  auto placement = matcher.Place(context.state, context.settings(), *signal);
  if (!placement.ok()) return placement.status();
  auto household = BringHome(context, matcher, *signal, &*placement);
  if (!household.ok()) return household.status();
  auto record = Register(context, *household, placement->person, signal);
  if (!record.ok()) return record.status();
  VROEGSEIN_RETURN_IF_ERROR(FollowAddress(context, *household));
  VROEGSEIN_RETURN_IF_ERROR(Place(context, *household, *record));
  return Received{ReceiptFor(**household, **record, ReceiptStatus::kAccepted),
                  !placement->regroupings.empty()};
}

}  // namespace vroegsein
