#include "alerts/cli/household_measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <vector>

#include "alerts/cli/resident_table.h"
#include "store/household/identity/quality.h"

namespace vroegsein {
namespace {

using Truth = std::unordered_map<std::string, std::string>;
using Rows = std::vector<std::vector<std::string>>;

struct Labels {
  std::vector<uint32_t> found;
  std::vector<uint32_t> truth;
};

std::optional<size_t> Column(const Rows& rows, std::string_view name) {
  const auto& header = rows.front();
  auto at = std::find(header.begin(), header.end(), name);
  if (at == header.end()) at = std::find(header.begin(), header.end(), fmt::format("{}_id", name));
  if (at == header.end()) return std::nullopt;
  return static_cast<size_t>(at - header.begin());
}

// `rec-12-org` and `rec-12-dup-0` are `rec-12`.
std::string PersonInId(const std::string& id) {
  size_t first = id.find('-');
  return id.substr(0, first == std::string::npos ? first : id.find('-', first + 1));
}

// id to what the truth says; of an id that comes twice the first.
Status ReadTruth(const Rows& rows, std::string_view what, Truth* truth) {
  auto id = Column(rows, "id"), label = Column(rows, what);
  if (!id || !label) {
    return Status::Invalid(fmt::format("the truth has no column id or {}", what));
  }
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() <= std::max(*id, *label)) {
      return Status::Invalid("a row of the truth is cut");
    }
    truth->emplace(rows[i][*id], rows[i][*label]);
  }
  return Status::Ok();
}

class Numbers {
 public:
  uint32_t Of(const std::string& label) {
    return known_.try_emplace(label, static_cast<uint32_t>(known_.size())).first->second;
  }

 private:
  std::unordered_map<std::string, uint32_t> known_;
};

Result<Labels> Pair(const Rows& found, const Rows* truth, std::string_view what) {
  auto id = Column(found, "id"), label = Column(found, what);
  if (!id || !label)
    return Status::Invalid(fmt::format("the file has no column id or {}_id", what));
  Truth known;
  if (truth != nullptr) VROEGSEIN_RETURN_IF_ERROR(ReadTruth(*truth, what, &known));
  Labels labels;
  Numbers found_numbers, true_numbers;
  for (size_t i = 1; i < found.size(); ++i) {
    if (found[i].size() <= std::max(*id, *label))
      return Status::Invalid("a row of the file is cut");
    auto in_truth = known.find(found[i][*id]);
    if (truth != nullptr && in_truth == known.end()) {
      return Status::Invalid(fmt::format("row {} is not in the truth", i));
    }
    labels.found.push_back(found_numbers.Of(found[i][*label]));
    labels.truth.push_back(
        true_numbers.Of(truth != nullptr ? in_truth->second : PersonInId(found[i][*id])));
  }
  return labels;
}

std::string Line(std::string_view what, const identity::Quality& quality) {
  return fmt::format(
      "| {} | {:.4f} | {:.4f} | {:.4f} | {:.4f} | {:.4f} | {:.4f} | {:.3f}% | {} |\n", what,
      quality.pairs.precision, quality.pairs.recall, quality.pairs.f1(), quality.b_cubed.precision,
      quality.b_cubed.recall, quality.b_cubed.f1(), 100 * quality.joined_wrongly_share(),
      quality.groups);
}

}  // namespace

Result<std::string> MeasureMatch(ByteSource* found, ByteSource* truth) {
  auto found_rows = ReadCells(found);
  if (!found_rows.ok()) return found_rows.status();
  Rows truth_rows;
  if (truth != nullptr) {
    auto read = ReadCells(truth);
    if (!read.ok()) return read.status();
    truth_rows = std::move(*read);
  }
  std::string table =
      "| | precision | recall | F1 | B3 precision | B3 recall | B3 F1 | wrongly joined | groups |\n"
      "|---|---|---|---|---|---|---|---|---|\n";
  const Rows* known = truth != nullptr ? &truth_rows : nullptr;
  auto persons = Pair(*found_rows, known, "person");
  if (!persons.ok()) return persons.status();
  table += Line("person", identity::MeasureGroups(persons->found, persons->truth));
  if (known == nullptr) return table;
  auto homes = Pair(*found_rows, known, "household");
  if (!homes.ok()) return homes.status();
  identity::Quality quality = identity::MeasureGroups(homes->found, homes->truth);
  uint64_t strangers = identity::GroupsWithStrangers(homes->found, persons->truth, homes->truth);
  double share = 100 * static_cast<double>(strangers) / static_cast<double>(quality.groups);
  return fmt::format("{}{}\nhouseholds that hold people who never lived together: {} ({:.3f}%)\n",
                     table, Line("household", quality), strangers, share);
}

}  // namespace vroegsein
