#include "store/household/identity/resident.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "store/household/identity/spelling.h"
#include "store/household/person.h"
#include "store/recent.h"

namespace vroegsein::identity {
namespace {

// What is compared, in the order of the fingerprint.
constexpr std::array<std::string Resident::*, 13> kFields = {
    &Resident::given,         &Resident::initials, &Resident::birth,  &Resident::street,
    &Resident::postcode,      &Resident::number,   &Resident::suffix, &Resident::line,
    &Resident::town,          &Resident::region,   &Resident::phone,  &Resident::email,
    &Resident::citizen_number};
constexpr char kEnd = '\x1f', kFieldMark = '|';

void DescribeAddress(const ResidentText& text, Resident* resident) {
  resident->postcode = Plain(text.postcode);
  resident->dutch_postcode = IsDutchPostcode(resident->postcode);
  HouseNumber number = ParseHouseNumber(text.house_number, text.suffix);
  resident->number = std::move(number.number);
  resident->suffix = std::move(number.suffix);
  resident->street = FoldStreet(text.street);
  resident->line = FoldName(text.address_line);
  resident->town = FoldName(text.town);
  resident->region = Plain(text.region);
}

// What surnames with their prefixes come to: a few thousand are most people's, and taking one apart
// is most of the work of a description. One for all threads, so that it is there once.
class SurnameBook {
 public:
  void Fill(const std::string& full, Resident* resident) {
    std::lock_guard lock(mutex_);
    const Entry* entry = entries_.Find(full);
    if (entry == nullptr) entry = entries_.Add(full, TakeApart(full), 1);
    resident->surnames = entry->parts;
    resident->codes = entry->codes;
  }

 private:
  struct Entry {
    std::vector<std::string> parts;
    std::vector<std::string> codes;
  };

  static Entry TakeApart(const std::string& full) {
    Entry entry{SurnameParts(full), {}};
    for (const std::string& part : entry.parts) entry.codes.push_back(SoundCode(part));
    return entry;
  }

  static constexpr size_t kNamesKept = 4'000;
  std::mutex mutex_;
  Recent<std::string, Entry> entries_{kNamesKept};  // guarded by mutex_
};

}  // namespace

void DescribeName(const NameText& text, Resident* resident) {
  std::string full(text.prefix);
  if (!full.empty() || resident->legal_person) full += ' ';
  full += text.surname;
  if (resident->legal_person) {
    std::string name = FoldBusiness(full);
    if (!name.empty()) {
      resident->codes.push_back(SoundCode(name));
      resident->surnames.push_back(std::move(name));
    }
  } else {
    static SurnameBook book;
    book.Fill(full, resident);
    GivenName given;
    if (!text.given_name.empty()) given = ParseGivenName(text.given_name, true);
    if (given.initials.empty()) given = ParseGivenName(text.initials, false);
    resident->given = std::move(given.name);
    resident->initials = std::move(given.initials);
  }
  for (const std::string& part : resident->surnames) resident->surname += part;
}

Resident Describe(const ResidentText& text) {
  Resident resident;
  resident.legal_person = text.legal_person;
  DescribeName({text.initials, text.given_name, text.prefix, text.surname}, &resident);
  DescribeAddress(text, &resident);
  resident.birth = BirthDigits(text.birth_date);
  resident.phone = PhoneDigits(text.phone);
  resident.email = FoldEmail(text.email);
  resident.citizen_number = Plain(text.citizen_number);
  return resident;
}

std::string Fingerprint(const Resident& resident) {
  std::string print(resident.legal_person ? "L" : "N");
  for (const std::string& part : resident.surnames) (print += kEnd) += part;
  for (auto field : kFields) ((print += kEnd) += kFieldMark) += resident.*field;
  return print;
}

// Field by field: each ends with what is less than any letter of it.
int CompareFingerprints(const Resident& a, const Resident& b) {
  if (a.legal_person != b.legal_person) return a.legal_person ? -1 : 1;
  size_t both = std::min(a.surnames.size(), b.surnames.size());
  for (size_t i = 0; i < both; ++i) {
    if (int order = a.surnames[i].compare(b.surnames[i])) return order;
  }
  // Where the one's names end its first field stands against the other's next name.
  if (a.surnames.size() != b.surnames.size()) {
    bool a_has_more = a.surnames.size() > both;
    const std::string& name = (a_has_more ? a : b).surnames[both];
    const std::string field = kFieldMark + (a_has_more ? b : a).*kFields[0];
    int order = name.compare(field);
    return a_has_more ? order : -order;
  }
  for (auto field : kFields) {
    if (int order = (a.*field).compare(b.*field)) return order;
  }
  return 0;
}

bool IsTelling(const Resident& resident) {
  if (!resident.citizen_number.empty() || !resident.phone.empty() || !resident.email.empty())
    return true;
  bool placed = !resident.number.empty() || !resident.street.empty();
  return !resident.surname.empty() && (placed || !resident.birth.empty());
}

}  // namespace vroegsein::identity
