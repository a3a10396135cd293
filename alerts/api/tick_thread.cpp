#include "alerts/api/tick_thread.h"

namespace vroegsein {

TickThread::TickThread(Appender* log, std::vector<std::string> municipalities,
                       std::function<Instant()> now, std::function<bool(const std::string&)> ours,
                       std::function<void()> also)
    : log_(log),
      municipalities_(std::move(municipalities)),
      now_(std::move(now)),
      ours_(std::move(ours)),
      also_(std::move(also)) {}

TickThread::~TickThread() { Stop(); }

void TickThread::Start() {
  thread_ = std::thread([this] { Work(); });
}

void TickThread::Work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    Tick();
    lock.lock();
    changed_.wait_for(lock, kEvery, [this] { return stopping_ || hurry_; });
    hurry_ = false;
  }
}

void TickThread::Tick() {
  for (const std::string& municipality : municipalities_) {
    if (!ours_(municipality)) continue;
    Event event;
    event.set_recorded_ms(MillisOf(now_()));
    event.set_municipality(municipality);
    event.mutable_tick();
    log_->Append(std::move(event), nullptr)
        .IgnoreBecause("the next tick does what this one would have done");
  }
  also_();
}

void TickThread::Hurry() {
  std::lock_guard lock(mutex_);
  hurry_ = true;
  changed_.notify_all();
}

void TickThread::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

}  // namespace vroegsein
