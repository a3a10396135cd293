#include "store/kafka/partition.h"

#include "ingest/status.h"

namespace vroegsein {
namespace {

constexpr uint32_t kSeed = 0x9747b28c;
constexpr uint32_t kMultiplier = 0x5bd1e995;

uint32_t ByteAt(std::string_view key, size_t at) { return static_cast<unsigned char>(key[at]); }

uint32_t WordAt(std::string_view key, size_t at) {
  return ByteAt(key, at) | ByteAt(key, at + 1) << 8 | ByteAt(key, at + 2) << 16 |
         ByteAt(key, at + 3) << 24;
}

}  // namespace

uint32_t KeyHash(std::string_view key) {
  uint32_t hash = kSeed ^ static_cast<uint32_t>(key.size());
  size_t at = 0;
  for (; at + 4 <= key.size(); at += 4) {
    uint32_t word = WordAt(key, at) * kMultiplier;
    word = (word ^ word >> 24) * kMultiplier;
    hash = hash * kMultiplier ^ word;
  }
  size_t left = key.size() - at;
  if (left >= 3) hash ^= ByteAt(key, at + 2) << 16;
  if (left >= 2) hash ^= ByteAt(key, at + 1) << 8;
  if (left >= 1) hash = (hash ^ ByteAt(key, at)) * kMultiplier;
  hash = (hash ^ hash >> 13) * kMultiplier;
  return hash ^ hash >> 15;
}

uint32_t PartitionOf(std::string_view municipality, uint32_t partitions) {
  VROEGSEIN_CHECK(partitions > 0);
  return (KeyHash(municipality) & 0x7fffffff) % partitions;
}

}  // namespace vroegsein
