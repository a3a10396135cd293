#include "alerts/session/lockout.h"

#include <algorithm>

namespace vroegsein {

std::chrono::seconds Lockout::Begin(const std::string& account, const std::string& address,
                                    Instant now) {
  std::lock_guard lock(mutex_);
  auto wait = std::max(Wait(accounts_, account, now), Wait(addresses_, address, now));
  if (wait.count() > 0) return wait;
  Count(&accounts_, account, kAccountFailures, now);
  Count(&addresses_, address, kAddressFailures, now);
  return wait;
}

void Lockout::Succeeded(const std::string& account, const std::string& address) {
  std::lock_guard lock(mutex_);
  accounts_.erase(account);
  auto found = addresses_.find(address);
  if (found == addresses_.end()) return;
  if (--found->second.failures <= 0) addresses_.erase(found);
}

std::chrono::seconds Lockout::Wait(const Table& table, const std::string& key, Instant now) {
  auto found = table.find(key);
  if (found == table.end() || found->second.until <= now) return std::chrono::seconds(0);
  return std::chrono::ceil<std::chrono::seconds>(found->second.until - now);
}

void Lockout::Count(Table* table, const std::string& key, int allowed, Instant now) {
  if (table->size() >= kEntriesMax && !table->contains(key)) MakeRoom(table);
  Entry& entry = (*table)[key];
  if (entry.failures > 0 && now - entry.last > kMemory) entry = Entry();
  ++entry.failures;
  entry.last = now;
  int doublings = std::min(entry.failures - allowed, 10);
  if (doublings < 0) return;
  entry.until = now + std::min(kFirstWait * (1 << doublings), kLongestWait);
}

void Lockout::MakeRoom(Table* table) {
  auto oldest = std::min_element(table->begin(), table->end(), [](const auto& a, const auto& b) {
    return a.second.last < b.second.last;
  });
  table->erase(oldest);
}

}  // namespace vroegsein
