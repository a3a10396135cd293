// Distinctions says what of a session's inputs makes a difference to the decisions it is asked for.
//
// An input whose numbers are only compared, in columns of decision tables, with constants and with
// what follows from words and flags alone (`< Sectorregels.drempelbedrag`), falls into rows: at and
// between what it is compared with (as in rule_index.h). Two numbers of one row give the same
// results by the same rules, when the other inputs are the same; whoever knows the one answer knows
// the other. A number that is used in any other way counts whole, as does everything else.
//
// Private to rules/dmn. Threads: one at a time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/dmn/definitions.h"
#include "rules/dmn/scope.h"

namespace vroegsein::dmn {

class Distinctions {
 public:
  // `asked`: the elements whose results count.
  Distinctions(const Definitions& definitions, const std::vector<const Element*>& asked);

  // What an expression is worth with the inputs that are given.
  using Evaluate = std::function<feel::Value(const feel::Node*)>;

  // Appends what makes a difference of what `scope` is given. False when that cannot be said: a
  // decision is given, or an input that is neither word, flag nor number.
  bool Append(const Scope& scope, const Evaluate& evaluate, std::string* key);

 private:
  using Points = std::vector<feel::Value>;  // numbers, in order
  struct Input {
    int element = 0;
    bool in_rows = false;
    Points points;                          // the constants, and
    std::vector<const feel::Node*> moving;  // what else it is compared with
  };
  // Of each input in rows; nullopt: it is compared with what is no number, and counts whole.
  using Rows = std::vector<std::optional<Points>>;
  const Rows& RowsUnder(const std::string& words, const Evaluate& evaluate);

  std::vector<Input> inputs_;                   // those that what is asked for can see
  std::vector<int> decisions_;                  // the same
  std::unordered_map<std::string, Rows> rows_;  // by the words and flags; at most kRowsMax
};

}  // namespace vroegsein::dmn
