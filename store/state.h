// State: the desk's working copy of the store.
//
// Reads go to what was changed since the last commit, then to what was used lately (households
// parsed, households as they stand in the store, index entries; each within a bound), then to the
// database. Changes gather here and leave together through AddTo(), so that a batch of
// events costs one read and one write per household however many of its signals it holds. What a
// step sees never depends on where a batch ends or on what is cached: the same events give the same
// bytes.
//
// A household is put into its bytes when the event that changed it ends: then it is still in the
// processor's own memory, and few have to be kept in parsed form. At the end of a batch a thousand
// of them would have to be fetched again.
//
// It owns the records it hands out; a pointer is valid until the next EndEvent() or AddTo().
// Threads: the desk's only. Errors: of the database, returned; absent is not an error.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/database.h"
#include "store/ids.h"
#include "store/index_cache.h"
#include "store/recent.h"
#include "store/record.pb.h"

namespace vroegsein {

inline constexpr uint32_t kRecordVersion = 1;

struct StateOptions {
  // Households kept parsed in memory between events. REQUIRES: at least 1.
  size_t cached_households_max = 16;
  // And as the bytes of the store, a tenth of the size. REQUIRES: at least 1 KiB.
  size_t household_bytes_max = 64u << 20;
  // Index entries kept in memory between batches, at 22 to 45 bytes each. A store with no more is
  // read whole at its first use, and then never asked about a key that it does not have.
  // REQUIRES: at least 2.
  size_t cached_indexes_max = 1'000'000;
};

class State {
 public:
  State(const Database* database, const StateOptions& options);
  ~State();

  // ---- households. nullptr when there is none.
  Result<HouseholdRecord*> FindHousehold(const HouseholdId& id);
  // A new one, with the next number of its municipality.
  Result<HouseholdRecord*> MakeHousehold(const std::string& municipality);
  // One that was there before, anew. REQUIRES: it was erased.
  Result<HouseholdRecord*> MakeHousehold(const HouseholdId& id);
  // To be called after changing what FindHousehold() gave.
  void Changed(const HouseholdRecord& household);
  void Erase(const HouseholdId& id);

  // ---- the municipality. A record that is absent reads as an empty one.
  Result<MunicipalityRecord*> FindMunicipality(const std::string& municipality);
  void Changed(const MunicipalityRecord& record);
  Result<CountersRecord*> Counters(const std::string& municipality);  // counts as changed

  // The number of a sentence of this municipality, given out when it is new: store/texts.h.
  Result<uint32_t> NumberOfText(const std::string& municipality, const std::string& text);
  // Memory only: what was given out to the texts of some source, by their place in it. Filled by
  // store/texts.h; a source that was made anew may have another text at a place.
  struct NumberedText {
    std::string text;
    uint32_t number = 0;  // 0: nothing yet
  };
  Result<std::vector<NumberedText>*> NumbersOf(const std::string& municipality,
                                               const std::string& source);

  // ---- everything else by key.
  Result<std::optional<std::string>> Get(const std::string& key);
  // That these will be asked for before the next AddTo(): those that are not there are then known.
  Status Expect(std::vector<std::string> keys);
  void Put(std::string key, std::string value);
  void Delete(std::string key);
  // The keys in [begin, end) as they stand now, at most `max` of them.
  Result<std::vector<std::string>> Keys(const std::string& begin, const std::string& end,
                                        size_t max);

  // An index from a key to the households that share it, in order of arrival.
  // What these three give is valid until the next call of one of them.
  Result<Sharers> Sharing(const keys::IndexKey& key);
  // That these will be asked for soon: several then take hardly longer than one.
  void Foresee(std::span<const keys::IndexKey> keys) const;
  // Adds `household` when it is not there and there are fewer than `max`; who share the key now.
  Result<Sharers> Share(const keys::IndexKey& key, uint64_t household, size_t max = SIZE_MAX);
  Status Unshare(const keys::IndexKey& key, uint64_t household);

  // To be called between two events; without it the batch is one.
  void EndEvent();
  // Moves every change into `batch` and counts `offset` as applied. Ends the last event.
  void AddTo(Batch* batch, uint64_t offset);
  uint64_t households_read() const { return households_read_; }

 private:
  // A household in few bytes: four digits of a municipality and a number.
  using HouseholdCode = uint64_t;
  // A record whose parts the next household uses again, so that hardly any memory is asked for.
  struct Household;
  struct Cached {
    std::unique_ptr<Household> household;  // nullptr: erased
    bool dirty = false;
    std::list<HouseholdCode>::iterator recency;
  };
  struct CachedMunicipality {
    MunicipalityRecord record;
    CountersRecord counters;
    TextsRecord texts;
    std::unordered_map<std::string, uint32_t> text_numbers;
    std::map<std::string, std::vector<NumberedText>, std::less<>> numbers_of;  // by source
    bool record_dirty = false;
    bool texts_dirty = false;
    bool counters_dirty = false;
  };

  static HouseholdCode CodeOf(const HouseholdId& id);
  static HouseholdId IdOf(HouseholdCode code);
  std::unique_ptr<Household> Blank();
  // What the changes, the bytes used lately or the database say; nullptr when there is none.
  Result<std::unique_ptr<Household>> Load(const HouseholdId& id, HouseholdCode code);
  Cached& Insert(HouseholdCode code, std::unique_ptr<Household> household);
  HouseholdRecord* Make(const HouseholdId& id);
  void WriteHouseholds(Batch* batch);
  void WriteMunicipalities(Batch* batch);
  void WriteChanges(Batch* batch);
  void DropOldest();
  void WriteIndexes(Batch* batch);
  Status LoadIndexes();
  Result<CachedMunicipality*> Municipality(const std::string& municipality);

  const Database* database_;
  StateOptions options_;
  std::unordered_map<HouseholdCode, Cached> households_;
  std::list<HouseholdCode> recency_;  // most recent first
  std::vector<HouseholdCode> dirty_;  // keys of households_
  // Changed by an event that has ended, since the last commit; nullopt: erased.
  std::unordered_map<HouseholdCode, std::optional<std::string>> written_;
  const HouseholdRecord* last_changed_ = nullptr;   // is in dirty_
  std::vector<std::unique_ptr<Household>> blanks_;  // to be used again
  Recent<HouseholdCode, std::string> household_bytes_;
  std::map<std::string, CachedMunicipality, std::less<>> municipalities_;  // none ever leaves
  std::pair<const std::string, CachedMunicipality>* last_municipality_ = nullptr;  // looked at
  std::unordered_map<std::string, std::optional<std::string>> changes_;
  std::vector<std::string> missing_;             // of what Expect() named
  std::unordered_set<std::string_view> absent_;  // the same, to be found
  IndexCache indexes_;                           // what Sharing() read or wrote
  bool indexes_loaded_ = false;
  std::vector<keys::IndexKey> dirty_indexes_;
  HouseholdNumbers numbers_;  // of one entry, to be used again
  uint64_t households_read_ = 0;
};

}  // namespace vroegsein
