// ToldBook: how far the outside was told over topics. The topics themselves say so; this is what
// was read of them, in DIR/uitgave: whoever takes over, or lost it, reads it there, and tells on.
//
//   'U' municipality partner      u64        number of the feedback told last
//   'T' case id                   u64 flag digest   number of the change told last; 1: its task
//                                            is over; of what was told
//   'R' topic 00 i32              u64        offset up to which it was read
//
// Thread: one. Errors: of the store and of the brokers.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"
#include "store/kafka/kafka_producer.h"
#include "store/kafka/settings.h"
#include "store/kafka/topic_reader.h"

namespace vroegsein {

// Whether this process tells of that municipality: asked right before each time that it does.
using Owns = std::function<bool(const std::string& municipality)>;

class ToldBook {
 public:
  static Result<std::unique_ptr<ToldBook>> Open(const KafkaSettings& settings,
                                                const std::string& data);

  // Reads what came on the topic since the last time. `each` gets id and data of every CloudEvent
  // of ours, and writes what follows from it; later reads see it.
  using Each = std::function<Status(const std::string& id, std::string_view data)>;
  Status CatchUp(const std::string& topic, const Each& each);
  // That this process told these itself, and noted what follows from it: where nothing of another
  // is in between they need not be read.
  void Told(const std::string& topic, const std::vector<KafkaProducer::Place>& places);

  Result<std::optional<std::string>> Get(const std::string& key) const;
  Status Scan(const std::string& prefix, const Database::Each& each) const;
  void Put(const std::string& key, const std::string& value);
  // What was put is on disk, unless it is little and `all` is false.
  Status Write(bool all);

 private:
  ToldBook(KafkaSettings settings, std::unique_ptr<Database> database);

  Status FindRead(const std::string& topic, TopicOffsets* read) const;
  void Advance(const std::string& topic, int32_t partition, int64_t offset);

  const KafkaSettings settings_;
  std::unique_ptr<Database> database_;
  std::map<std::string, TopicOffsets> read_;  // by topic: up to where; filled by CatchUp()
  Batch batch_;
  std::map<std::string, std::string> put_;  // what is in batch_
};

}  // namespace vroegsein
