#include "alerts/session/sessions.h"

#include <algorithm>

#include "alerts/access/key.h"

namespace vroegsein {

std::string SessionTable::Open(const Identity& identity, const std::string& name,
                               int64_t changed_ms, Instant now,
                               std::shared_ptr<const std::string> provider_token) {
  auto session = std::make_shared<Session>();
  session->identity = identity;
  session->name = name;
  session->changed_ms = changed_ms;
  session->opened = now;
  session->seen = now;
  session->provider_token = std::move(provider_token);
  std::string token = MakeKey(chance_(kKeyChanceBytes));
  session->csrf = MakeKey(chance_(kKeyChanceBytes));
  std::lock_guard lock(mutex_);
  MakeRoom(identity.name, now);
  sessions_[HashKey(token)] = std::move(session);
  return token;
}

std::shared_ptr<const Session> SessionTable::Find(std::string_view token, Instant now, bool touch) {
  std::string hash = HashKey(token);
  std::lock_guard lock(mutex_);
  auto found = sessions_.find(hash);
  if (found == sessions_.end()) return nullptr;
  const Session& session = *found->second;
  if (now >= EndsIdle(session) || now >= EndsAtLatest(session)) {
    sessions_.erase(found);
    return nullptr;
  }
  if (touch && now > session.seen) {
    auto used = std::make_shared<Session>(session);
    used->seen = now;
    found->second = std::move(used);
  }
  return found->second;
}

void SessionTable::Close(std::string_view token) {
  std::lock_guard lock(mutex_);
  sessions_.erase(HashKey(token));
}

void SessionTable::CloseOthers(const std::string& user, std::string_view keep, int64_t changed_ms) {
  std::string kept = HashKey(keep);
  std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& entry) {
    return entry.second->identity.name == user && entry.first != kept;
  });
  auto found = sessions_.find(kept);
  if (found == sessions_.end()) return;
  auto renewed = std::make_shared<Session>(*found->second);
  renewed->changed_ms = changed_ms;
  found->second = std::move(renewed);
}

Instant SessionTable::EndsIdle(const Session& session) const {
  return std::min<Instant>(session.seen + limits_.idle, EndsAtLatest(session));
}

void SessionTable::MakeRoom(const std::string& user, Instant now) {
  std::erase_if(sessions_, [&](const auto& entry) { return now >= EndsIdle(*entry.second); });
  auto older = [](const auto& a, const auto& b) { return a->second->seen < b->second->seen; };
  std::vector<Table::iterator> own, all;
  for (auto it = sessions_.begin(); it != sessions_.end(); ++it) {
    if (it->second->identity.name == user) own.push_back(it);
    all.push_back(it);
  }
  if (own.size() >= kSessionsPerPersonMax) {
    sessions_.erase(*std::min_element(own.begin(), own.end(), older));
  } else if (all.size() >= kSessionsMax) {
    sessions_.erase(*std::min_element(all.begin(), all.end(), older));
  }
}

}  // namespace vroegsein
