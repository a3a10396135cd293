// Where the brokers are and how to come in: what the configuration file says of Kafka. A value.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace vroegsein {

// One of the nodes that share the partitions.
struct KafkaNode {
  std::string name;
  std::string address;              // host:port, for the other nodes
  std::vector<uint32_t> owned;      // partitions that it owns when it is there
  std::vector<uint32_t> stood_for;  // and those that it follows, to take over
};

struct KafkaSettings {
  std::string brokers;               // host:port,host:port; empty: the log is embedded
  std::string prefix = "vroegsein";  // of the topics and the group
  bool tls = false;
  std::string ca_file;           // empty: the system's roots
  std::string certificate_file;  // of this node, where the brokers ask for one
  std::string key_file;
  std::string sasl_mechanism;  // PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; empty: no SASL
  std::string user;
  std::string password;
  std::string source;            // who we are in CloudEvents; empty: no feedback goes to a topic
  std::vector<KafkaNode> nodes;  // empty: every node has every partition
  std::string nodes_secret;      // that nodes show one another
  std::chrono::seconds absent_after{6};  // a node that gives no sign of life is missed
  std::chrono::seconds stuck_after{30};  // a desk that gives none is stuck

  std::string checkpoints;  // the folder of checkpoints; empty: none are made
  std::chrono::seconds checkpoint_every{3'600};

  bool used() const { return !brokers.empty(); }
  std::string LogTopic() const { return prefix + ".log"; }
  // Where a partner puts its signals, and who takes them in.
  std::string PartnerTopic(const std::string& partner) const { return prefix + ".in." + partner; }
  std::string IntakeGroup() const { return prefix + ".inname"; }
  // Says which nodes are there.
  std::string NodesGroup() const { return prefix + ".knooppunten"; }
  // What partners hear.
  std::string FeedbackTopic() const { return prefix + ".terugkoppelingen"; }
  // What there is to do, for who else wants to know.
  std::string TaskTopic() const { return prefix + ".taken"; }
  // What was refused of those.
  std::string RefusedTopic() const { return prefix + ".afgekeurd"; }
};

}  // namespace vroegsein
