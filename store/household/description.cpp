#include "store/household/description.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "ingest/calendar.h"
#include "store/household/address.h"
#include "store/household/identity/frequencies.h"
#include "store/household/identity/homes.h"
#include "store/household/identity/spelling.h"
#include "store/stable_hash.h"

namespace vroegsein {
namespace {

using identity::Resident;

void FillShares(Resident* resident) {
  static const identity::Frequencies kUsual;
  kUsual.Fill(resident);
}

void SetAddress(const AddressRecord& address, Resident* resident) {
  // A Dutch one is plain already.
  resident->dutch_postcode = identity::IsDutchPostcode(address.postcode());
  resident->postcode = address.postcode();
  if (!resident->dutch_postcode) {
    resident->postcode = identity::Plain(address.postcode());
    resident->dutch_postcode = identity::IsDutchPostcode(resident->postcode);
  }
  resident->number = address.house_number();
  resident->suffix = address.suffix();
}

std::string BirthDigits(Date day) {
  std::string digits = FormatDate(day);
  std::erase(digits, '-');
  return digits;
}

// Of a packed description.
constexpr char kFieldEnd = '\x1f', kPartEnd = '\x1e';

void AppendParts(const std::vector<std::string>& parts, std::string* packed) {
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) *packed += kPartEnd;
    packed->append(parts[i]);
  }
  *packed += kFieldEnd;
}

// What stands before `end`, which is taken away with it.
std::string_view TakeUntil(char end, std::string_view* rest) {
  size_t size = std::min(rest->find(end), rest->size());
  std::string_view taken = rest->substr(0, size);
  rest->remove_prefix(std::min(size + 1, rest->size()));
  return taken;
}

std::vector<std::string> TakeParts(std::string_view* rest) {
  std::string_view field = TakeUntil(kFieldEnd, rest);
  std::vector<std::string> parts;
  while (!field.empty()) parts.emplace_back(TakeUntil(kPartEnd, &field));
  return parts;
}

class Keys {
 public:
  explicit Keys(const std::string& municipality) : municipality_(municipality) {
    keys_.reserve(kPersonKeysMax);
  }

  // No key when a part is not known.
  void Add(std::string_view kind, std::initializer_list<std::string_view> parts) {
    if (std::any_of(parts.begin(), parts.end(), [](auto part) { return part.empty(); })) return;
    if (keys_.size() >= kPersonKeysMax) return;
    StableHash hash;
    hash.Add(kind);
    for (std::string_view part : parts) hash.Add(part);
    keys_.push_back(keys::Person(municipality_, hash.value()));
  }

  std::vector<keys::IndexKey> Sorted() {
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    return std::move(keys_);
  }

 private:
  const std::string& municipality_;
  std::vector<keys::IndexKey> keys_;
};

}  // namespace

uint64_t SpellingOf(const Client& client) {
  StableHash hash;
  hash.Add(client.initials());
  hash.Add(client.prefix());
  hash.Add(client.surname());
  hash.Add(client.has_birth_day() ? std::to_string(client.birth_day()) : std::string());
  hash.Add(client.postcode());
  hash.Add(client.house_number());
  hash.Add(client.house_number_suffix());
  hash.Add(client.phone());
  hash.Add(client.email());
  hash.Add(client.bsn());
  hash.Add(client.legal_person() ? "1" : "");
  return hash.value();
}

Resident Describe(const Client& client, const AddressRecord& address) {
  Resident resident;
  resident.legal_person = client.legal_person();
  identity::DescribeName({client.initials(), {}, client.prefix(), client.surname()}, &resident);
  if (client.has_birth_day()) resident.birth = BirthDigits(DateOf(client.birth_day()));
  resident.street = identity::FoldStreet(client.street());
  resident.phone = identity::PhoneDigits(client.phone());
  resident.email = identity::FoldEmail(client.email());
  resident.citizen_number = identity::Plain(client.bsn());
  SetAddress(address, &resident);
  FillShares(&resident);
  return resident;
}

void Keep(const Resident& resident, PersonRecord* person) {
  constexpr size_t kUsualBytes = 120;
  std::string packed;
  packed.reserve(kUsualBytes);
  AppendParts(resident.surnames, &packed);
  AppendParts(resident.codes, &packed);
  for (const std::string* text :
       {&resident.given, &resident.initials, &resident.birth, &resident.street, &resident.phone,
        &resident.email, &resident.citizen_number}) {
    packed.append(*text) += kFieldEnd;
  }
  packed += resident.legal_person ? "1" : "";
  while (!packed.empty() && packed.back() == kFieldEnd) packed.pop_back();
  person->set_description(std::move(packed));
}

Resident Recall(const HouseholdRecord& household, const PersonRecord& person) {
  Resident resident;
  Recall(household, person, &resident);
  return resident;
}

void Recall(const HouseholdRecord& household, const PersonRecord& person, Resident* into) {
  Resident& resident = *into;
  std::string_view rest = person.description();
  resident.surnames = TakeParts(&rest);
  resident.codes = TakeParts(&rest);
  // A record that is not as we wrote it: a code for each is what everything behind relies on.
  bool whole = resident.codes.size() == resident.surnames.size();
  if (!whole) resident.codes.clear();
  for (const std::string& surname : resident.surnames) {
    resident.surname += surname;
    if (!whole) resident.codes.push_back(identity::SoundCode(surname));
  }
  for (std::string* text : {&resident.given, &resident.initials, &resident.birth, &resident.street,
                            &resident.phone, &resident.email, &resident.citizen_number}) {
    *text = TakeUntil(kFieldEnd, &rest);
  }
  resident.legal_person = !rest.empty();
  SetAddress(AddressOf(household, person), &resident);
  FillShares(&resident);
}

const AddressRecord& AddressOf(const HouseholdRecord& household, const PersonRecord& person) {
  auto place = static_cast<int>(person.address());
  return place < household.addresses_size() ? household.addresses(place) : household.address();
}

bool SameAddress(const AddressRecord& a, const AddressRecord& b) {
  return a.postcode() == b.postcode() && a.house_number() == b.house_number() &&
         a.suffix() == b.suffix();
}

std::string DwellingOf(const AddressRecord& address) {
  Resident resident;
  SetAddress(address, &resident);
  return identity::DwellingKey(resident);
}

// A birth date finds its name however that is misspelt by sound, a name with two initials finds who
// has no birth date, and with the number of the door relatives and who lives at a misspelt address.
std::vector<keys::IndexKey> PersonKeys(const std::string& municipality, const Resident& resident) {
  Keys keys(municipality);
  keys.Add("phone", {resident.phone});
  keys.Add("email", {resident.email});
  keys.Add("bsn", {resident.citizen_number});
  if (resident.legal_person) return keys.Sorted();
  std::string_view area = std::string_view(resident.postcode).substr(0, 4);
  for (const std::string& code : resident.codes) {
    keys.Add("birth", {code, resident.birth});
    if (resident.initials.size() > 1) keys.Add("initials", {code, resident.initials});
    keys.Add("door", {code, area, resident.number});
  }
  return keys.Sorted();
}

}  // namespace vroegsein
