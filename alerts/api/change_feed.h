// ChangeFeed: tells every browser that has the screen open that something changed, as server-sent
// events: which case, of which team, and nothing of a person.
//
//   event = "event: gewijzigd" LF "data: " {"zaakId":..,"team":..} LF LF
//         | "event: alles" LF "data: {}" LF LF      much changed: load anew
//         | ": leeft" LF LF                          every kHeartbeat
//
// What changed is gathered by the desk and spread by a thread of the feed's own, so that nobody
// waits for a browser. A listener that does not keep up is let go: its browser connects again.
// Threads: Note() from the desk's, Listen() from any, Start() and Stop() from one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "alerts/settings/installation.h"
#include "ingest/http/http_message.h"
#include "store/database.h"
#include "store/log.h"

namespace vroegsein {

class ChangeFeed {
 public:
  static constexpr size_t kListenersMax = 1'900;
  static constexpr size_t kListenersPerPersonMax = 6;
  // Cases that wait to be told of; with more at once everybody loads anew.
  static constexpr size_t kPendingMax = 200;
  static constexpr size_t kWaitingBytesMax = 64u << 10;
  static constexpr std::chrono::seconds kHeartbeat{15};

  // `database` must outlive it.
  explicit ChangeFeed(const Database* database) : database_(database) {}
  ~ChangeFeed() { Stop(); }

  void Start();
  void Stop();

  void Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes);

  // nullptr when there are too many. `lives` says whether whoever listens may still do so.
  std::shared_ptr<HttpBodyStream> Listen(const Identity& who, std::function<bool()> lives);

  size_t listeners() const;

 private:
  struct Listener {
    Identity who;
    std::function<bool()> lives;
    std::shared_ptr<HttpBodyStream> stream;
  };

  void Work();
  std::string TeamOf(const std::string& case_id) const;
  void Tell(const std::set<std::string>& cases, bool all);

  const Database* database_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> pending_;
  bool all_ = false;
  bool stopping_ = false;
  std::vector<Listener> listeners_;
  std::thread thread_;
};

}  // namespace vroegsein
