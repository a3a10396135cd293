// NodeDesk: what other nodes may ask of this one: reading a partition that is here, and handing
// events to it. It answers from its own folders only and asks nobody else, so that nothing goes
// round.
//
// When it has not been in touch with the others for a while it hands no events on: what it was
// asked before it hung, nobody waits for any more. And where others know better what a partition
// holds, because it hung or stands aside, it gives nothing of it.
//
// Whoever asks shows the nodes' secret. What it answers is the store itself: the address is for
// nodes only. Answers: 200; 400 unreadable; 401 without the secret; 421 the partition is not here;
// 503 nothing was done.
// Threads: Answer() from any.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "ingest/http/http_message.h"
#include "store/database.h"
#include "store/log.h"

namespace vroegsein {

class ChangeNotes;

class NodeDesk {
 public:
  static constexpr std::chrono::seconds kAppendMax{8};
  static constexpr size_t kReadBytesMax = 4u << 20;

  // Of each partition; nullptr where it is not here.
  struct Held {
    const Database* database = nullptr;
    Appender* log = nullptr;
  };

  // Whether nobody knows better what the partition holds.
  using Shows = std::function<bool(uint32_t partition)>;

  // What `held` points to and `notes` must outlive it.
  NodeDesk(std::vector<Held> held, std::string secret, std::function<bool()> desk_works,
           std::function<bool()> in_touch, Shows shows, ChangeNotes* notes);

  HttpResponse Answer(const HttpRequest& request) const;

 private:
  bool Knows(const HttpRequest& request) const;
  // nullptr when it is not here.
  const Held* Find(uint32_t partition) const;
  HttpResponse Read(const std::string& body) const;
  HttpResponse Append(const std::string& body) const;
  HttpResponse Notes(const std::string& body) const;

  const std::vector<Held> held_;
  const std::string secret_hash_;
  const std::function<bool()> desk_works_;
  const std::function<bool()> in_touch_;
  const Shows shows_;
  ChangeNotes* notes_;
};

}  // namespace vroegsein
