#include "store/household/identity/resident.h"

#include <algorithm>
#include <cctype>

#include "store/household/identity/spelling.h"
#include "store/household/person.h"

namespace vroegsein::identity {
namespace {

std::string FoldEmail(std::string_view email) {
  std::string folded;
  for (char c : email) {
    if (c != ' ') folded.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  return folded.find('@') == std::string::npos ? std::string() : folded;
}

void DescribeName(const ResidentText& text, Resident* resident) {
  if (text.legal_person) {
    std::string name = FoldBusiness(text.prefix + " " + text.surname);
    if (!name.empty()) resident->surnames.push_back(std::move(name));
  } else {
    std::string space = text.prefix.empty() ? "" : " ";
    resident->surnames = SurnameParts(text.prefix + space + text.surname);
    GivenName given = ParseGivenName(text.given_name, true);
    if (given.initials.empty()) given = ParseGivenName(text.initials, false);
    resident->given = std::move(given.name);
    resident->initials = std::move(given.initials);
  }
  for (const std::string& part : resident->surnames) {
    resident->surname += part;
    resident->codes.push_back(SoundCode(part));
  }
}

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

}  // namespace

Resident Describe(const ResidentText& text) {
  Resident resident;
  resident.legal_person = text.legal_person;
  DescribeName(text, &resident);
  DescribeAddress(text, &resident);
  resident.birth = BirthDigits(text.birth_date);
  resident.phone = PhoneDigits(text.phone);
  resident.email = FoldEmail(text.email);
  resident.citizen_number = Plain(text.citizen_number);
  return resident;
}

std::string Fingerprint(const Resident& resident) {
  std::string print(resident.legal_person ? "L" : "N");
  auto add = [&print](const std::string& text) {
    print.push_back('\x1f');
    print += text;
  };
  for (const std::string& part : resident.surnames) add(part);
  for (const std::string* field :
       {&resident.given, &resident.initials, &resident.birth, &resident.street, &resident.postcode,
        &resident.number, &resident.suffix, &resident.line, &resident.town, &resident.region,
        &resident.phone, &resident.email, &resident.citizen_number}) {
    add("|" + *field);
  }
  return print;
}

bool IsTelling(const Resident& resident) {
  if (!resident.citizen_number.empty() || !resident.phone.empty() || !resident.email.empty())
    return true;
  bool placed = !resident.number.empty() || !resident.street.empty();
  return !resident.surname.empty() && (placed || !resident.birth.empty());
}

}  // namespace vroegsein::identity
