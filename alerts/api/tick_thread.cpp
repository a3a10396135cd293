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

void TickThread::Start() {
  rounds_.Start(std::chrono::milliseconds(0), [this] {
    Tick();
    return kEvery;
  });
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

}  // namespace vroegsein
