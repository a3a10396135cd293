#include "alerts/desk/case_transfer.h"

#include <algorithm>
#include <set>

#include "alerts/desk/case_file.h"
#include "alerts/desk/casework.h"
#include "alerts/desk/task_index.h"
#include "store/household/alias.h"
#include "store/keys.h"
#include "store/signal_detail.h"

namespace vroegsein {
namespace {

using MovedCases = google::protobuf::RepeatedPtrField<MovedCase>;

void RemoveMoved(uint32_t number, MovedCases* moved) {
  for (int i = moved->size() - 1; i >= 0; --i) {
    if (moved->Get(i).number() == number) moved->DeleteSubrange(i, 1);
  }
}

void SetMoved(uint32_t number, uint64_t household, uint32_t now, HouseholdRecord* from) {
  RemoveMoved(number, from->mutable_moved_cases());
  MovedCase* moved = from->add_moved_cases();
  moved->set_number(number);
  moved->mutable_now()->set_household(household);
  moved->mutable_now()->set_number(now);
}

void AddName(uint64_t household, uint32_t number, CaseRecord* record) {
  CaseName* name = record->add_names();
  name->set_household(household);
  name->set_number(number);
}

// The number that the case once had in that household, if it is free, or the next.
uint32_t NumberIn(HouseholdRecord* household, CaseRecord* record) {
  auto* names = record->mutable_names();
  for (int i = names->size() - 1; i >= 0; --i) {
    if (names->Get(i).household() != household->number()) continue;
    uint32_t number = names->Get(i).number();
    names->DeleteSubrange(i, 1);
    if (FindCase(std::as_const(*household), number) == nullptr) return number;
  }
  household->set_cases_given(household->cases_given() + 1);
  return household->cases_given();
}

void SortCases(HouseholdRecord* household) {
  auto* cases = household->mutable_cases();
  std::sort(cases->pointer_begin(), cases->pointer_end(),
            [](const CaseRecord* a, const CaseRecord* b) { return a->number() < b->number(); });
}

CaseRecord* AddCase(const CaseRecord& record, HouseholdRecord* household) {
  CaseRecord named = record;
  named.set_number(NumberIn(household, &named));
  CaseRecord* added = household->add_cases();
  *added = std::move(named);
  household->set_cases_given(std::max(household->cases_given(), added->number()));
  RemoveMoved(added->number(), household->mutable_moved_cases());
  return added;
}

void RemoveCase(uint32_t number, HouseholdRecord* household) {
  auto* cases = household->mutable_cases();
  for (int i = cases->size() - 1; i >= 0; --i) {
    if (cases->Get(i).number() == number) cases->DeleteSubrange(i, 1);
  }
}

bool HasName(const CaseRecord& record, uint64_t household) {
  return std::any_of(record.names().begin(), record.names().end(),
                     [&](const CaseName& name) { return name.household() == household; });
}

template <typename Record>
void RemoveEqual(const google::protobuf::RepeatedPtrField<Record>& gone,
                 google::protobuf::RepeatedPtrField<Record>* records) {
  std::set<std::string> texts;
  for (const Record& one : gone) texts.insert(one.SerializeAsString());
  for (int i = records->size() - 1; i >= 0; --i) {
    if (texts.contains(records->Get(i).SerializeAsString())) records->DeleteSubrange(i, 1);
  }
}

template <typename Record>
void AddInOrder(const google::protobuf::RepeatedPtrField<Record>& more,
                google::protobuf::RepeatedPtrField<Record>* records) {
  records->MergeFrom(more);
  std::stable_sort(
      records->pointer_begin(), records->pointer_end(),
      [](const Record* a, const Record* b) { return a->recorded_ms() < b->recorded_ms(); });
}

// The absorbed case that was a case of `household`, in its own name, out of `record`.
CaseRecord* Release(CaseRecord* record, uint64_t household, HouseholdRecord* into) {
  for (int i = record->absorbed_size() - 1; i >= 0; --i) {
    const AbsorbedCase& absorbed = record->absorbed(i);
    bool its = absorbed.name().household() == household || HasName(absorbed.record(), household);
    if (!its) continue;
    CaseRecord restored = absorbed.record();
    AddName(absorbed.name().household(), absorbed.name().number(), &restored);
    record->mutable_absorbed()->DeleteSubrange(i, 1);
    RemoveEqual(restored.attempts(), record->mutable_attempts());
    RemoveEqual(restored.notes(), record->mutable_notes());
    return AddCase(restored, into);
  }
  return nullptr;
}

bool ComesFirst(const CaseRecord& a, const CaseRecord& b) {
  if (WorkHasBegun(a) != WorkHasBegun(b)) return WorkHasBegun(a);
  return std::make_pair(a.opened_ms(), a.number()) < std::make_pair(b.opened_ms(), b.number());
}

void TakeOver(const CaseRecord& other, uint64_t household, CaseRecord* kept) {
  AbsorbedCase* absorbed = kept->add_absorbed();
  absorbed->mutable_name()->set_household(household);
  absorbed->mutable_name()->set_number(other.number());
  *absorbed->mutable_record() = other;
  AddInOrder(other.attempts(), kept->mutable_attempts());
  AddInOrder(other.notes(), kept->mutable_notes());
  if (kept->lead().empty()) kept->set_lead(other.lead());
  if (kept->task() == TASK_OPEN && other.task() == TASK_CLAIMED) {
    kept->set_task(TASK_CLAIMED);
    kept->set_assignee(other.assignee());
  }
  kept->clear_last_action();
}

// The closed case there that this one was one case with before their household was divided.
CaseRecord* OtherHalf(const CaseRecord& record, HouseholdRecord* household) {
  if (!record.has_closed_ms()) return nullptr;
  for (const CaseName& name : record.names()) {
    if (name.household() != household->number()) continue;
    CaseRecord* found = FindCase(household, name.number());
    if (found != nullptr && found->has_closed_ms()) return found;
  }
  return nullptr;
}

// What was written down since they were divided is kept.
void Rejoin(CaseRecord* record, CaseRecord* kept) {
  RemoveEqual(kept->attempts(), record->mutable_attempts());
  RemoveEqual(kept->notes(), record->mutable_notes());
  AddInOrder(record->attempts(), kept->mutable_attempts());
  AddInOrder(record->notes(), kept->mutable_notes());
  kept->clear_last_action();
}

// Two open cases become one.
void UniteOpenCases(HouseholdRecord* household) {
  std::vector<CaseRecord*> open;
  for (CaseRecord& one : *household->mutable_cases()) {
    if (!one.has_closed_ms()) open.push_back(&one);
  }
  if (open.size() < 2) return;
  VROEGSEIN_CHECK(open.size() == 2);
  CaseRecord* kept = ComesFirst(*open[0], *open[1]) ? open[0] : open[1];
  CaseRecord* other = kept == open[0] ? open[1] : open[0];
  TakeOver(*other, household->number(), kept);
  for (SignalRecord* record : SignalsOf(household, other->number())) {
    record->set_case_number(kept->number());
  }
  if (kept->attempts_size() > 0) {
    for (SignalRecord* record : SignalsOf(household, kept->number())) {
      record->set_status(SIGNAL_TAKEN_UP);
    }
  }
  SetMoved(other->number(), household->number(), kept->number(), household);
  RemoveCase(other->number(), household);
}

}  // namespace

Status CaseTransfer::Move(const std::map<uint32_t, uint32_t>& persons) {
  VROEGSEIN_RETURN_IF_ERROR(TakeTasksAway());
  std::set<uint32_t> numbers;
  for (const SignalRecord& record : from_->signals()) {
    bool goes = record.case_number() != 0 && persons.contains(record.person_number());
    if (goes) numbers.insert(record.case_number());
  }
  std::map<uint32_t, Fate> fates;
  for (uint32_t number : numbers) {
    auto fate = MoveCase(number, persons);
    if (!fate.ok()) return fate.status();
    fates[number] = *fate;
  }
  VROEGSEIN_RETURN_IF_ERROR(MoveSignals(persons, fates));
  for (HouseholdRecord* household : {from_, to_}) {
    UniteOpenCases(household);
    SortCases(household);
  }
  return PutTasksBack();
}

Status CaseTransfer::TakeTasksAway() {
  for (HouseholdRecord* household : {from_, to_}) {
    CaseRecord* open = OpenCase(household);
    if (open == nullptr) continue;
    VROEGSEIN_RETURN_IF_ERROR(
        RemoveTask(context_, IdOf(*household, *open), TaskKey(*household, *open), household));
  }
  // Whoever asks for a case of one may be led to the other.
  uint64_t ended = std::max(from_->task_ended(), to_->task_ended());
  if (ended == 0) return Status::Ok();
  from_->set_task_ended(ended);
  to_->set_task_ended(ended);
  return Status::Ok();
}

// A case keeps its team; what follows from its signals is decided again.
Status CaseTransfer::PutTasksBack() {
  for (HouseholdRecord* household : {from_, to_}) {
    CaseRecord* open = OpenCase(household);
    if (open != nullptr && open->decisions_size() > 0) {
      VROEGSEIN_RETURN_IF_ERROR(MoveTask(context_, std::nullopt, *household, *open));
    }
    VROEGSEIN_RETURN_IF_ERROR(Reconsider(context_, household));
  }
  return Status::Ok();
}

Result<CaseTransfer::Fate> CaseTransfer::MoveCase(uint32_t number,
                                                  const std::map<uint32_t, uint32_t>& persons) {
  CaseRecord* record = FindCase(from_, number);
  if (record == nullptr) return Status::DataLoss("a signal is in a case that is not there");
  auto signals = SignalsOf(std::as_const(*from_), number);
  bool all = std::all_of(signals.begin(), signals.end(), [&](const SignalRecord* one) {
    return persons.contains(one->person_number());
  });
  if (all) return MoveWhole(record);
  return record->has_closed_ms() ? CopyClosed(record) : DivideOpen(record, persons);
}

CaseTransfer::Fate CaseTransfer::MoveWhole(CaseRecord* record) {
  uint32_t before = record->number();
  if (CaseRecord* other = OtherHalf(*record, to_)) {
    Rejoin(record, other);
    SetMoved(before, to_->number(), other->number(), from_);
    RemoveCase(before, from_);
    return {other->number(), false};
  }
  CaseRecord* moved = AddCase(*record, to_);
  AddName(from_->number(), before, moved);
  SetMoved(before, to_->number(), moved->number(), from_);
  RemoveCase(before, from_);
  return {moved->number(), false};
}

// Of two that were one, neither outcome is taken back. Each remembers the name of the other, so
// that they are one again when the households are.
CaseTransfer::Fate CaseTransfer::CopyClosed(CaseRecord* record) {
  record->clear_last_action();
  if (CaseRecord* other = OtherHalf(*record, to_)) return {other->number(), false};
  CaseRecord* copy = AddCase(*record, to_);
  AddName(from_->number(), record->number(), copy);
  AddName(to_->number(), copy->number(), record);
  return {copy->number(), false};
}

CaseTransfer::Fate CaseTransfer::DivideOpen(CaseRecord* record,
                                            const std::map<uint32_t, uint32_t>& persons) {
  if (CaseRecord* restored = Release(record, to_->number(), to_)) {
    const CaseName& last = restored->names(restored->names_size() - 1);
    if (last.household() == from_->number()) {
      SetMoved(last.number(), to_->number(), restored->number(), from_);
    }
    return {restored->number(), false};
  }
  if (!HasName(*record, to_->number())) return {0, true};
  // The case itself came from there: those who stay get theirs back.
  uint32_t before = record->number();
  CaseRecord* restored = Release(record, from_->number(), from_);
  for (SignalRecord* one : SignalsOf(from_, before)) {
    if (persons.contains(one->person_number())) continue;
    one->set_case_number(restored != nullptr ? restored->number() : 0);
  }
  Fate fate = MoveWhole(record);
  for (SignalRecord& one : *from_->mutable_signals()) {
    bool stays = one.case_number() == 0 && one.status() <= SIGNAL_TAKEN_UP &&
                 !persons.contains(one.person_number());
    if (stays) JoinCase(context_, from_, &one);
  }
  return fate;
}

Status CaseTransfer::MoveSignals(const std::map<uint32_t, uint32_t>& persons,
                                 const std::map<uint32_t, Fate>& fates) {
  std::vector<SignalRecord> gone;
  auto* signals = from_->mutable_signals();
  for (const SignalRecord& record : *signals) {
    if (persons.contains(record.person_number())) gone.push_back(record);
  }
  for (int i = signals->size() - 1; i >= 0; --i) {
    if (persons.contains(signals->Get(i).person_number())) signals->DeleteSubrange(i, 1);
  }
  for (const SignalRecord& record : gone) {
    auto fate = fates.find(record.case_number());
    VROEGSEIN_RETURN_IF_ERROR(
        MoveSignal(record, persons, fate == fates.end() ? Fate{} : fate->second));
  }
  auto* there = to_->mutable_signals();
  std::stable_sort(there->pointer_begin(), there->pointer_end(),
                   [](const SignalRecord* a, const SignalRecord* b) {
                     return a->received_ms() < b->received_ms();
                   });
  return LeaveCustomers(gone);
}

Status CaseTransfer::MoveSignal(const SignalRecord& record,
                                const std::map<uint32_t, uint32_t>& persons, const Fate& fate) {
  SignalRecord* moved = to_->add_signals();
  *moved = record;
  moved->set_person_number(persons.at(record.person_number()));
  moved->set_case_number(fate.number);
  const CaseRecord* joined = FindCase(std::as_const(*to_), fate.number);
  if (joined != nullptr && !joined->has_closed_ms()) {
    moved->set_status(joined->attempts_size() > 0 ? SIGNAL_TAKEN_UP : SIGNAL_OPEN);
  }
  if (fate.joins) JoinCase(context_, to_, moved);
  const Signal& signal = record.signal();
  std::string key = keys::Signal(context_.code(), signal.partner(), signal.id());
  auto bytes = context_.state->Get(key);
  if (!bytes.ok()) return bytes.status();
  auto detail = ParseDetail(bytes->value_or(""));
  if (!detail.ok()) return detail.status();
  detail->set_household(to_->number());
  context_.state->Put(key, detail->SerializeAsString());
  if (signal.customer_number().empty()) return Status::Ok();
  return context_.state
      ->Share(keys::Customer(context_.code(), signal.partner(), signal.customer_number()),
              to_->number())
      .status();
}

Status CaseTransfer::LeaveCustomers(const std::vector<SignalRecord>& gone) {
  auto key_of = [this](const Signal& signal) {
    return keys::Customer(context_.code(), signal.partner(), signal.customer_number());
  };
  std::set<keys::IndexKey> kept;
  for (const SignalRecord& record : from_->signals()) kept.insert(key_of(record.signal()));
  for (const SignalRecord& record : gone) {
    const Signal& signal = record.signal();
    if (signal.customer_number().empty() || kept.contains(key_of(signal))) continue;
    VROEGSEIN_RETURN_IF_ERROR(context_.state->Unshare(key_of(signal), from_->number()));
  }
  return Status::Ok();
}

Status ForgetNames(const StepContext& context, const CaseRecord& record) {
  auto forget = [&context](const CaseName& name) -> Status {
    HouseholdId id{context.code(), name.household()};
    auto household = context.state->FindHousehold(id);
    if (!household.ok()) return household.status();
    if (*household != nullptr) {
      RemoveMoved(name.number(), (*household)->mutable_moved_cases());
      context.state->Changed(**household);
      return Status::Ok();
    }
    auto read = [&context](const std::string& key) { return context.state->Get(key); };
    auto alias = FindAlias(read, id);
    if (!alias.ok() || !alias->has_value()) return alias.status();
    RemoveMoved(name.number(), (*alias)->mutable_moved_cases());
    context.state->Put(keys::Alias(id), (*alias)->SerializeAsString());
    return Status::Ok();
  };
  for (const CaseName& name : record.names()) VROEGSEIN_RETURN_IF_ERROR(forget(name));
  for (const AbsorbedCase& absorbed : record.absorbed()) {
    VROEGSEIN_RETURN_IF_ERROR(forget(absorbed.name()));
    VROEGSEIN_RETURN_IF_ERROR(ForgetNames(context, absorbed.record()));
  }
  return Status::Ok();
}

}  // namespace vroegsein
