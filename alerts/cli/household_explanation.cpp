#include "alerts/cli/household_explanation.h"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace

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
  std::string text = fmt::format("Uitkomst: {}\n", Answer(placed[*row_a], placed[*row_b]));
  text += fmt::format("Deze twee alleen: kans op één persoon {:.4f}, op huisgenoten {:.4f}\n",
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

}  // namespace vroegsein
