// Lockout: makes guessing passwords slow, per account and per address.
//
// Every attempt counts as failed until it is told to have succeeded, so that many at once are no
// way around it. After kAccountFailures (kAddressFailures for an address, which may be an office) a
// next attempt has to wait, each time twice as long. What is remembered is bounded; the oldest
// goes. Threads: any. The clock comes in.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "ingest/calendar.h"

namespace vroegsein {

class Lockout {
 public:
  static constexpr int kAccountFailures = 5;
  static constexpr int kAddressFailures = 50;
  static constexpr std::chrono::seconds kFirstWait{30};
  static constexpr std::chrono::seconds kLongestWait{900};
  // Without an attempt for so long it is forgotten.
  static constexpr std::chrono::seconds kMemory{3600};
  static constexpr size_t kEntriesMax = 20'000;

  // Zero: go ahead. Else: not now, and for how long; that attempt does not count.
  std::chrono::seconds Begin(const std::string& account, const std::string& address, Instant now);
  // The attempt that Begin() let through was right. An address keeps its other failures.
  void Succeeded(const std::string& account, const std::string& address);

 private:
  struct Entry {
    int failures = 0;
    Instant last;
    Instant until;
  };
  using Table = std::map<std::string, Entry>;

  static std::chrono::seconds Wait(const Table& table, const std::string& key, Instant now);
  static void Count(Table* table, const std::string& key, int allowed, Instant now);
  static void MakeRoom(Table* table);

  std::mutex mutex_;
  Table accounts_;
  Table addresses_;
};

}  // namespace vroegsein
