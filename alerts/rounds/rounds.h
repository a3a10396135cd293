// Rounds: work that comes back again and again, on a thread of its own, until it is stopped.
//
// Threads: Start() and Stop() from one; Hurry() and stopping() from any; the round runs on its own.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace vroegsein {

class Rounds {
 public:
  // One round; what it gives is how long is waited until the next.
  using Round = std::function<std::chrono::milliseconds()>;

  Rounds() = default;
  ~Rounds() { Stop(); }
  Rounds(const Rounds&) = delete;
  Rounds& operator=(const Rounds&) = delete;

  // The first comes after `wait`. What `round` uses must outlive Stop().
  void Start(std::chrono::milliseconds wait, Round round);
  // The next comes at once.
  void Hurry();
  // Waits for the round under way; no other comes.
  void Stop();
  // For a round that is long: whether to leave the rest.
  bool stopping() const { return stopping_; }

 private:
  void Work(std::chrono::milliseconds wait, const Round& round);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stopping_ = false;  // changed under mutex_, as is the next
  bool hurry_ = false;
  std::thread thread_;
};

}  // namespace vroegsein
