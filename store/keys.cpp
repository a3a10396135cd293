#include "store/keys.h"

#include "ingest/status.h"
#include "store/stable_hash.h"

namespace vroegsein::keys {
namespace {

// Big endian.
template <typename Number>
void PutNumber(Number value, char* to) {
  for (size_t at = sizeof value; at-- > 0; value >>= 8) to[at] = static_cast<char>(value);
}

template <typename Number>
void AppendNumber(std::string* key, Number value) {
  char bytes[sizeof value];
  PutNumber(value, bytes);
  key->append(bytes, sizeof bytes);
}

void AppendU32(std::string* key, uint32_t value) { AppendNumber(key, value); }
void AppendU64(std::string* key, uint64_t value) { AppendNumber(key, value); }

void AppendDay(std::string* key, Date day) {
  AppendU32(key, static_cast<uint32_t>(DaysOf(day)) ^ 0x80000000u);
}

uint32_t U32At(std::string_view bytes, size_t at) {
  VROEGSEIN_CHECK(at + 4 <= bytes.size());
  uint32_t value = 0;
  for (size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

Date DayAt(std::string_view bytes, size_t at) {
  return DateOf(static_cast<int32_t>(U32At(bytes, at) ^ 0x80000000u));
}

std::string Start(char kind, std::string_view municipality, size_t more = 48) {
  std::string key;
  key.reserve(1 + municipality.size() + more);
  key.push_back(kind);
  key.append(municipality);
  return key;
}

void AppendText(std::string* key, std::string_view text) {
  key->append(text);
  key->push_back('\0');
}

constexpr size_t kMunicipalitySize = 4;

// nullopt when it is not four digits.
std::optional<uint16_t> ParseMunicipality(std::string_view municipality) {
  if (municipality.size() != kMunicipalitySize) return std::nullopt;
  unsigned number = 0;
  for (char digit : municipality) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(digit - '0');
  }
  return static_cast<uint16_t>(number);
}

// REQUIRES: four digits.
uint16_t NumberOf(std::string_view municipality) {
  auto number = ParseMunicipality(municipality);
  VROEGSEIN_CHECK(number.has_value());
  return *number;
}

char LetterOf(IndexKind kind) {
  switch (kind) {
    case IndexKind::kAddress: return 'A';
    case IndexKind::kCustomer: return 'K';
    case IndexKind::kPerson: break;
  }
  return 'P';
}

constexpr size_t kTaskKeyTail = 4 + 8 + 4;

}  // namespace

std::string Household(const HouseholdId& id) {
  std::string key = Start('H', id.municipality, 8);
  AppendU64(&key, id.number);
  return key;
}

std::string Households(std::string_view municipality) { return Start('H', municipality); }

IndexKey Address(std::string_view municipality, const AddressRecord& address) {
  StableHash hash;
  for (std::string_view part :
       {std::string_view(address.postcode()), std::string_view(address.house_number()),
        std::string_view(address.suffix())}) {
    hash.Add(part);
  }
  return {IndexKind::kAddress, NumberOf(municipality), hash.value()};
}

IndexKey Person(std::string_view municipality, uint64_t hash) {
  return {IndexKind::kPerson, NumberOf(municipality), hash};
}

IndexKey Customer(std::string_view municipality, std::string_view partner,
                  std::string_view customer_number) {
  StableHash hash;
  hash.Add(partner);
  hash.Add(customer_number);
  return {IndexKind::kCustomer, NumberOf(municipality), hash.value()};
}

std::string Index(const IndexKey& key) {
  char bytes[1 + kMunicipalitySize + sizeof key.hash];
  bytes[0] = LetterOf(key.kind);
  unsigned municipality = key.municipality;
  for (size_t at = kMunicipalitySize; at > 0; --at, municipality /= 10) {
    bytes[at] = static_cast<char>('0' + municipality % 10);
  }
  PutNumber(key.hash, bytes + 1 + kMunicipalitySize);
  return std::string(bytes, sizeof bytes);
}

std::optional<IndexKey> ParseIndex(std::string_view key) {
  if (key.size() != 1 + kMunicipalitySize + 8) return std::nullopt;
  auto municipality = ParseMunicipality(key.substr(1, kMunicipalitySize));
  if (!municipality) return std::nullopt;
  for (IndexKind kind : {IndexKind::kAddress, IndexKind::kCustomer, IndexKind::kPerson}) {
    if (key[0] != LetterOf(kind)) continue;
    return IndexKey{kind, *municipality, DecodeU64(key.substr(1 + kMunicipalitySize))};
  }
  return std::nullopt;
}

std::string Indexes(IndexKind kind) { return std::string(1, LetterOf(kind)); }

bool IsIndex(std::string_view key) {
  return !key.empty() &&
         (key[0] == LetterOf(IndexKind::kAddress) || key[0] == LetterOf(IndexKind::kCustomer) ||
          key[0] == LetterOf(IndexKind::kPerson));
}

std::span<const std::string> IndexBorders() {
  static const std::string kAddresses = Indexes(IndexKind::kAddress);
  static const std::string kCustomers = Indexes(IndexKind::kCustomer);
  static const std::string kPersons = Indexes(IndexKind::kPerson);
  static const std::string kBorders[] = {kAddresses,        After(kAddresses), kCustomers,
                                         After(kCustomers), kPersons,          After(kPersons)};
  return kBorders;
}

std::string Alias(const HouseholdId& id) {
  std::string key = Start('Q', id.municipality, 8);
  AppendU64(&key, id.number);
  return key;
}

std::string Reviews(std::string_view municipality) { return Start('B', municipality); }

std::string Review(std::string_view municipality, uint64_t household, uint64_t other) {
  std::string key = Start('B', municipality, 16);
  AppendU64(&key, household < other ? household : other);
  AppendU64(&key, household < other ? other : household);
  return key;
}

std::string Signal(std::string_view municipality, std::string_view partner, std::string_view id) {
  std::string key = Start('S', municipality);
  AppendText(&key, partner);
  return key.append(id);
}

std::string Tasks(std::string_view municipality) { return Start('T', municipality); }

std::string TeamTasks(std::string_view municipality, std::string_view team) {
  std::string key = Tasks(municipality);
  AppendText(&key, team);
  return key;
}

std::string Task(std::string_view team, Date deadline, const CaseId& id) {
  std::string key = TeamTasks(id.household.municipality, team);
  AppendDay(&key, deadline);
  AppendU64(&key, id.household.number);
  AppendU32(&key, id.number);
  return key;
}

std::string PartnerFeedback(std::string_view municipality, std::string_view partner) {
  std::string key = Start('F', municipality);
  AppendText(&key, partner);
  return key;
}

std::string Feedback(std::string_view municipality, std::string_view partner, uint64_t number) {
  std::string key = PartnerFeedback(municipality, partner);
  AppendU64(&key, number);
  return key;
}

std::string Erasures(std::string_view municipality) { return Start('E', municipality); }

std::string Erasure(Date day, const HouseholdId& id) {
  std::string key = Erasures(id.municipality);
  AppendDay(&key, day);
  AppendU64(&key, id.number);
  return key;
}

std::string Delivery(std::string_view municipality, std::string_view partner,
                     std::string_view delivery) {
  std::string key = Start('D', municipality);
  AppendText(&key, partner);
  AppendText(&key, delivery);
  return key;
}

std::string DeliveryChunk(std::string_view municipality, std::string_view partner,
                          std::string_view delivery, uint32_t chunk) {
  std::string key = Delivery(municipality, partner, delivery);
  AppendU32(&key, chunk);
  return key;
}

std::string Facts(std::string_view municipality) { return Start('Z', municipality); }

std::string Fact(std::string_view municipality, uint64_t number) {
  std::string key = Facts(municipality);
  AppendU64(&key, number);
  return key;
}

std::string Municipality(std::string_view municipality) { return Start('M', municipality); }
std::string Municipalities() { return "M"; }
std::string Counters(std::string_view municipality) { return Start('N', municipality); }
std::string Texts(std::string_view municipality) { return Start('W', municipality); }
std::string Policy(std::string_view hash) { return Start('Y', hash); }
std::string PolicyTests(std::string_view hash) { return Start('X', hash); }

std::string LogRun(uint64_t last_offset) {
  std::string key(1, kLogKind);
  AppendU64(&key, last_offset);
  return key;
}

std::string AppliedOffset() { return "O"; }
std::string LogPlace() { return "U"; }
std::string Layout() { return "V"; }

std::string After(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff) prefix.pop_back();
  VROEGSEIN_CHECK(!prefix.empty());
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

std::string EncodeU64(uint64_t value) {
  std::string bytes;
  AppendU64(&bytes, value);
  return bytes;
}

uint64_t DecodeU64(std::string_view bytes) {
  VROEGSEIN_CHECK(bytes.size() == 8);
  return static_cast<uint64_t>(U32At(bytes, 0)) << 32 | U32At(bytes, 4);
}

std::optional<std::string_view> MunicipalityOf(std::string_view key) {
  constexpr std::string_view kKindsWithout = "LOUVXY";
  if (key.size() < 1 + kMunicipalitySize) return std::nullopt;
  if (kKindsWithout.find(key[0]) != std::string_view::npos) return std::nullopt;
  return key.substr(1, kMunicipalitySize);
}

std::string_view MunicipalityPrefix(std::string_view key) {
  VROEGSEIN_CHECK(key.size() >= 1 + kMunicipalitySize);
  return key.substr(0, 1 + kMunicipalitySize);
}

Date DayOfErasureKey(std::string_view key) { return DayAt(key, 1 + kMunicipalitySize); }

uint64_t HouseholdOfErasureKey(std::string_view key) {
  VROEGSEIN_CHECK(key.size() == 1 + kMunicipalitySize + 4 + 8);
  return DecodeU64(key.substr(key.size() - 8));
}

Date DayOfTaskKey(std::string_view key) {
  VROEGSEIN_CHECK(key.size() > kTaskKeyTail);
  return DayAt(key, key.size() - kTaskKeyTail);
}

std::string TeamOfTaskKey(std::string_view key) {
  VROEGSEIN_CHECK(key.size() > 1 + kMunicipalitySize + kTaskKeyTail);
  size_t size = key.size() - 1 - kMunicipalitySize - kTaskKeyTail - 1;
  return std::string(key.substr(1 + kMunicipalitySize, size));
}

}  // namespace vroegsein::keys
