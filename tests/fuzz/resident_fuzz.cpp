// Residents described by any text: describing, comparing and matching them must end within their
// bounds, whatever stands in a name, a date or a number, and must not depend on the order of a
// pair.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "store/household/identity/explanation.h"
#include "store/household/identity/matching.h"

namespace {

using namespace vroegsein::identity;

constexpr size_t kRecordsMax = 200;

std::string ResidentText::*const kCells[] = {
    &ResidentText::initials,     &ResidentText::given_name,   &ResidentText::prefix,
    &ResidentText::surname,      &ResidentText::birth_date,   &ResidentText::street,
    &ResidentText::postcode,     &ResidentText::house_number, &ResidentText::suffix,
    &ResidentText::address_line, &ResidentText::town,         &ResidentText::region,
    &ResidentText::phone,        &ResidentText::email,        &ResidentText::citizen_number,
    &ResidentText::contract};

// A record a line, its cells between tabs; the first byte of a line says the day and the sort.
std::vector<ResidentText> Records(std::string_view text) {
  std::vector<ResidentText> records;
  while (!text.empty() && records.size() < kRecordsMax) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    ResidentText record;
    if (!line.empty()) {
      auto first = static_cast<unsigned char>(line[0]);
      record.legal_person = first % 8 == 7;
      if (first % 8 != 6) record.day = vroegsein::Date(std::chrono::days(20'000 + 30 * first));
      line.remove_prefix(1);
    }
    for (auto cell : kCells) {
      std::string_view value = line.substr(0, line.find('\t'));
      record.*cell = value;
      line.remove_prefix(std::min(value.size() + 1, line.size()));
    }
    records.push_back(std::move(record));
  }
  return records;
}

bool InBounds(const Verdict& verdict) {
  return verdict.same >= 0 && verdict.same <= 1 && verdict.home >= 0 && verdict.home <= 1;
}

void ComparePairs(const Population& population) {
  Judge judge(DefaultWeights());
  const auto& residents = population.residents;
  for (size_t i = 1; i < residents.size(); ++i) {
    const Resident &a = residents[i - 1], &b = residents[i];
    if (Compare(a, b) != Compare(b, a)) std::abort();
    if (!InBounds(judge.Weigh(a, b))) std::abort();
    if (!InBounds(Explain(judge, a, b).verdict)) std::abort();
    if (BlockingKeys(a).size() > kBlockingKeysMax) std::abort();
  }
}

void Match(const std::vector<ResidentText>& records, bool learn) {
  MatchOptions options;
  options.learn = learn;
  std::vector<Placed> placed = MatchRecords(records, options);
  if (placed.size() != records.size()) std::abort();
  for (const Placed& each : placed) {
    bool numbered = each.person < records.size() && each.household < records.size();
    if (!numbered || !(each.certainty >= 0 && each.certainty <= 1)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<ResidentText> records = Records({reinterpret_cast<const char*>(data), size});
  ComparePairs(Populate(records));
  Match(records, false);
  Match(records, true);
  auto weights = ParseWeights({reinterpret_cast<const char*>(data), size});
  if (weights.ok() && !ParseWeights(FormatWeights(*weights, "")).ok()) std::abort();
  return 0;
}
