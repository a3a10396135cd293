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
  DeliveryChunk chunk;
  if (bytes->has_value() && !chunk.ParseFromString(**bytes)) {
    return Status::DataLoss("a delivery record cannot be read");
  }
  chunk.set_version(kRecordVersion);
  chunk.set_partner(partner);
  chunk.set_received_ms(MillisOf(context.now));
  *chunk.add_receipts() = receipt;
  context.state->Put(key, chunk.SerializeAsString());
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
