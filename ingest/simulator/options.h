// SimulationOptions: how large, how long, how messy. Rates are in parts per million.
#pragma once

#include <cstdint>
#include <filesystem>

#include "ingest/calendar.h"
#include "ingest/simulator/random.h"

namespace vroegsein::simulator {

inline constexpr uint64_t kHouseholdsMax = 10'000'000;
inline constexpr int kMonthsMax = 120;
inline constexpr int kArrearsPerYearMilliMax = 12'000;
// By this day of the month every partner has delivered.
inline constexpr int kLastDeliveryDay = 20;

struct SimulationOptions {
  // Households that the partners have in arrears now and then. REQUIRES: 1..kHouseholdsMax.
  uint64_t households = 1000;
  // Months of deliveries. REQUIRES: 1..kMonthsMax.
  int months = 12;
  // The same seed and the same options give the same bytes.
  uint64_t seed = 1;
  // Nothing is dated after this day. The last month is its month, or the one before when it is
  // before kLastDeliveryDay.
  Date until;
  // The folder to fill; made when it is not there. REQUIRES: not empty.
  std::filesystem::path out;

  // Months of arrears a year and household, in thousandths. At the default the shares of single,
  // multiple and consecutive cases are the nation's; more makes more consecutive ones.
  // REQUIRES: 1..kArrearsPerYearMilliMax.
  int arrears_per_year_milli = 1060;
  // A field of the client written otherwise or wrongly.
  RatePpm errors = 3 * kPercent;
  // A letter of the postcode, the number or the suffix wrong: what points to another home.
  RatePpm address_errors = kPercent * 3 / 8;
  // What a creditor knows somebody as, on all its notices: a first name where initials belong;
  // another of the names of a married person; another transliteration; the name of a business.
  RatePpm first_names = 10 * kPercent;
  RatePpm partner_names = 15 * kPercent;
  RatePpm transliterations = 20 * kPercent;
  RatePpm trade_names = kPercent / 2;
  // People of whose birth only the year is known: 1 January, 1 July, or left out.
  RatePpm unknown_births = kPercent;
  // Households of which all give one phone number and e-mail address.
  RatePpm shared_contacts = 10 * kPercent;
  // Children with the surname and the initials of a parent.
  RatePpm namesakes = 3 * kPercent;
  // Households that move, a month; a part of the homes they leave is taken by another household.
  RatePpm moves = kPercent / 2;
  // Households that split (one of two leaves), a month; and pairs of singles that move in together.
  RatePpm splits = kPercent / 10;
  RatePpm joins = kPercent / 10;
  // Children that leave home, a month.
  RatePpm leavings = kPercent / 10;
  // Blocks of sixteen households of which five or more share one address without suffix.
  RatePpm crowded = kPercent / 2;
  // Rows handed in twice.
  RatePpm duplicates = kPercent / 2;
  // Rows that a strict decoder must refuse.
  RatePpm broken = 0;
};

}  // namespace vroegsein::simulator
