#include "store/signal_detail.h"

#include "store/keys.h"
#include "store/record_check.h"
#include "store/state.h"
#include "store/texts.h"

namespace vroegsein {
namespace {

void DivideSignal(Signal* whole, Signal* household, Signal* detail) {
  const Signal& signal = *whole;
  household->set_partner(signal.partner());
  household->set_id(signal.id());
  household->set_sector(signal.sector());
  household->set_signal_day(signal.signal_day());
  household->set_arrears_cents(signal.arrears_cents());
  household->set_origin_day(signal.origin_day());
  household->set_customer_number(signal.customer_number());
  household->set_threat(signal.threat());
  household->set_crisis(signal.crisis());
  household->set_warm_handover(signal.warm_handover());
  if (signal.has_threat_day()) detail->set_threat_day(signal.threat_day());
  if (signal.has_effort()) *detail->mutable_effort() = std::move(*whole->mutable_effort());
  *detail->mutable_client() = std::move(*whole->mutable_client());
}

void DivideDecision(SignalDecision&& whole, SignalDecision* household, SignalDecision* detail) {
  household->set_arrears_days(whole.arrears_days());
  household->set_crisis(whole.crisis());
  household->set_admitted(whole.admitted());
  whole.clear_arrears_days();
  whole.clear_crisis();
  whole.clear_admitted();
  *detail = std::move(whole);
}

}  // namespace

SignalDetail Divide(Signal* signal, SignalDecision decision, uint64_t household,
                    SignalRecord* record) {
  SignalDetail detail;
  detail.set_version(kRecordVersion);
  detail.set_household(household);
  DivideSignal(signal, record->mutable_signal(), detail.mutable_signal());
  DivideDecision(std::move(decision), record->mutable_decision(), detail.mutable_decision());
  return detail;
}

Result<SignalDetail> ParseDetail(std::string_view bytes) {
  SignalDetail detail;
  bool parsed = detail.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  if (!parsed || !IsWhole(detail)) {
    return Status::DataLoss("the record of a signal is damaged or of a newer version");
  }
  return detail;
}

void Unite(const HouseholdRecord& household, const SignalDetail& detail, SignalRecord* record) {
  record->mutable_signal()->MergeFrom(detail.signal());
  record->mutable_signal()->set_municipality(household.municipality());
  record->mutable_decision()->MergeFrom(detail.decision());
}

Status ReadDetails(const Database& database, const TextsRecord& texts, HouseholdRecord* household) {
  for (SignalRecord& record : *household->mutable_signals()) {
    const Signal& signal = record.signal();
    auto bytes =
        database.Get(keys::Signal(household->municipality(), signal.partner(), signal.id()));
    if (!bytes.ok()) return bytes.status();
    if (!bytes->has_value()) continue;
    auto detail = ParseDetail(**bytes);
    if (!detail.ok()) return detail.status();
    Unite(*household, *detail, &record);
    SpellOut(texts, record.mutable_decision());
  }
  return Status::Ok();
}

}  // namespace vroegsein
