#include "alerts/nodes/outcome_record.h"

#include "alerts/desk/delivery_receipts.h"

namespace vroegsein {

OutcomeRecord RecordOf(const Outcome& outcome) {
  OutcomeRecord record;
  record.set_status(static_cast<uint32_t>(outcome.status.code()));
  record.set_message(outcome.status.message());
  record.set_code(outcome.code);
  if (outcome.receipt) *record.mutable_receipt() = RecordOf(*outcome.receipt);
  if (outcome.case_id) record.set_case_id(outcome.case_id->Text());
  record.set_regrouped(outcome.regrouped);
  return record;
}

Outcome OutcomeOf(const OutcomeRecord& record) {
  Outcome outcome;
  // A code that only a newer node knows is our own mistake, not its.
  bool known = record.status() <= static_cast<uint32_t>(StatusCode::kInternal);
  auto code = known ? static_cast<StatusCode>(record.status()) : StatusCode::kInternal;
  if (code != StatusCode::kOk) outcome.status = Status(code, record.message());
  outcome.code = record.code();
  if (record.has_receipt()) outcome.receipt = ReceiptOf(record.receipt());
  outcome.case_id = CaseId::Parse(record.case_id());
  outcome.regrouped = record.regrouped();
  return outcome;
}

}  // namespace vroegsein
