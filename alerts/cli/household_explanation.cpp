#include "alerts/cli/household_explanation.h"

#include <fmt/format.h>

#include <algorithm>

#include "alerts/api/household_answer.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"
#include "ingest/calendar.h"
#include "store/household/identity/explanation.h"

namespace vroegsein {
namespace {

Result<size_t> RowOf(const ResidentTable& table, const std::string& id) {
  auto found = std::find(table.ids.begin(), table.ids.end(), id);
  if (found == table.ids.end()) return Status::NotFound("the file has no such id");
  return static_cast<size_t>(found - table.ids.begin());
}

std::string_view Answer(const identity::Placed& a, const identity::Placed& b) {
  if (a.person == b.person) return "één persoon";
  return a.household == b.household ? "twee personen, één huishouden" : "twee huishoudens";
}

std::string TextOf(const identity::Explanation& why) {
  std::string text =
      fmt::format("Deze twee alleen: kans op één persoon {:.4f}, op huisgenoten {:.4f}\n",
                  why.verdict.same, why.verdict.home);
  text +=
      "veld                 overeenkomst         bits t.o.v. een ander  t.o.v. een huisgenoot\n";
  for (const identity::FieldReason& reason : why.fields) {
    text += fmt::format("{:<20} {:<20} {:>21.1f} {:>22.1f}\n", reason.field, reason.level,
                        reason.share.against_unrelated, reason.share.against_home);
  }
  for (const identity::Turn& turn : why.turns) {
    text += fmt::format("Anders geworden bij: {} {} in plaats van {}\n", turn.field, turn.would_be,
                        turn.is);
  }
  return text;
}

Result<HouseholdRecord> ReadOne(const Database& database, const std::string& text) {
  auto id = HouseholdId::Parse(text);
  if (!id) return Status::Invalid("'" + text + "' is no household, such as 0080-12");
  auto household = ReadHousehold(database, *id, Depth::kCases);
  if (!household.ok()) return household.status();
  if (!household->has_value()) return Status::NotFound("there is no household " + text);
  return std::move(**household);
}

std::string HistoryOf(const HouseholdRecord& household) {
  std::string text;
  for (const HouseholdChange& change : household.history()) {
    text += fmt::format("{} {}: {}", FormatInstant(InstantOf(change.at_ms())),
                        IdOf(household).Text(), NameOf(change.kind()));
    if (change.other() != 0) {
      text += " " + HouseholdId{household.municipality(), change.other()}.Text();
    }
    if (!change.by().empty()) text += " door " + change.by();
    text += (change.reason().empty() ? "" : ". ") + change.reason() + "\n";
  }
  return text;
}

}  // namespace

Result<std::string> ExplainHouseholds(const Database& database, const std::string& a,
                                      const std::string& b) {
  auto one = ReadOne(database, a);
  if (!one.ok()) return one.status();
  auto two = ReadOne(database, b);
  if (!two.ok()) return two.status();
  bool same = one->number() == two->number() && one->municipality() == two->municipality();
  std::string text = fmt::format("Uitkomst: {}\n", same ? "één huishouden, " + IdOf(*one).Text()
                                                        : std::string("twee huishoudens"));
  text += HistoryOf(*one);
  if (same) return text;
  text += HistoryOf(*two);
  auto likest = FindLikest(*one, *two);
  return likest ? text + TextOf(likest->explanation) : text;
}

Result<std::string> ExplainPair(const ResidentTable& table, const identity::MatchOptions& options,
                                const std::string& a, const std::string& b) {
  auto row_a = RowOf(table, a), row_b = RowOf(table, b);
  if (!row_a.ok()) return row_a.status();
  if (!row_b.ok()) return row_b.status();
  identity::MatchTrace trace;
  auto placed = identity::MatchRecords(table.records, options, &trace);
  const auto& people = trace.population;
  identity::Explanation why = identity::Explain(identity::Judge(trace.weights),
                                                people.residents[people.resident_of[*row_a]],
                                                people.residents[people.resident_of[*row_b]]);
  return fmt::format("Uitkomst: {}\n", Answer(placed[*row_a], placed[*row_b])) + TextOf(why);
}

}  // namespace vroegsein
