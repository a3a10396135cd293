#include "alerts/topics/dead_letters.h"

#include <simdjson.h>
#include <sodium.h>

#include <algorithm>
#include <set>

#include "alerts/reading/json_writer.h"
#include "ingest/reader_limits.h"
#include "store/kafka/digest.h"
#include "store/kafka/topic_reader.h"

namespace vroegsein {
namespace {

constexpr int kBase64 = sodium_base64_VARIANT_ORIGINAL;
// So many go to the brokers before their answers are waited for.
constexpr size_t kSentAtOnceBytes = 8u << 20;

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

void DeadLetter::Keep(std::string record) {
  bytes = record.size();
  if (bytes <= ReaderLimits().record_bytes_max) message = std::move(record);
}

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
  json.EndArray().Integer("bytes", static_cast<int64_t>(letter.bytes));
  if (with_message && letter.message) json.Text("bericht", Base64Of(*letter.message));
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
  if (!at || letter.topic.empty() || letter.offset < 0) return unreadable;
  letter.refused_at = *at;
  std::string_view base64;
  if (json["bericht"].get_string().get(base64) == simdjson::SUCCESS) {
    letter.message = BytesOf(base64);
    if (!letter.message) return unreadable;
    letter.bytes = letter.message->size();
  } else {
    letter.bytes = static_cast<size_t>(std::max<int64_t>(0, NumberAt(json, "bytes")));
  }
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

Result<size_t> DeadLetters::Read(const std::function<bool(const DeadLetter& letter)>& each) {
  size_t no_letters = 0;
  Status read = ReadTopic(settings_, settings_.RefusedTopic(), [&](std::string_view value) {
    auto letter = DeadLetterOf(value);
    if (letter.ok()) return each(*letter);
    ++no_letters;
    return true;
  });
  if (!read.ok()) return read;
  return no_letters;
}

Result<DeadLetters::HandedIn> DeadLetters::HandInAgain(
    const std::function<bool(const DeadLetter& letter)>& wanted) {
  HandedIn handed_in;
  std::set<std::string> known;  // digests: what is refused again is another letter
  std::vector<KafkaRecord> records;
  size_t bytes = 0;
  auto send = [&] {
    Status sent = producer_->SendAll(records).status();
    handed_in.records += records.size();
    records.clear();
    bytes = 0;
    return sent;
  };
  Status sent;
  auto read = Read([&](const DeadLetter& letter) {
    if (!wanted(letter)) return true;
    if (!letter.message) ++handed_in.too_long;
    bool is_new =
        letter.message && known.insert(DigestOf(letter.topic + '\0' + *letter.message)).second;
    if (!is_new) return true;
    KafkaRecord record;
    record.topic = letter.topic;
    record.value = *letter.message;
    records.push_back(std::move(record));
    bytes += letter.bytes;
    if (bytes >= kSentAtOnceBytes) sent = send();
    return sent.ok();
  });
  if (!read.ok()) return read.status();
  if (sent.ok()) sent = send();
  if (!sent.ok()) return sent;
  return handed_in;
}

}  // namespace vroegsein
