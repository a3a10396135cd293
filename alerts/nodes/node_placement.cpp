#include "alerts/nodes/node_placement.h"

#include <algorithm>

namespace vroegsein {
namespace {

std::string Named(uint32_t partition) { return "partition " + std::to_string(partition); }

Status CheckNames(const std::vector<KafkaNode>& nodes) {
  std::set<std::string> names;
  for (const KafkaNode& node : nodes) {
    if (node.name.empty() || !names.insert(node.name).second) {
      return Status::Invalid("kafka.knooppunten: every node has a name of its own");
    }
  }
  return Status::Ok();
}

}  // namespace

Result<NodePlacement> NodePlacement::Make(const std::vector<KafkaNode>& nodes,
                                          uint32_t partitions) {
  VROEGSEIN_RETURN_IF_ERROR(CheckNames(nodes));
  NodePlacement placement;
  placement.nodes_ = nodes;
  placement.holders_.resize(partitions);
  auto place = [&](const KafkaNode& node, uint32_t partition, bool owner) {
    if (partition >= partitions) {
      return Status::Invalid("kafka.knooppunten: the topic has no " + Named(partition));
    }
    auto& holders = placement.holders_[partition];
    if (std::find(holders.begin(), holders.end(), node.name) != holders.end()) {
      return Status::Invalid(node.name + " has " + Named(partition) + " twice");
    }
    if (owner && !holders.empty()) {
      return Status::Invalid(Named(partition) + " has two owners: " + holders[0] + " and " +
                             node.name);
    }
    holders.push_back(node.name);
    return Status::Ok();
  };
  for (const KafkaNode& node : nodes) {
    for (uint32_t one : node.owned) VROEGSEIN_RETURN_IF_ERROR(place(node, one, true));
  }
  for (uint32_t partition = 0; partition < partitions; ++partition) {
    if (!placement.holders_[partition].empty()) continue;
    return Status::Invalid("kafka.knooppunten: " + Named(partition) + " of the topic has no owner");
  }
  for (const KafkaNode& node : nodes) {
    for (uint32_t one : node.stood_for) VROEGSEIN_RETURN_IF_ERROR(place(node, one, false));
  }
  return placement;
}

const KafkaNode* NodePlacement::Find(const std::string& node) const {
  auto found = std::find_if(nodes_.begin(), nodes_.end(),
                            [&](const KafkaNode& one) { return one.name == node; });
  return found == nodes_.end() ? nullptr : &*found;
}

const std::vector<std::string>& NodePlacement::HoldersOf(uint32_t partition) const {
  VROEGSEIN_CHECK(partition < holders_.size());
  return holders_[partition];
}

bool NodePlacement::Holds(const std::string& node, uint32_t partition) const {
  const auto& holders = HoldersOf(partition);
  return std::find(holders.begin(), holders.end(), node) != holders.end();
}

std::string NodePlacement::OwnerOf(uint32_t partition, const std::set<std::string>& present) const {
  for (const std::string& node : HoldersOf(partition)) {
    if (present.contains(node)) return node;
  }
  return "";
}

}  // namespace vroegsein
