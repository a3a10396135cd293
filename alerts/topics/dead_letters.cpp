#include "alerts/topics/dead_letters.h"

#include <simdjson.h>
#include <sodium.h>

#include "alerts/reading/json_writer.h"
#include "store/kafka/topic_reader.h"

namespace vroegsein {
namespace {

constexpr int kBase64 = sodium_base64_VARIANT_ORIGINAL;
// So many go to the brokers before their answers are waited for.
constexpr size_t kSentAtOnce = 1'000;

std::string Base64Of(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kBase64);
  text.pop_back();  // it ends with a zero
  return text;
}

std::optional<std::string> BytesOf(std::string_view base64) {
  std::string bytes(base64.size(), '\0');
  size_t size = 0;
  int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                 base64.data(), base64.size(), nullptr, &size, nullptr, kBase64);
  if (failed != 0) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

std::string TextAt(const simdjson::dom::element& object, std::string_view name) {
  std::string_view text;
  return object[name].get_string().get(text) == simdjson::SUCCESS ? std::string(text) : "";
}

int64_t NumberAt(const simdjson::dom::element& object, std::string_view name) {
  int64_t number = -1;
  return object[name].get_int64().get(number) == simdjson::SUCCESS ? number : -1;
}

}  // namespace

std::string DeadLetter::Id() const {
  return topic + "/" + std::to_string(partition) + "/" + std::to_string(offset);
}

std::string JsonOf(const DeadLetter& letter, bool with_message) {
  std::string text;
  JsonWriter json(&text);
  json.BeginObject().Text("id", letter.Id()).Text("partner", letter.partner);
  json.Text("tijdstip", FormatInstant(letter.refused_at)).Object("herkomst");
  json.Text("topic", letter.topic).Integer("partitie", letter.partition);
  json.Integer("offset", letter.offset).EndObject().Array("fouten");
  for (const FieldError& error : letter.errors) {
    json.BeginObject().Text("code", error.code).Text("veld", error.field);
    json.Text("melding", error.message).EndObject();
  }
  json.EndArray();
  if (with_message) json.Text("bericht", Base64Of(letter.message));
  json.EndObject();
  return text;
}

Result<DeadLetter> DeadLetterOf(std::string_view text) {
  Status unreadable = Status::DataLoss("a refused record cannot be read");
  simdjson::dom::parser parser;
  simdjson::dom::element json;
  simdjson::dom::element origin;
  if (parser.parse(text.data(), text.size()).get(json) != simdjson::SUCCESS) return unreadable;
  if (json["herkomst"].get(origin) != simdjson::SUCCESS) return unreadable;
  DeadLetter letter;
  letter.partner = TextAt(json, "partner");
  letter.topic = TextAt(origin, "topic");
  letter.partition = static_cast<int32_t>(NumberAt(origin, "partitie"));
  letter.offset = NumberAt(origin, "offset");
  auto at = ParseInstant(TextAt(json, "tijdstip"));
  auto message = BytesOf(TextAt(json, "bericht"));
  if (!at || !message || letter.topic.empty() || letter.offset < 0) return unreadable;
  letter.refused_at = *at;
  letter.message = std::move(*message);
  simdjson::dom::array errors;
  if (json["fouten"].get_array().get(errors) != simdjson::SUCCESS) return unreadable;
  for (simdjson::dom::element error : errors) {
    letter.errors.push_back(
        {TextAt(error, "code"), TextAt(error, "veld"), TextAt(error, "melding")});
  }
  return letter;
}

DeadLetters::DeadLetters(KafkaSettings settings, KafkaProducer* producer)
    : settings_(std::move(settings)), producer_(producer) {}

Status DeadLetters::Add(const std::vector<DeadLetter>& letters) {
  std::vector<KafkaRecord> records;
  for (const DeadLetter& letter : letters) {
    KafkaRecord record;
    record.topic = settings_.RefusedTopic();
    record.key = letter.Id();
    record.value = JsonOf(letter, true);
    records.push_back(std::move(record));
  }
  return producer_->SendAll(records).status();
}

Status DeadLetters::Read(const std::function<bool(const DeadLetter& letter)>& each) {
  Status failed;
  Status read = ReadTopic(settings_, settings_.RefusedTopic(), [&](std::string_view value) {
    auto letter = DeadLetterOf(value);
    if (!letter.ok()) failed = letter.status();
    return letter.ok() && each(*letter);
  });
  return read.ok() ? failed : read;
}

Result<size_t> DeadLetters::HandInAgain(
    const std::function<bool(const DeadLetter& letter)>& wanted) {
  std::vector<KafkaRecord> records;
  size_t count = 0;
  Status sent;
  Status read = Read([&](const DeadLetter& letter) {
    if (!wanted(letter)) return true;
    KafkaRecord record;
    record.topic = letter.topic;
    record.value = letter.message;
    records.push_back(std::move(record));
    ++count;
    if (records.size() < kSentAtOnce) return true;
    sent = producer_->SendAll(records).status();
    records.clear();
    return sent.ok();
  });
  if (!read.ok()) return read;
  if (!sent.ok()) return sent;
  Status last = producer_->SendAll(records).status();
  if (!last.ok()) return last;
  return count;
}

}  // namespace vroegsein
