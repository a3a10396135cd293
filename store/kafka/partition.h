// Which partition a municipality is in: the answer for as long as the topic lives.
//
// The hash is the one that Kafka's own clients use for a key (murmur2), so that whatever else
// writes with the municipality as key, lands in the same partition. Threads: any.
#pragma once

#include <cstdint>
#include <string_view>

namespace vroegsein {

uint32_t KeyHash(std::string_view key);

// REQUIRES: at least one partition.
uint32_t PartitionOf(std::string_view municipality, uint32_t partitions);

}  // namespace vroegsein
