#include "alerts/mail/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "alerts/access/gate.h"
#include "alerts/access/key.h"
#include "alerts/api/case_answer.h"
#include "alerts/api/task_list.h"
#include "alerts/deadline/working_days.h"
#include "alerts/desk/case_file.h"
#include "alerts/reading/households.h"

namespace vroegsein {
namespace {

// Counts by who a task belongs to: municipality, team, and user (empty: nobody's).
struct Place {
  std::string municipality;
  std::string team;
  std::string assignee;
  auto operator<=>(const Place&) const = default;
};
using Counted = std::map<Place, DigestCounts>;

Date WorkingDayBefore(Date day) {
  do {
    day -= std::chrono::days(1);
  } while (!IsWorkingDay(day));
  return day;
}

void Add(const DigestCounts& some, DigestCounts* sum) {
  sum->fresh += some.fresh;
  sum->near += some.near;
  sum->late += some.late;
  sum->crisis += some.crisis;
}

class Counting {
 public:
  Counting(const Database& database, const MailSettings& settings, Instant now)
      : database_(database),
        today_(DayInAmsterdam(now)),
        now_(now),
        since_(DigestMoment(settings, WorkingDayBefore(today_))) {}

  Status CountTeam(const std::string& code, const std::string& team) {
    Status status;
    Status scanned = ScanTasks(database_, code, team, std::nullopt, [&](const TaskEntry& entry) {
      status = Count(entry);
      return status.ok();
    });
    VROEGSEIN_RETURN_IF_ERROR(scanned);
    return status;
  }

  const Counted& counted() const { return counted_; }

 private:
  Status Count(const TaskEntry& entry) {
    DigestCounts one;
    TimeLeft left = TimeUntil(DateOf(entry.place.day), today_);
    one.near = left.near ? 1 : 0;
    one.late = left.late ? 1 : 0;
    if (entry.task.assignee().empty()) {
      auto fresh = IsFresh(entry.place);
      if (!fresh.ok()) return fresh.status();
      one.fresh = *fresh ? 1 : 0;
    }
    one.crisis = entry.task.crisis() && (one.fresh + one.near + one.late) > 0 ? 1 : 0;
    Add(one, &counted_[{entry.place.municipality, entry.place.team, entry.task.assignee()}]);
    return Status::Ok();
  }

  Result<bool> IsFresh(const TaskPlace& place) const {
    auto household = ReadHousehold(database_, place.id().household, Depth::kCases);
    if (!household.ok()) return household.status();
    if (!household->has_value()) return false;
    const CaseRecord* record = FindCase(std::as_const(**household), place.case_number);
    if (record == nullptr) return false;
    Instant opened = InstantOf(record->opened_ms());
    return opened > since_ && opened <= now_;
  }

  const Database& database_;
  const Date today_;
  const Instant now_;
  const Instant since_;
  Counted counted_;
};

DigestCounts CountsFor(const KnownAccount& account, const Counted& counted) {
  DigestCounts sum;
  for (const auto& [place, counts] : counted) {
    bool seen = MaySeeMunicipality(account.identity, place.municipality) &&
                MaySeeTeam(account.identity, place.team);
    bool theirs = account.identity.role == Role::kCoordinator || place.assignee.empty() ||
                  place.assignee == account.identity.name;
    if (seen && theirs) Add(counts, &sum);
  }
  return sum;
}

std::string Line(int64_t count, std::string_view one, std::string_view more) {
  if (count == 0) return "";
  return fmt::format("- {} {}\r\n", count, count == 1 ? one : more);
}

std::string BodyOf(const DigestCounts& counts, const MailSettings& settings) {
  std::string text = "Goedemorgen,\r\n\r\nIn Vroegsein staat voor u klaar:\r\n\r\n";
  text += Line(counts.fresh, "nieuw huishouden", "nieuwe huishoudens");
  text += Line(counts.near, "huishouden waarvan de termijn bijna voorbij is",
               "huishoudens waarvan de termijn bijna voorbij is");
  text += Line(counts.late, "huishouden waarvan de termijn voorbij is",
               "huishoudens waarvan de termijn voorbij is");
  text += Line(counts.crisis, "daarvan is een crisis", "daarvan zijn een crisis");
  text += fmt::format("\r\nOpen Vroegsein: {}\r\n\r\n", settings.desk);
  auto minutes = settings.time.count();
  text += fmt::format(
      "U krijgt dit bericht op werkdagen om {:02}:{:02} uur, alleen als er iets\r\n"
      "nieuws is of een termijn bijna voorbij is. Antwoorden kan niet.\r\n",
      minutes / 60, minutes % 60);
  return text;
}

// `Fri, 20 Nov 2026 08:00:00 +0000`
std::string DateLine(Instant now) {
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  Date day = std::chrono::floor<std::chrono::days>(now);
  std::chrono::year_month_day date(day);
  std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(now - day));
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                     kDays[std::chrono::weekday(day).c_encoding()], unsigned{date.day()},
                     kMonths[unsigned{date.month()} - 1], int{date.year()}, time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::string MessageOf(const KnownAccount& account, const DigestCounts& counts,
                      const MailSettings& settings, Instant now) {
  // The same letter twice has one name: whoever gets it twice is shown it once.
  std::string name =
      HashKey(account.identity.name + " " + FormatDate(DayInAmsterdam(now)) + " " + settings.desk);
  std::string domain = settings.from.substr(settings.from.find('@') + 1);
  std::string message = "Date: " + DateLine(now) + "\r\n";
  message += "From: Vroegsein <" + settings.from + ">\r\n";
  message += "To: <" + account.mail + ">\r\n";
  message +=
      fmt::format("Subject: Vroegsein: {} nieuw, {} bijna te laat\r\n", counts.fresh, counts.near);
  message += "Message-ID: <" + name.substr(name.find(':') + 1, 32) + "@" + domain + ">\r\n";
  message += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
  message += "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n";
  return message + "\r\n" + BodyOf(counts, settings);
}

}  // namespace

Instant DigestMoment(const MailSettings& settings, Date day) {
  return StartOfDayInAmsterdam(day) + settings.time;
}

Result<std::vector<DigestLetter>> WriteDigest(const Database& database,
                                              const AccountBook::People& people,
                                              const MailSettings& settings, Instant now) {
  auto municipalities = Municipalities(database);
  if (!municipalities.ok()) return municipalities.status();
  Counting counting(database, settings, now);
  for (const MunicipalityRecord& municipality : *municipalities) {
    for (const Team& team : municipality.settings().teams()) {
      Status counted = counting.CountTeam(municipality.settings().code(), team.code());
      if (!counted.ok()) return counted;
    }
  }
  std::vector<DigestLetter> letters;
  for (const auto& [user, account] : people) {
    if (!IsMailAddress(account.mail) || !settings.roles.contains(account.identity.role)) continue;
    DigestCounts counts = CountsFor(account, counting.counted());
    if (!counts.IsNews()) continue;
    letters.push_back({user, account.mail, MessageOf(account, counts, settings, now)});
  }
  return letters;
}

}  // namespace vroegsein
