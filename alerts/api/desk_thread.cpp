#include "alerts/api/desk_thread.h"

#include <pthread.h>

namespace vroegsein {

using std::chrono::steady_clock;

DeskThread::DeskThread(std::string name, Desk* desk, Log* log, std::function<void()> failed)
    : name_(std::move(name)), desk_(desk), log_(log), failed_(std::move(failed)) {}

DeskThread::~DeskThread() { Stop().IgnoreBecause("whoever cares has stopped it before"); }

void DeskThread::Start() {
  alive_ = steady_clock::now();
  running_ = true;
  thread_ = std::thread([this] { Work(); });
}

void DeskThread::Work() {
  pthread_setname_np(pthread_self(), name_.c_str());
  status_ = desk_->Run([this] {
    alive_ = steady_clock::now();
    return stopping_.load();
  });
  running_ = false;
  if (!status_.ok()) failed_();
}

void DeskThread::Finish() {
  log_->Close();
  stopping_ = true;
}

Status DeskThread::Stop() {
  Finish();
  if (thread_.joinable()) thread_.join();
  return status_;
}

bool DeskThread::healthy() const {
  return running_ && steady_clock::now() - alive_.load() < kStuckAfter;
}

}  // namespace vroegsein
