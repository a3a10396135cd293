// NodeLink: the way to one other node: asks it something, and waits for the answer.
//
// A question that must not be asked twice (an append) goes over a connection of its own: libcurl
// sends again by itself when a connection that it had before breaks.
// Threads: any; a call blocks its own, at most for the deadline. It keeps kKeptMax connections.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ingest/status.h"

namespace vroegsein {

enum class Asking { kAnswered, kNotTaken, kUnknown };

struct NodeAnswer {
  // kNotTaken: it was not asked, or said that it did nothing. kUnknown: it may have.
  Asking how = Asking::kUnknown;
  std::string body;  // kAnswered
};

class NodeLink {
 public:
  static constexpr std::chrono::seconds kConnectMax{1};
  static constexpr size_t kKeptMax = 16;
  static constexpr size_t kAnswerBytesMax = 64u << 20;

  // `address` is host:port.
  NodeLink(std::string name, std::string address, std::string secret);
  ~NodeLink();
  NodeLink(const NodeLink&) = delete;
  NodeLink& operator=(const NodeLink&) = delete;

  struct Question {
    std::string path;  // `/lees`
    std::string body;
    bool repeatable = true;
    std::chrono::milliseconds deadline{5'000};
  };
  NodeAnswer Ask(const Question& question);

  const std::string& name() const { return name_; }

 private:
  class Connection;
  std::unique_ptr<Connection> Borrow();
  void GiveBack(std::unique_ptr<Connection> connection);

  const std::string name_;
  const std::string base_;
  const std::string secret_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> kept_;
};

}  // namespace vroegsein
