// DeskThread: the one thread on which the desk works, and whether it still does.
//
// It owns the thread, not the desk. Threads: Start() and Stop() from one; the rest from any.
// Errors: a failure of the desk is final; whoever waits for an answer learns that from running().
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "alerts/desk/desk.h"
#include "store/log.h"

namespace vroegsein {

class DeskThread {
 public:
  // Without a sign of life for so long the desk counts as stuck. Rewriting the files after an
  // erasure is one long breath.
  static constexpr std::chrono::seconds kStuckAfter{300};

  // Both must outlive it. `failed` is called from the desk's thread, once. `name` is the thread's,
  // for the system's own tools: at most 15 characters.
  DeskThread(std::string name, Desk* desk, Log* log, std::function<void()> failed);
  ~DeskThread();

  void Start();
  // Refuses new events and lets the desk finish what waits; does not wait for that.
  void Finish();
  // Finishes, waits for it, and gives what became of it.
  Status Stop();

  // False before Start(), and after the desk has ended or failed.
  bool running() const { return running_; }
  // It stopped by itself, or gives no sign of life.
  bool healthy() const;
  // When it gave a sign of life last.
  std::chrono::steady_clock::time_point alive() const { return alive_; }

 private:
  void Work();

  const std::string name_;
  Desk* desk_;
  Log* log_;
  std::function<void()> failed_;
  std::atomic<bool> running_ = false;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::chrono::steady_clock::time_point> alive_{};
  Status status_;  // written by the thread before it ends
  std::thread thread_;
};

}  // namespace vroegsein
