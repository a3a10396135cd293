// CaseTexts: what a search looks in, of each open case, kept in memory from one search to the next:
// reading it from the store takes a hundred times as long as looking in it.
//
// It is what the store says: what an event may have changed is forgotten when the desk has written
// it (Note()), and what was read before that is not kept. With more than kCasesMax everything is
// forgotten. It holds names and streets, in memory only, and no longer than the store does.
// Threads: any. Errors: of the store.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/ids.h"
#include "store/log.h"

namespace vroegsein {

struct CaseText {
  std::string folded;  // names, street, town, address, with a sign between that no word has
  std::set<std::string, std::less<>> sectors;
};

class CaseTexts {
 public:
  static constexpr size_t kCasesMax = 300'000;

  // `database` must outlive it.
  explicit CaseTexts(const Database* database) : database_(database) {}

  // After a commit.
  void Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes);

  // nullptr when there is no such case (any more).
  Result<std::shared_ptr<const CaseText>> Of(const CaseId& id);

 private:
  using Key = std::pair<uint64_t, uint32_t>;  // household, case
  struct Municipality {
    uint64_t changes = 0;
    std::map<Key, std::shared_ptr<const CaseText>> cases;
  };

  void Forget(Municipality* municipality, uint64_t household);

  const Database* database_;
  std::mutex mutex_;
  std::map<std::string, Municipality, std::less<>> municipalities_;
  size_t kept_ = 0;
};

}  // namespace vroegsein
