#include "alerts/mail/mail_round.h"

#include "alerts/access/workplace.pb.h"
#include "alerts/deadline/working_days.h"

namespace vroegsein {
namespace {

std::string MarkKey(const std::string& user) { return "m" + user; }

}  // namespace

void MailRound::Start() {
  rounds_.Start(std::chrono::milliseconds(0), [this] {
    RunWhenDue();
    return kEvery;
  });
}

void MailRound::RunWhenDue() {
  Instant now = parts_.now();
  if (!IsDue(now) || !parts_.ours()) return;
  Status ran = Run(now);
  if (ran.ok()) done_ = DayInAmsterdam(now);
  not_before_ = now + kPause;
}

bool MailRound::IsDue(Instant now) const {
  Date day = DayInAmsterdam(now);
  Instant begins = DigestMoment(settings_, day);
  return IsWorkingDay(day) && day != done_ && now >= not_before_ && now >= begins &&
         now < begins + kWindow;
}

Result<bool> MailRound::HadOne(const std::string& user, Date day) const {
  auto bytes = parts_.workplace->database().Get(MarkKey(user));
  if (!bytes.ok()) return bytes.status();
  DigestMark mark;
  return bytes->has_value() && mark.ParseFromString(**bytes) && mark.day() == DaysOf(day);
}

Status MailRound::Deliver(const DigestLetter& letter, Date day) {
  Status sent = parts_.send(letter);
  if (sent.ok()) {
    parts_.sent();
  } else {
    parts_.failed(sent.message());
    if (sent.code() != StatusCode::kForbidden) return sent;
  }
  DigestMark mark;
  mark.set_day(DaysOf(day));
  return parts_.workplace->Write(
      [&](Batch* batch) { batch->Put(MarkKey(letter.user), mark.SerializeAsString()); });
}

Status MailRound::Run(Instant now) {
  Date day = DayInAmsterdam(now);
  auto letters = WriteDigest(*parts_.database, *parts_.accounts->Read(), settings_, now);
  if (!letters.ok()) {
    parts_.failed(letters.status().message());
    return letters.status();
  }
  for (const DigestLetter& letter : *letters) {
    if (rounds_.stopping()) return Status::Unavailable("the server stops");
    if (!parts_.ours()) return Status::Unavailable("another process sends them now");
    auto had = HadOne(letter.user, day);
    if (!had.ok()) return had.status();
    if (!*had) VROEGSEIN_RETURN_IF_ERROR(Deliver(letter, day));
  }
  return Status::Ok();
}

Status SendLetter(const MailSettings& settings, const DigestLetter& letter) {
  return SendMail(settings.server, "<" + settings.from + ">", "<" + letter.to + ">",
                  letter.message);
}

}  // namespace vroegsein
