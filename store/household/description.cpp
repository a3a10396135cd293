#include "store/household/description.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "ingest/calendar.h"
#include "store/household/address.h"
#include "store/household/identity/frequencies.h"
#include "store/household/identity/homes.h"
#include "store/household/identity/spelling.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

using identity::Resident;

// FNV-1a: the same on every machine, which std::hash does not promise.
class Hash {
 public:
  void Add(std::string_view text) {
    for (char c : text) Mix(c);
    Mix('\x1f');
  }
  uint64_t value() const { return value_; }

 private:
  void Mix(char c) { value_ = (value_ ^ static_cast<unsigned char>(c)) * uint64_t{1099511628211u}; }
  uint64_t value_ = 14695981039346656037u;
};

void FillShares(Resident* resident) {
  static const identity::Frequencies kUsual;
  kUsual.Fill(resident);
}

void SetAddress(const AddressRecord& address, Resident* resident) {
  resident->postcode = identity::Plain(address.postcode());
  resident->dutch_postcode = identity::IsDutchPostcode(resident->postcode);
  resident->number = address.house_number();
  resident->suffix = address.suffix();
}

class Keys {
 public:
  explicit Keys(const std::string& municipality) : municipality_(municipality) {}

  // No key when a part is not known.
  void Add(std::string_view kind, std::initializer_list<std::string_view> parts) {
    if (std::any_of(parts.begin(), parts.end(), [](auto part) { return part.empty(); })) return;
    if (keys_.size() >= kPersonKeysMax) return;
    Hash hash;
    hash.Add(kind);
    for (std::string_view part : parts) hash.Add(part);
    keys_.push_back(keys::Person(municipality_, hash.value()));
  }

  std::vector<std::string> Sorted() {
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    return std::move(keys_);
  }

 private:
  const std::string& municipality_;
  std::vector<std::string> keys_;
};

}  // namespace

uint64_t SpellingOf(const Client& client) {
  Hash hash;
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

Resident Describe(const Client& client) {
  identity::ResidentText text;
  text.initials = client.initials();
  text.prefix = client.prefix();
  text.surname = client.surname();
  if (client.has_birth_day()) text.birth_date = FormatDate(DateOf(client.birth_day()));
  text.street = client.street();
  text.phone = client.phone();
  text.email = client.email();
  text.citizen_number = client.bsn();
  text.legal_person = client.legal_person();
  Resident resident = identity::Describe(text);
  SetAddress(NormaliseAddress(client), &resident);
  FillShares(&resident);
  return resident;
}

void Keep(const Resident& resident, PersonRecord* person) {
  for (const std::string& surname : resident.surnames) person->add_surnames(surname);
  person->set_given(resident.given);
  person->set_initials(resident.initials);
  person->set_birth(resident.birth);
  person->set_street(resident.street);
  person->set_phone(resident.phone);
  person->set_email(resident.email);
  person->set_citizen_number(resident.citizen_number);
  person->set_legal_person(resident.legal_person);
}

Resident Recall(const HouseholdRecord& household, const PersonRecord& person) {
  Resident resident;
  for (const std::string& surname : person.surnames()) {
    resident.surnames.push_back(surname);
    resident.codes.push_back(identity::SoundCode(surname));
    resident.surname += surname;
  }
  resident.given = person.given();
  resident.initials = person.initials();
  resident.birth = person.birth();
  resident.street = person.street();
  resident.phone = person.phone();
  resident.email = person.email();
  resident.citizen_number = person.citizen_number();
  resident.legal_person = person.legal_person();
  SetAddress(AddressOf(household, person), &resident);
  FillShares(&resident);
  return resident;
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
std::vector<std::string> PersonKeys(const std::string& municipality, const Resident& resident) {
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
