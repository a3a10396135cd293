// The daily digest: for whom something is new or nears its deadline, a letter with counts and a
// link. There is nothing of a resident in it: no name, no address, no number of a case.
//
// The same store, accounts, settings and `now` give the same letters, byte for byte. Errors: of the
// store. Threads: any.
#pragma once

#include <string>
#include <vector>

#include "alerts/session/accounts.h"
#include "alerts/settings/mail_settings.h"
#include "ingest/calendar.h"
#include "store/database.h"

namespace vroegsein {

struct DigestCounts {
  int64_t fresh = 0;   // opened since the digest before, and taken up by nobody
  int64_t near = 0;    // the deadline is today or one of the next working days
  int64_t late = 0;    // it has passed
  int64_t crisis = 0;  // of all these

  // What was late already is no reason to write every day.
  bool IsNews() const { return fresh > 0 || near > 0; }
};

struct DigestLetter {
  std::string user;
  std::string to;
  std::string message;  // RFC 5322, with CRLF
};

// The moment of the digest on that day.
Instant DigestMoment(const MailSettings& settings, Date day);

// A worker hears of what is nobody's or their own in their team, a coordinator of everything that
// they may see. In order of user. REQUIRES: `now` is on a working day, for "since the one before".
Result<std::vector<DigestLetter>> WriteDigest(const Database& database,
                                              const AccountBook::People& people,
                                              const MailSettings& settings, Instant now);

}  // namespace vroegsein
