// MailRound: sends the daily digest: on working days from its time on, each letter once.
//
// Who had one today is kept in the workplace, so that a restart sends none twice (but for one that
// was under way). A mail server that does not answer ends the round, and the next one is tried
// after kPause, until kWindow after the digest's time; a letter that is refused for good is not
// tried again. None of it touches the desk.
//
// Threads: Start() and Stop() from one; a thread of its own does the work. Run() is for who has no
// server.
#pragma once

#include <functional>
#include <string_view>

#include "alerts/access/workplace.h"
#include "alerts/mail/digest.h"
#include "alerts/rounds/rounds.h"

namespace vroegsein {

class MailRound {
 public:
  static constexpr std::chrono::minutes kEvery{1};
  static constexpr std::chrono::minutes kPause{15};
  static constexpr std::chrono::hours kWindow{4};

  struct Parts {
    const Database* database = nullptr;
    Workplace* workplace = nullptr;
    AccountBook* accounts = nullptr;
    std::function<Instant()> now;
    // Whether this process is the one that sends them.
    std::function<bool()> ours = [] { return true; };
    std::function<Status(const DigestLetter&)> send;
    std::function<void()> sent;                    // a letter was taken by the mail server
    std::function<void(std::string_view)> failed;  // one was not: why; nothing about a person
  };

  // What `parts` points to must outlive it.
  MailRound(MailSettings settings, Parts parts)
      : settings_(std::move(settings)), parts_(std::move(parts)) {}

  void Start();
  void Stop() { rounds_.Stop(); }

  // One round at that moment, whatever the time of day. kUnavailable when the mail server does not
  // answer: what is left is sent by the next round of that day.
  Status Run(Instant now);

 private:
  void RunWhenDue();
  bool IsDue(Instant now) const;
  Result<bool> HadOne(const std::string& user, Date day) const;
  Status Deliver(const DigestLetter& letter, Date day);

  const MailSettings settings_;
  const Parts parts_;
  Date done_{};  // the thread's own, as is the next
  Instant not_before_{};
  Rounds rounds_;
};

// Over SMTP, to the server of the settings.
Status SendLetter(const MailSettings& settings, const DigestLetter& letter);

}  // namespace vroegsein
