#include "alerts/topics/told_book.h"

#include <simdjson.h>

#include <charconv>

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
  options.write_buffer_bytes = 2u << 20;
  // What a power cut takes of it is read on the topics again: where it was read up to goes with it.
  options.sync = false;
  auto database = Database::Open(data + "/uitgave", options);
  if (!database.ok()) return database.status();
  return std::unique_ptr<ToldBook>(new ToldBook(settings, std::move(*database)));
}

Status ToldBook::FindRead(const std::string& topic, TopicOffsets* read) const {
  std::string prefix = "R" + topic + '\0';
  return database_->Scan(
      prefix, keys::After(prefix), [&](std::string_view key, std::string_view at) {
        int32_t partition = 0;
        std::from_chars(key.data() + prefix.size(), key.data() + key.size(), partition);
        (*read)[partition] = static_cast<int64_t>(keys::DecodeU64(at));
        return true;
      });
}

void ToldBook::Advance(const std::string& topic, int32_t partition, int64_t offset) {
  read_[topic][partition] = offset;
  Put(ReadKey(topic, partition), keys::EncodeU64(static_cast<uint64_t>(offset)));
}

Status ToldBook::CatchUp(const std::string& topic, const Each& each) {
  if (!read_.contains(topic)) VROEGSEIN_RETURN_IF_ERROR(FindRead(topic, &read_[topic]));
  const TopicOffsets from = read_[topic];
  simdjson::dom::parser parser;
  Status worked;
  auto read = ReadTopicFrom(settings_, topic, from, [&](const TopicRecord& record) {
    std::string_view id;
    bool ours =
        parser.parse(record.value.data(), record.value.size())["id"].get(id) == simdjson::SUCCESS;
    size_t data = record.value.find(kData);
    if (ours && data != std::string_view::npos) {
      data += kData.size();
      worked = each(std::string(id), record.value.substr(data, record.value.size() - data - 1));
    }
    Advance(topic, record.partition, record.offset + 1);
    if (worked.ok()) worked = Write(false);
    return worked.ok();
  });
  VROEGSEIN_RETURN_IF_ERROR(worked);
  VROEGSEIN_RETURN_IF_ERROR(read.status().Within("read " + topic));
  for (const auto& [partition, end] : *read) {
    auto [known, is_new] = read_[topic].try_emplace(partition, end);
    if (is_new || known->second != end) Advance(topic, partition, end);
  }
  return Write(true);
}

void ToldBook::Told(const std::string& topic, const std::vector<KafkaProducer::Place>& places) {
  const TopicOffsets& read = read_[topic];
  TopicOffsets to;
  for (const auto& [partition, offset] : places) {
    auto known = read.find(partition);
    if (known == read.end()) continue;
    int64_t& end = to.try_emplace(partition, known->second).first->second;
    if (end == offset) ++end;
  }
  for (const auto& [partition, end] : to) {
    if (end != read.at(partition)) Advance(topic, partition, end);
  }
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
