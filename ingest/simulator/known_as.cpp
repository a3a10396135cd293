#include "ingest/simulator/known_as.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "ingest/simulator/names.h"
#include "ingest/simulator/partners.h"
#include "ingest/simulator/random.h"

namespace vroegsein::simulator {
namespace {

constexpr uint64_t kKnownAsStream = 31;

std::string Joined(const FamilyName& name) {
  return name.prefix.empty() ? name.name : name.prefix + " " + name.name;
}

// Own name, partner's name, or both in either order.
FamilyName OtherForm(const Person& person, Random& random) {
  const FamilyName &own = person.own_name, &partner = person.partner_name;
  switch (random.Below(4)) {
    case 0: return own;
    case 1: return partner;
    case 2: return {own.prefix, fmt::format("{}-{}", own.name, Joined(partner))};
    default: return {partner.prefix, fmt::format("{}-{}", partner.name, Joined(own))};
  }
}

std::string Transliterated(const std::string& name, Random& random) {
  for (const Transliteration& known : kTransliterations) {
    size_t at = name.find(known.name);
    if (at == std::string::npos) continue;
    std::string other(random.Pick(known.others));
    return name.substr(0, at) + other + name.substr(at + known.name.size());
  }
  return name;
}

std::string TradeName(const Person& person, Random& random) {
  std::string name = Joined(person.own_name);
  if (name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  std::string_view trade = random.Pick(kTrades);
  switch (random.Below(3)) {
    case 0: return fmt::format("{} {}", trade, name);
    case 1: return fmt::format("{} {} V.O.F.", trade, name);
    default: return fmt::format("{} {}", name, trade);
  }
}

// Both are how registers write that only the year is known; some creditors then leave it out.
std::optional<Date> OnlyTheYear(Date birth_date, Random& random) {
  std::chrono::year year = std::chrono::year_month_day(birth_date).year();
  switch (random.Below(5)) {
    case 0: return std::nullopt;
    case 1: return Date(std::chrono::sys_days(year / std::chrono::July / 1));
    default: return Date(std::chrono::sys_days(year / std::chrono::January / 1));
  }
}

}  // namespace

KnownAs KnownBy(const SimulationOptions& options, const Person& person, size_t partner) {
  Random random(Mix(Mix(options.seed, kKnownAsStream), person.number * kPartnerCount + partner));
  KnownAs known{person.initials, person.prefix, person.surname, person.birth_date};
  bool other_form = random.Chance(options.partner_names);
  bool transliterated = random.Chance(options.transliterations);
  bool first_name = random.Chance(options.first_names);
  bool trade_name = random.Chance(options.trade_names) && partner != kDeFriesland;
  if (!person.birth_day_known) known.birth_date = OnlyTheYear(person.birth_date, random);
  if (other_form && !person.partner_name.name.empty()) {
    FamilyName form = OtherForm(person, random);
    known.prefix = std::move(form.prefix);
    known.surname = std::move(form.name);
  }
  if (transliterated) known.surname = Transliterated(known.surname, random);
  if (first_name) known.initials = person.first_name;
  if (trade_name) known = {{}, {}, TradeName(person, random), std::nullopt};
  return known;
}

}  // namespace vroegsein::simulator
