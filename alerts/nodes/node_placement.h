// NodePlacement: which node has which partitions, and which of them owns one now.
//
// Every node that has a partition applies all of it and comes to the same state; the order of the
// log is Kafka's. So an owner is no lock: it is the one that the others ask, and that tells the
// outside what happened. Who is there is Kafka's to say (store/kafka/kafka_members.h).
// A value, immutable once made: thread safe.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "ingest/status.h"
#include "store/kafka/settings.h"

namespace vroegsein {

class NodePlacement {
 public:
  // kInvalid, with what is wrong: each of the topic's partitions has one owner, and at most one
  // place on each node.
  static Result<NodePlacement> Make(const std::vector<KafkaNode>& nodes, uint32_t partitions);

  uint32_t partitions() const { return static_cast<uint32_t>(holders_.size()); }
  const std::vector<KafkaNode>& nodes() const { return nodes_; }
  // nullptr when there is none of that name.
  const KafkaNode* Find(const std::string& node) const;

  // The names of those that have it, in the order in which they own it.
  const std::vector<std::string>& HoldersOf(uint32_t partition) const;
  bool Holds(const std::string& node, uint32_t partition) const;
  // The first of them that is there; empty when none is.
  std::string OwnerOf(uint32_t partition, const std::set<std::string>& present) const;

 private:
  std::vector<KafkaNode> nodes_;
  std::vector<std::vector<std::string>> holders_;  // by partition
};

}  // namespace vroegsein
