#include "ingest/simulator/written.h"

#include <fmt/format.h>

#include "ingest/simulator/known_as.h"
#include "ingest/simulator/partners.h"
#include "ingest/simulator/spelling.h"

namespace vroegsein::simulator {
namespace {

using std::chrono::days;

constexpr std::string_view kMunicipality0080 = "0080";

// What a partner knows and how it writes.
struct Habits {
  RatePpm knows_birth_date, knows_phone, knows_email, knows_bsn;
  bool prefix_in_surname, one_initial, spaced_postcode, short_streets;
};
constexpr std::array<Habits, kPartnerCount> kHabits = {{
    {30 * kPercent, 60 * kPercent, 60 * kPercent, 0, false, false, true, false},
    {45 * kPercent, 75 * kPercent, 70 * kPercent, 0, false, true, false, false},
    {98 * kPercent, 55 * kPercent, 50 * kPercent, kAlways, false, false, false, false},
    {90 * kPercent, 80 * kPercent, 60 * kPercent, 0, true, false, false, true},
    {85 * kPercent, 80 * kPercent, 65 * kPercent, 0, false, false, true, false},
}};

std::string YesNo(bool yes) { return yes ? "true" : "false"; }

class Writer {
 public:
  Writer(const SimulationOptions& options, const Notice& notice, const Person& person,
         const Address& address, Random& random)
      : options_(options),
        notice_(notice),
        person_(person),
        address_(address),
        habits_(kHabits[notice.partner]),
        random_(random) {}

  WrittenRow Write() {
    WriteArrears();
    WritePerson();
    WriteAddress();
    if (notice_.kind == NoticeKind::kBroken) Break();
    return std::move(row_);
  }

 private:
  bool Errs() { return random_.Chance(options_.errors); }
  bool ErrsInAddress() { return random_.Chance(options_.address_errors); }

  void WriteArrears() {
    const Partner& partner = kPartners[notice_.partner];
    row_[kSector] = partner.sector;
    row_[kMunicipality] = kMunicipality0080;
    row_[kSignalDate] = FormatDate(notice_.signal_date);
    row_[kArrearsCents] = fmt::format("{}", notice_.cents);
    row_[kOriginDate] = FormatDate(notice_.origin_date);
    row_[kCustomerNumber] = notice_.customer_number;
    row_[kThreat] = notice_.threat.empty() ? "geen" : notice_.threat;
    if (!notice_.threat.empty()) row_[kThreatDate] = FormatDate(notice_.threat_date);
    row_[kCrisis] = YesNo(notice_.crisis);
    row_[kWarmHandover] = YesNo(random_.Chance(5 * kPercent));
    row_[kReminders] = fmt::format("{}", random_.Between(1, 4));
    row_[kPersonalContact] = YesNo(random_.Chance(80 * kPercent));
    row_[kHelpOffered] = YesNo(random_.Chance(85 * kPercent));
    row_[kObjection] = YesNo(false);
  }

  void WritePerson() {
    row_[kLegalPerson] = YesNo(person_.legal);
    WritePhone();
    if (person_.legal) {
      row_[kSurname] = person_.surname;
      return;
    }
    KnownAs known = KnownBy(options_, person_, notice_.partner);
    WriteName(known);
    bool knows_birth_date = random_.Chance(habits_.knows_birth_date);
    if (knows_birth_date && known.birth_date) row_[kBirthDate] = BirthDate(*known.birth_date);
    if (random_.Chance(habits_.knows_email)) row_[kEmail] = person_.email;
    if (random_.Chance(habits_.knows_bsn)) row_[kBsn] = person_.bsn;
  }

  void WriteName(const KnownAs& known) {
    bool dotted = known.initials.find('.') != std::string::npos;
    row_[kInitials] = habits_.one_initial && dotted ? known.initials.substr(0, 2) : known.initials;
    if (Errs()) row_[kInitials] = random_.Chance(50 * kPercent) ? "" : known.initials.substr(0, 1);
    row_[kPrefix] = Errs() ? MisspellPrefix(known.prefix, random_) : known.prefix;
    row_[kSurname] = Errs() ? MisspellSurname(known.surname, random_) : known.surname;
    if (habits_.prefix_in_surname && !row_[kPrefix].empty()) {
      row_[kSurname] = row_[kPrefix] + " " + row_[kSurname];
      row_[kPrefix].clear();
    }
  }

  // Day and month swapped, 1 January, or a year off.
  std::string BirthDate(Date known) {
    if (!Errs()) return FormatDate(known);
    std::chrono::year_month_day date(known);
    switch (random_.Below(3)) {
      case 0:
        if (static_cast<unsigned>(date.day()) > 12) break;
        return FormatDate(date.year() / std::chrono::month(static_cast<unsigned>(date.day())) /
                          std::chrono::day(static_cast<unsigned>(date.month())));
      case 1: return FormatDate(date.year() / std::chrono::January / 1);
      default: break;
    }
    return FormatDate(known - days(365));
  }

  void WritePhone() {
    if (!random_.Chance(habits_.knows_phone)) return;
    bool differently = random_.Chance(30 * kPercent);
    row_[kPhone] = differently ? RespellPhone(person_.phone, random_) : person_.phone;
  }

  void WriteAddress() {
    row_[kStreet] = habits_.short_streets ? AbbreviateStreet(address_.street) : address_.street;
    if (Errs()) row_[kStreet] = SlipOfTheFinger(row_[kStreet], random_);
    row_[kPostcode] = address_.postcode;
    if (ErrsInAddress()) row_[kPostcode] = SlipInPostcode(row_[kPostcode], random_);
    if (habits_.spaced_postcode || random_.Chance(10 * kPercent)) {
      row_[kPostcode] = RespellPostcode(row_[kPostcode], random_);
    }
    int number = address_.house_number + (ErrsInAddress() ? 1 : 0);
    row_[kHouseNumber] = fmt::format("{}", number);
    bool differently = random_.Chance(25 * kPercent);
    row_[kHouseNumberSuffix] =
        differently ? RespellSuffix(address_.suffix, random_) : address_.suffix;
    if (ErrsInAddress()) row_[kHouseNumberSuffix].clear();
    row_[kTown] = address_.town;
  }

  // One thing that a strict decoder must refuse.
  void Break() {
    switch (random_.Below(6)) {
      case 0: row_[kPostcode] = "891AD"; break;
      case 1: row_[kSignalDate] = "2025-02-30"; break;
      case 2: row_[kArrearsCents] = "-" + row_[kArrearsCents]; break;
      case 3: row_[kBsn] = "123456789"; break;  // fails the eleven test
      case 4: row_[kSurname].clear(); break;
      default: row_[kObjection] = YesNo(true); break;
    }
  }

  const SimulationOptions& options_;
  const Notice& notice_;
  const Person& person_;
  const Address& address_;
  const Habits& habits_;
  Random& random_;
  WrittenRow row_;
};

}  // namespace

WrittenRow WriteNotice(const SimulationOptions& options, const Notice& notice, const Person& person,
                       const Address& address, Random& random) {
  return Writer(options, notice, person, address, random).Write();
}

}  // namespace vroegsein::simulator
