#include "alerts/topics/told_book.h"

#include <simdjson.h>

#include <charconv>

#include "store/kafka/topic_reader.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kPutMax = 1'000;
// The last member of what we write (cloud_event_out.h).
constexpr std::string_view kData = "\"data\":";

std::string ReadKey(const std::string& topic, int32_t partition) {
  return "R" + topic + '\0' + std::to_string(partition);
}

}  // namespace

ToldBook::ToldBook(KafkaSettings settings, std::unique_ptr<Database> database)
    : settings_(std::move(settings)), database_(std::move(database)) {}

Result<std::unique_ptr<ToldBook>> ToldBook::Open(const KafkaSettings& settings,
                                                 const std::string& data) {
  DatabaseOptions options;
  options.block_cache_bytes = 1u << 20;
  options.write_buffer_bytes = 1u << 20;
  auto database = Database::Open(data + "/uitgave", options);
  if (!database.ok()) return database.status();
  return std::unique_ptr<ToldBook>(new ToldBook(settings, std::move(*database)));
}

Status ToldBook::CatchUp(const std::string& topic, const Each& each) {
  std::map<int32_t, int64_t> from;
  std::string prefix = "R" + topic + '\0';
  VROEGSEIN_RETURN_IF_ERROR(
      database_->Scan(prefix, keys::After(prefix), [&](std::string_view key, std::string_view at) {
        int32_t partition = 0;
        std::from_chars(key.data() + prefix.size(), key.data() + key.size(), partition);
        from[partition] = static_cast<int64_t>(keys::DecodeU64(at));
        return true;
      }));
  simdjson::dom::parser parser;
  Status worked;
  Status read = ReadTopicFrom(settings_, topic, from, [&](const TopicRecord& record) {
    std::string_view id;
    bool ours =
        parser.parse(record.value.data(), record.value.size())["id"].get(id) == simdjson::SUCCESS;
    size_t data = record.value.find(kData);
    if (ours && data != std::string_view::npos) {
      data += kData.size();
      worked = each(std::string(id), record.value.substr(data, record.value.size() - data - 1));
    }
    Put(ReadKey(topic, record.partition),
        keys::EncodeU64(static_cast<uint64_t>(record.offset) + 1));
    if (worked.ok()) worked = Write(false);
    return worked.ok();
  });
  VROEGSEIN_RETURN_IF_ERROR(worked);
  VROEGSEIN_RETURN_IF_ERROR(read.Within("read " + topic));
  return Write(true);
}

Result<std::optional<std::string>> ToldBook::Get(const std::string& key) const {
  auto found = put_.find(key);
  if (found != put_.end()) return std::optional<std::string>(found->second);
  return database_->Get(key);
}

Status ToldBook::Scan(const std::string& prefix, const Database::Each& each) const {
  VROEGSEIN_CHECK(put_.empty());
  return database_->Scan(prefix, keys::After(prefix), each);
}

void ToldBook::Put(const std::string& key, const std::string& value) {
  put_[key] = value;
  batch_.Put(key, value);
}

Status ToldBook::Write(bool all) {
  if (put_.empty() || (!all && put_.size() < kPutMax)) return Status::Ok();
  put_.clear();
  return database_->Commit(&batch_);
}

}  // namespace vroegsein
