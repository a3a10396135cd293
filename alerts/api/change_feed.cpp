#include "alerts/api/change_feed.h"

#include <algorithm>

#include "alerts/access/gate.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"
#include "alerts/reading/json_writer.h"

namespace vroegsein {
namespace {

constexpr char kAll[] = "event: alles\ndata: {}\n\n";
constexpr char kAlive[] = ": leeft\n\n";
constexpr char kHello[] = "retry: 3000\n\n";

std::string ChangeOf(const std::string& case_id, const std::string& team) {
  std::string text = "event: gewijzigd\ndata: ";
  JsonWriter(&text).BeginObject().Text("zaakId", case_id).Text("team", team).EndObject();
  return text + "\n\n";
}

// What an event changed for a team; empty when nothing.
std::string CaseOf(const Outcome& outcome) {
  if (outcome.case_id) return outcome.case_id->Text();
  return outcome.receipt ? outcome.receipt->case_id.value_or("") : "";
}

// More than one case, which nobody names.
bool ChangesMuch(const Event& event, const Outcome& outcome) {
  if (event.has_settings() || event.has_tick()) return true;
  bool decided = event.has_joined() || event.has_divided() || event.has_answered();
  return outcome.regrouped || (decided && outcome.status.ok());
}

}  // namespace

void ChangeFeed::Start() {
  thread_ = std::thread([this] { Work(); });
}

void ChangeFeed::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void ChangeFeed::Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes) {
  std::lock_guard lock(mutex_);
  if (listeners_.empty()) return;
  for (size_t i = 0; i < entries.size() && !all_; ++i) {
    if (ChangesMuch(entries[i].event, outcomes[i])) all_ = true;
    std::string id = CaseOf(outcomes[i]);
    if (!id.empty()) pending_.insert(std::move(id));
    if (pending_.size() > kPendingMax) all_ = true;
  }
  if (all_) pending_.clear();
  if (all_ || !pending_.empty()) changed_.notify_all();
}

std::shared_ptr<HttpBodyStream> ChangeFeed::Listen(const Identity& who,
                                                   std::function<bool()> lives) {
  auto stream = std::make_shared<HttpBodyStream>(kWaitingBytesMax);
  std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const Listener& one) { return one.stream->gone(); });
  auto own = std::count_if(listeners_.begin(), listeners_.end(),
                           [&](const Listener& one) { return one.who.name == who.name; });
  bool full = listeners_.size() >= kListenersMax ||
              static_cast<size_t>(own) >= kListenersPerPersonMax || stopping_;
  if (full) return nullptr;
  stream->Write(kHello);
  listeners_.push_back({who, std::move(lives), stream});
  return stream;
}

size_t ChangeFeed::listeners() const {
  std::lock_guard lock(mutex_);
  return listeners_.size();
}

void ChangeFeed::Work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait_for(lock, kHeartbeat, [this] { return stopping_ || all_ || !pending_.empty(); });
    std::set<std::string> cases = std::exchange(pending_, {});
    bool all = std::exchange(all_, false);
    lock.unlock();
    Tell(cases, all);
    lock.lock();
  }
  for (const Listener& one : listeners_) one.stream->Finish();
  listeners_.clear();
}

std::string ChangeFeed::TeamOf(const std::string& case_id) const {
  auto id = CaseId::Parse(case_id);
  if (!id) return "";
  auto household = ReadHousehold(*database_, id->household, Depth::kCases);
  if (!household.ok() || !household->has_value()) return "";
  const CaseRecord* found = FindCase(std::as_const(**household), id->number);
  return found == nullptr ? "" : found->team();
}

void ChangeFeed::Tell(const std::set<std::string>& cases, bool all) {
  std::vector<std::pair<CaseId, std::string>> teams;
  for (const std::string& text : cases) {
    if (auto id = CaseId::Parse(text)) teams.emplace_back(*id, TeamOf(text));
  }
  auto deliver = [&](const Listener& one) {
    if (one.stream->gone() || !one.lives()) return false;
    std::string text = all ? kAll : "";
    for (const auto& [id, team] : teams) {
      bool may =
          MaySeeMunicipality(one.who, id.household.municipality) && MaySeeTeam(one.who, team);
      if (may) text += ChangeOf(id.Text(), team);
    }
    return one.stream->Write(text.empty() ? kAlive : text);
  };
  std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [&](const Listener& one) {
    bool stays = deliver(one);
    if (!stays) one.stream->Finish();
    return !stays;
  });
}

}  // namespace vroegsein
