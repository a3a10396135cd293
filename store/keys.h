// The keys of the store: a letter per kind, the municipality, then what sorts.
//
//   key = kind municipality rest ;  kind = one byte ;  municipality (m) = four digits
//
//   'H' m u64                          HouseholdRecord     a household, its signals and cases
//   'A' m u64                          HouseholdNumbers    address index: a hash of the normalised
//                                                          address
//   'P' m u64                          HouseholdNumbers    person index: a hash of name and birth
//                                                          date, phone, e-mail, BSN ...
//   'Q' m u64                          AliasRecord         a household that became another
//   'B' m u64 u64                      ReviewRecord        two that may be one; lower number first
//   'K' m u64                          HouseholdNumbers    customer number index: a hash of partner
//                                                          and customer number
//   'S' m partner 00 id                SignalDetail        a signal; the key that sees a double
//   'T' m team 00 day u64 u32          TaskSummary         open tasks by team and deadline; a case
//                                                          has one exactly while it is open, so
//                                                          this is the index of open cases too
//   'F' m partner 00 u64               FeedbackRecord      what partners hear, in order
//   'E' m day u64                      (empty)             households where something falls due
//   'D' m partner 00 delivery 00 u32   DeliveryChunk       receipts of a delivery
//   'Z' m u64                          CaseFact            counts left after erasure
//   'M' m                              MunicipalityRecord
//   'N' m                              CountersRecord
//   'W' m                              TextsRecord         sentences that decisions share
//   'Y' hash                           the DMN file of a policy
//   'X' hash                           the test file it was activated with
//   'L' u64                            EventRun            the embedded log, not part of the state;
//                                                          the offset of the run's last event
//   'O'                                u64                 the offset applied last
//   'U'                                LogPlace            whose offset that is, on Kafka
//   'V'                                u64                 version of this layout
//
// 'A', 'K' and 'P' are the indexes: the database keeps them apart (database.cpp), which nobody
// sees. u64 and u32 are big endian so that they sort; a day is its number plus 2^31, big endian,
// four bytes. Texts that end with 00 never hold a zero byte: the decoder refuses control
// characters.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ingest/calendar.h"
#include "store/ids.h"
#include "store/record.pb.h"

namespace vroegsein::keys {

inline constexpr char kLogKind = 'L';
inline constexpr uint32_t kLayoutVersion = 8;

std::string Household(const HouseholdId& id);
std::string Households(std::string_view municipality);
// The key of an index: a hash (StableHash), so that two keys can be one. Whoever follows it
// compares what it leads to.
enum class IndexKind : uint8_t { kAddress = 1, kCustomer = 2, kPerson = 3 };
struct IndexKey {
  IndexKind kind{};
  uint16_t municipality = 0;  // at most 9999
  uint64_t hash = 0;
  auto operator<=>(const IndexKey&) const = default;
  // The kind and the municipality as one number, not 0.
  uint16_t Space() const {
    return static_cast<uint16_t>(municipality << 2 | static_cast<uint8_t>(kind));
  }
};
IndexKey Address(std::string_view municipality, const AddressRecord& address);
IndexKey Person(std::string_view municipality, uint64_t hash);
IndexKey Customer(std::string_view municipality, std::string_view partner,
                  std::string_view customer_number);
std::string Index(const IndexKey& key);
// What such a key is; nullopt of any other.
std::optional<IndexKey> ParseIndex(std::string_view key);
std::string Indexes(IndexKind kind);  // what their keys begin with
// Whether it is the key of an index, by its kind.
bool IsIndex(std::string_view key);
// Where, in the order of keys, those of an index begin and end: the first of them, the first behind
// them, and so on.
std::span<const std::string> IndexBorders();

std::string Alias(const HouseholdId& id);
std::string Reviews(std::string_view municipality);
std::string Review(std::string_view municipality, uint64_t household, uint64_t other);
std::string Signal(std::string_view municipality, std::string_view partner, std::string_view id);
std::string Tasks(std::string_view municipality);
std::string TeamTasks(std::string_view municipality, std::string_view team);
std::string Task(std::string_view team, Date deadline, const CaseId& id);
std::string PartnerFeedback(std::string_view municipality, std::string_view partner);
std::string Feedback(std::string_view municipality, std::string_view partner, uint64_t number);
std::string Erasures(std::string_view municipality);
std::string Erasure(Date day, const HouseholdId& id);
std::string Delivery(std::string_view municipality, std::string_view partner,
                     std::string_view delivery);
std::string DeliveryChunk(std::string_view municipality, std::string_view partner,
                          std::string_view delivery, uint32_t chunk);
std::string Facts(std::string_view municipality);
std::string Fact(std::string_view municipality, uint64_t number);
std::string Municipality(std::string_view municipality);
std::string Municipalities();
std::string Counters(std::string_view municipality);
std::string Texts(std::string_view municipality);
std::string Policy(std::string_view hash);
std::string PolicyTests(std::string_view hash);
std::string LogRun(uint64_t last_offset);
std::string AppliedOffset();
std::string LogPlace();
std::string Layout();

// The municipality of a key, for the kinds that have one; and the key up to there.
std::optional<std::string_view> MunicipalityOf(std::string_view key);
std::string_view MunicipalityPrefix(std::string_view key);  // REQUIRES: MunicipalityOf(key)

// The first key behind every key that starts with `prefix`.
std::string After(std::string prefix);

std::string EncodeU64(uint64_t value);
uint64_t DecodeU64(std::string_view bytes);  // REQUIRES: eight bytes
// What stands in the last bytes of an erasure key and of a task key.
Date DayOfErasureKey(std::string_view key);
uint64_t HouseholdOfErasureKey(std::string_view key);
Date DayOfTaskKey(std::string_view key);
std::string TeamOfTaskKey(std::string_view key);

}  // namespace vroegsein::keys
