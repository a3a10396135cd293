#include <gtest/gtest.h>

#include "store/household/address.h"
#include "store/household/person.h"

namespace vroegsein {
namespace {

TEST(Address, SuffixSpellingsMeet) {
  struct Row {
    const char* written;
    const char* normal;
  };
  for (const Row& row :
       {Row{"A", "A"}, Row{"a", "A"}, Row{"-A", "A"}, Row{" a ", "A"}, Row{"A.", "A"},
        Row{"bis", "BIS"}, Row{"BIS.", "BIS"}, Row{"2", "2"}, Row{"-2", "2"}, Row{"II", "2"},
        Row{"ii", "2"}, Row{"002", "2"}, Row{"hs", "HS"}, Row{"huis", "HS"}, Row{"A-2", "A2"},
        Row{"A2", "A2"}, Row{"0", "0"}, Row{"", ""}}) {
    EXPECT_EQ(NormaliseSuffix(row.written), row.normal) << row.written;
  }
}

TEST(Person, SurnameSpellingsMeet) {
  struct Row {
    const char* written;
    const char* normal;
  };
  for (const Row& row :
       {Row{"de Vries", "vries"}, Row{"Vries", "vries"}, Row{"van der Weij", "wey"},
        Row{"v.d. Wey", "wey"}, Row{"'t Hart", "hart"}, Row{"Müller", "muller"},
        Row{"Dijkstra-de Boer", "dykstradeboer"}, Row{"Bos", "bos"}, Row{"De", "de"},
        Row{"Sørensen", "sorensen"}, Row{"Wiarda ", "wiarda"}}) {
    EXPECT_EQ(NormaliseSurname(row.written), row.normal) << row.written;
  }
}

}  // namespace
}  // namespace vroegsein
