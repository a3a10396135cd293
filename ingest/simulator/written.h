// A notice as a partner writes it: every cell as text, in the order of the columns.
//
// Partners have habits (how they write a postcode, a suffix, a prefix, which fields they know at
// all) and make mistakes at options.errors. Pure functions; thread safe.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "ingest/simulator/people.h"
#include "ingest/simulator/random.h"
#include "ingest/simulator/timeline.h"

namespace vroegsein::simulator {

enum Column : size_t {
  kId,
  kSector,
  kMunicipality,
  kSignalDate,
  kArrearsCents,
  kOriginDate,
  kCustomerNumber,
  kThreat,
  kThreatDate,
  kCrisis,
  kWarmHandover,
  kReminders,
  kPersonalContact,
  kHelpOffered,
  kObjection,
  kInitials,
  kPrefix,
  kSurname,
  kBirthDate,
  kStreet,
  kPostcode,
  kHouseNumber,
  kHouseNumberSuffix,
  kTown,
  kPhone,
  kEmail,
  kBsn,
  kLegalPerson,
  kColumnCount
};

// The names of the contract; nested ones have a dot.
inline constexpr std::array<std::string_view, kColumnCount> kColumnNames = {
    "id",
    "soort",
    "gemeentecode",
    "signaaldatum",
    "bedragCenten",
    "ontstaansdatum",
    "klantnummer",
    "dreiging",
    "dreigingsdatum",
    "crisissignaal",
    "warmeOverdracht",
    "inspanning.herinneringen",
    "inspanning.persoonlijkContact",
    "inspanning.hulpAangeboden",
    "inspanning.bezwaar",
    "client.voorletters",
    "client.voorvoegsel",
    "client.achternaam",
    "client.geboortedatum",
    "client.straatnaam",
    "client.postcode",
    "client.huisnummer",
    "client.huisnummertoevoeging",
    "client.plaatsnaam",
    "client.telefoonnummer",
    "client.email",
    "client.burgerservicenummer",
    "client.rechtspersoon"};

using WrittenRow = std::array<std::string, kColumnCount>;  // empty: not given

// All cells but the id.
WrittenRow WriteNotice(const SimulationOptions& options, const Notice& notice, const Person& person,
                       const Address& address, Random& random);

}  // namespace vroegsein::simulator
