#include "alerts/reading/json_writer.h"

#include "alerts/reading/case_json.h"
#include "ingest/receipt.h"

namespace vroegsein {

void JsonWriter::Separate() {
  if (comma_) out_->push_back(',');
  comma_ = true;
}

JsonWriter& JsonWriter::Open(char bracket) {
  Separate();
  out_->push_back(bracket);
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::Close(char bracket) {
  out_->push_back(bracket);
  comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::Key(std::string_view name) {
  Separate();
  out_->push_back('"');
  out_->append(name).append("\":", 2);
  comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::Text(std::string_view text) {
  Separate();
  AppendJsonString(text, out_);
  return *this;
}

JsonWriter& JsonWriter::Integer(int64_t number) { return Raw(std::to_string(number)); }
JsonWriter& JsonWriter::Real(double number) { return Raw(FormatNumber(number)); }
JsonWriter& JsonWriter::Flag(bool value) { return Raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::Null() { return Raw("null"); }

JsonWriter& JsonWriter::Raw(std::string_view json) {
  Separate();
  out_->append(json);
  return *this;
}

JsonWriter& JsonWriter::TextOrNull(std::string_view name, std::string_view text) {
  return text.empty() ? Null(name) : Text(name, text);
}

}  // namespace vroegsein
