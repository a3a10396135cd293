// Who was seen at which address, from when to when: the material of which homes are made.
//
// A Living is one person at one address; a Profile what we know of a person that relates them to
// others. Plain values and pure functions; thread safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "store/household/identity/resident.h"

namespace vroegsein::identity {

inline constexpr uint32_t kNowhere = UINT32_MAX;

// That a person had a contract of some sort at an address, from when to when.
struct Contract {
  std::string sort;
  int first_day = 0;
  int last_day = 0;
};

struct Living {
  uint32_t person = 0;
  uint32_t dwelling = kNowhere;
  int first_day = 0;  // both 0 when the records have no day
  int last_day = 0;
  uint32_t records = 0;
  uint32_t resident = 0;  // one whose address this is
  std::vector<Contract> contracts;
};

struct Profile {
  bool legal_person = false;
  bool double_name = false;           // with a partner's
  float surname_share = 0;            // of the commonest of their surnames
  int birth_year = 0;                 // 0: not known
  std::vector<std::string> codes;     // of their surnames
  std::vector<std::string> contacts;  // phones and e-mails
};

// REQUIRES: a sort of which a home has one, or none.
void AddContract(const std::string& sort, int day, std::vector<Contract>* contracts);

// Whether both had a contract of which a home has one, and `later` after `earlier`.
bool Succeeds(const std::vector<Contract>& later, const std::vector<Contract>& earlier);

void AddToProfile(const Resident& resident, Profile* profile);

bool ShareSurname(const Profile& a, const Profile& b);
bool ShareContact(const Profile& a, const Profile& b);

// One slip of the pen apart: a letter of the postcode, the number next to it, a suffix left out.
bool IsNearAddress(const Resident& a, const Resident& b);

// Whether `a` is `b` without its suffix.
bool LeavesOutSuffix(const Resident& a, const Resident& b);

// The families among these people, as numbers from 0: who share a surname or a way to reach them.
std::vector<uint32_t> Families(std::span<const Profile* const> people);

}  // namespace vroegsein::identity
