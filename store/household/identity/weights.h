// Weights: how likely each level of agreement is, and what two residents are to one another by
// that.
//
// A Fellegi-Sunter model with three classes instead of two, because a household is what makes Dutch
// data hard: people who live together share address, phone and often the surname, and are not one
// person. Per field and level: how often it is seen with one person described twice (same), with
// two people of one home (home), and with two unrelated people (other). Names count by how common
// they are: De Vries says less than Wiarda.
//
// The text form is a line per level: `achternaam gelijk 0.9 0.55 0.003`; `#` begins a remark.
// Values; pure functions; thread safe. Errors: kInvalid, with the line.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "ingest/status.h"
#include "store/household/identity/comparison.h"

namespace vroegsein::identity {

enum Kin : uint8_t { kSamePerson, kSameHome, kUnrelated };
inline constexpr size_t kKinCount = 3;

struct Weights {
  // Of any two residents of a municipality.
  double same_prior = 0;
  double home_prior = 0;
  // chance[field][level][kin]; of level 0 always 1.
  std::array<std::array<std::array<double, kKinCount>, kLevelsMax>, kFieldCount> chance{};
};

Result<Weights> ParseWeights(std::string_view text);
std::string FormatWeights(const Weights& weights, std::string_view provenance);
// Shipped with the program; weights.txt says where they come from.
const Weights& DefaultWeights();

// Whether both addresses are known and are not one, also not by a slip of the pen.
bool IsElsewhere(const Agreement& agreement);

// A surname with one initial does not carry over to another address: there it takes a birth date, a
// way to reach the person, a first name or two initials besides. J. de Vries next door is another.
bool IsNameAloneElsewhere(const Agreement& agreement);

struct Verdict {
  double same = 0;  // probability that it is one person
  double home = 0;  // two people of one home
  double bits = 0;  // log2 of the odds that it is one person
};

// Chances as logarithms, ready for use.
class Judge {
 public:
  explicit Judge(const Weights& weights);

  // Of what Compare(a, b) found.
  Verdict Weigh(const Resident& a, const Resident& b, const Agreement& agreement) const;
  Verdict Weigh(const Resident& a, const Resident& b) const { return Weigh(a, b, Compare(a, b)); }

  // How strongly name, birth date and citizen service number contradict that it is one person, in
  // bits; 0 when nothing does. An address, a phone and an e-mail change and do not count.
  double Contradiction(const Resident& a, const Resident& b, const Agreement& agreement) const;

  // What one field adds to the odds of one person, in bits: against two unrelated people, and
  // against two of one home.
  struct Share {
    double against_unrelated = 0;
    double against_home = 0;
  };
  Share ShareOf(Field field, const Resident& a, const Resident& b, const Agreement& found) const;

 private:
  double LogUnrelated(size_t field, const Resident& a, const Resident& b, uint8_t level) const;

  std::array<std::array<std::array<double, kKinCount>, kLevelsMax>, kFieldCount> log_{};
  std::array<double, kKinCount> log_prior_{};
};

}  // namespace vroegsein::identity
