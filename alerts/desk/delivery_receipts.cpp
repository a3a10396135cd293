#include "alerts/desk/delivery_receipts.h"

#include "store/keys.h"

namespace vroegsein {

Status KeepReceipt(const StepContext& context, const std::string& partner,
                   const std::string& delivery, const ReceiptRecord& receipt) {
  // Row 0 speaks of the delivery as a whole.
  uint64_t row = receipt.row() == 0 ? 1 : receipt.row();
  auto number = static_cast<uint32_t>((row - 1) / kDeliveryChunkRows);
  std::string key = keys::DeliveryChunk(context.code(), partner, delivery, number);
  auto bytes = context.state->Get(key);
  if (!bytes.ok()) return bytes.status();
  // A receipt is written behind those that are there: two messages behind one another are one
  // message with the lists of both, so a chunk is never parsed to make it longer.
  DeliveryChunk more;
  if (!bytes->has_value()) {
    more.set_version(kRecordVersion);
    more.set_partner(partner);
    more.set_received_ms(MillisOf(context.now));
  }
  *more.add_receipts() = receipt;
  std::string chunk = std::move(*bytes).value_or("");
  more.AppendToString(&chunk);
  context.state->Put(key, std::move(chunk));
  return Status::Ok();
}

ReceiptRecord RecordOf(const Receipt& receipt) {
  ReceiptRecord record;
  record.set_row(receipt.row);
  record.set_id(receipt.id);
  record.set_status(static_cast<uint32_t>(receipt.status));
  record.set_ddas_status(receipt.ddas_status);
  record.set_case_id(receipt.case_id.value_or(""));
  for (const FieldError& error : receipt.errors) {
    FieldErrorRecord* added = record.add_errors();
    added->set_code(error.code);
    added->set_field(error.field);
    added->set_message(error.message);
  }
  return record;
}

Receipt ReceiptOf(const ReceiptRecord& record) {
  Receipt receipt;
  receipt.row = record.row();
  receipt.id = record.id();
  receipt.status = static_cast<ReceiptStatus>(record.status());
  receipt.ddas_status = record.ddas_status();
  if (!record.case_id().empty()) receipt.case_id = record.case_id();
  for (const FieldErrorRecord& error : record.errors()) {
    receipt.errors.push_back({error.code(), error.field(), error.message()});
  }
  return receipt;
}

}  // namespace vroegsein
