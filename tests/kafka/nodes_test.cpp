// What nodes that share partitions know of one another, without a network between them.
#include <gtest/gtest.h>

#include <future>

#include "alerts/api/watchdog.h"
#include "alerts/nodes/change_notes.h"
#include "alerts/nodes/comeback.h"
#include "alerts/nodes/held_partition.h"
#include "alerts/nodes/node_desk.h"
#include "alerts/nodes/outcome_record.h"
#include "alerts/nodes/roster.h"

namespace vroegsein {
namespace {

constexpr char kSecret[] = "0123456789abcdef0123456789abcdef";
constexpr BootClock::time_point kLater = BootClock::time_point::max() - Roster::kLapsedMax;

using Names = std::vector<std::string>;

std::vector<KafkaNode> ThreeNodes() {
  return {{"een", "127.0.0.1:1", {0, 1}, {2}},
          {"twee", "127.0.0.1:2", {2}, {0}},
          {"drie", "127.0.0.1:3", {}, {0, 1, 2}}};
}

TEST(NodePlacementTest, TheFirstThatIsThereOwns) {
  auto placement = NodePlacement::Make(ThreeNodes(), 3);
  ASSERT_TRUE(placement.ok());
  EXPECT_EQ(placement->HoldersOf(0), (Names{"een", "twee", "drie"}));
  EXPECT_EQ(placement->HoldersOf(2), (Names{"twee", "een", "drie"}));
  EXPECT_EQ(placement->OwnerOf(0, {"een", "twee", "drie"}), "een");
  EXPECT_EQ(placement->OwnerOf(0, {"drie", "twee"}), "twee");
  EXPECT_EQ(placement->OwnerOf(1, {"twee"}), "");
  EXPECT_EQ(placement->OwnerOf(1, {}), "");
  EXPECT_TRUE(placement->Holds("drie", 1));
  EXPECT_FALSE(placement->Holds("twee", 1));
}

TEST(NodePlacementTest, EveryPartitionHasOneOwner) {
  auto refused = [](std::vector<KafkaNode> nodes, uint32_t partitions) {
    return NodePlacement::Make(nodes, partitions).status().code() == StatusCode::kInvalid;
  };
  EXPECT_FALSE(refused(ThreeNodes(), 3));
  EXPECT_TRUE(refused(ThreeNodes(), 2));  // the topic has no third
  EXPECT_TRUE(refused(ThreeNodes(), 4));  // nobody has the fourth
  auto nodes = ThreeNodes();
  nodes[2].owned = {1};
  EXPECT_TRUE(refused(nodes, 3));  // two owners
  nodes[2].owned = {};
  nodes[2].stood_for = {0, 0};
  EXPECT_TRUE(refused(nodes, 3));
  nodes[2].stood_for = {};
  nodes[2].name = "een";
  EXPECT_TRUE(refused(nodes, 3));
}

TEST(RosterTest, TheOwnerIsAskedFirstAndWhoIsGoneLast) {
  auto asked = [](const Roster& roster, uint32_t partition) {
    Names names;
    for (const NodeLink* link : roster.ToAsk(partition)) names.push_back(link->name());
    return names;
  };
  Roster roster(*NodePlacement::Make(ThreeNodes(), 3), "drie", kSecret);
  EXPECT_FALSE(roster.Owns(0));  // nothing is known yet
  roster.Now({"een", "twee", "drie"}, kLater);
  EXPECT_EQ(asked(roster, 0), (Names{"een", "twee"}));
  roster.Now({"twee", "drie"}, kLater);
  EXPECT_EQ(asked(roster, 0), (Names{"twee", "een"}));
  EXPECT_TRUE(roster.Owns(1));
  EXPECT_FALSE(roster.Owns(0));
}

TEST(RosterTest, WhoHeardNothingForAWhileOwnsNothing) {
  BootClock::time_point now{};
  Roster roster(*NodePlacement::Make(ThreeNodes(), 3), "een", kSecret, [&] { return now; });
  EXPECT_TRUE(roster.InTouch());
  EXPECT_FALSE(roster.Owns(0));
  roster.Now({"een", "twee"}, now + std::chrono::seconds(2));
  EXPECT_TRUE(roster.Owns(0));
  now += std::chrono::seconds(2);  // it hung, and may have been replaced
  EXPECT_TRUE(roster.InTouch());
  EXPECT_FALSE(roster.Owns(0));
  now += Roster::kLapsedMax;
  EXPECT_FALSE(roster.InTouch());
  EXPECT_TRUE(roster.OwnedLast(0));
  roster.Now({"een", "twee"}, now + std::chrono::seconds(2));
  EXPECT_TRUE(roster.Owns(0));
  roster.StandAside(true);
  EXPECT_TRUE(roster.InTouch());
  EXPECT_FALSE(roster.Owns(0));
  EXPECT_FALSE(roster.OwnedLast(0));
  roster.StandAside(false);
  EXPECT_TRUE(roster.Owns(0));
}

TEST(RosterTest, WhoStandsAsideLeavesItToAnotherThatHasIt) {
  Roster roster(*NodePlacement::Make(ThreeNodes(), 3), "een", kSecret);
  roster.Now({"een", "twee", "drie"}, kLater);
  EXPECT_FALSE(roster.OthersKnowBetter(1));
  roster.StandAside(true);
  EXPECT_TRUE(roster.OthersKnowBetter(1));
  roster.Now({"een", "twee"}, kLater);
  EXPECT_FALSE(roster.OthersKnowBetter(1));  // only `drie` has it besides
  EXPECT_TRUE(roster.OthersKnowBetter(2));
}

TEST(RosterTest, WhoHungDoesNotShowItsOldCopyUntilItHears) {
  BootClock::time_point now{};
  Roster roster(*NodePlacement::Make(ThreeNodes(), 3), "een", kSecret, [&] { return now; });
  constexpr std::chrono::seconds kHolds{2};
  EXPECT_FALSE(roster.OthersKnowBetter(0));
  roster.Now({"een", "twee"}, now + kHolds);
  for (int i = 0; i < 60; ++i) {  // the brokers are away
    now += kHolds / 2;
    EXPECT_FALSE(roster.OthersKnowBetter(0));
    roster.InVain(now + kHolds);
  }
  now += kHolds;
  EXPECT_TRUE(roster.OthersKnowBetter(0));
  EXPECT_FALSE(roster.OthersKnowBetter(1));  // only `drie` has it besides
  roster.InVain(now + kHolds);               // it woke up, and does not know yet what it missed
  EXPECT_TRUE(roster.OthersKnowBetter(0));
  roster.Now({"een", "twee"}, now + kHolds, false);  // now it does, and has not applied it
  EXPECT_TRUE(roster.Owns(0));
  EXPECT_FALSE(roster.Hung());
  EXPECT_TRUE(roster.OthersKnowBetter(0));
  roster.Now({"een", "twee"}, now + kHolds);
  EXPECT_FALSE(roster.Hung());
  EXPECT_FALSE(roster.OthersKnowBetter(0));
}

Backlog MissedSoMany(uint64_t events) { return Backlog({{7, 7}, {1'000, 1'000 + events}}); }
const Backlog kBehind = MissedSoMany(Comeback::kBehindMax + 1);
const Backlog kHardlyBehind = MissedSoMany(Comeback::kBehindMax);

TEST(ComebackTest, WhoWasAwayWaitsUntilItIsNoLongerBehind) {
  auto placement = *NodePlacement::Make(ThreeNodes(), 3);
  Comeback comeback(&placement, "een");
  EXPECT_FALSE(comeback.waits());
  comeback.Begin(kHardlyBehind);
  EXPECT_FALSE(comeback.waits());
  comeback.Begin(kBehind);
  comeback.Hear({"twee", "drie"}, false, kBehind);
  EXPECT_TRUE(comeback.waits());
  comeback.Hear({"twee", "drie"}, false, std::nullopt);
  EXPECT_TRUE(comeback.waits());
  comeback.Hear({"twee", "drie"}, false, kHardlyBehind);
  EXPECT_FALSE(comeback.waits());
  comeback.Hear({"twee", "drie"}, false, kBehind);  // busy now, not away
  EXPECT_FALSE(comeback.waits());
}

TEST(ComebackTest, WhoHungShowsItsCopyWhenItHasAppliedWhatItMissed) {
  auto placement = *NodePlacement::Make(ThreeNodes(), 3);
  const std::set<std::string> present = {"een", "twee", "drie"};
  Comeback comeback(&placement, "een");
  comeback.Hear(present, false, kBehind);  // busy, and did not hang
  EXPECT_TRUE(comeback.shows());
  comeback.Hear(present, true, MissedSoMany(0));
  EXPECT_TRUE(comeback.shows());
  comeback.Hear(present, true, std::nullopt);
  EXPECT_FALSE(comeback.shows());
  comeback.Hear(present, false, MissedSoMany(3));
  EXPECT_FALSE(comeback.shows());
  comeback.Hear(present, false, Backlog({{7, 90}, {1'002, 1'200}}));
  EXPECT_FALSE(comeback.shows());
  comeback.Hear(present, false, Backlog({{7, 90}, {1'003, 1'200}}));  // the rest came later
  EXPECT_TRUE(comeback.shows());
  comeback.Hear(present, true, MissedSoMany(1));
  comeback.Hear(present, true, MissedSoMany(5));  // hung again
  comeback.Hear(present, false, Backlog({{7, 7}, {1'001, 1'005}}));
  EXPECT_FALSE(comeback.shows());
}

TEST(ComebackTest, RatherBehindThanNobody) {
  auto placement = *NodePlacement::Make(ThreeNodes(), 3);
  Comeback comeback(&placement, "een");
  comeback.Begin(kBehind);
  comeback.Hear({"een", "twee"}, false, kBehind);  // the second partition is on nobody else
  EXPECT_FALSE(comeback.waits());
  Comeback other(&placement, "twee");
  other.Begin(kBehind);
  other.Hear({"een"}, false, kBehind);
  EXPECT_TRUE(other.waits());
  other.Hear({"twee"}, false, kBehind);
  EXPECT_FALSE(other.waits());
}

LogEntry EntryOf(const char* municipality) {
  LogEntry entry;
  entry.event.set_municipality(municipality);
  entry.event.mutable_note()->set_text("of somebody");
  return entry;
}

NotesCall CallAfter(uint64_t start, uint64_t after) {
  NotesCall call;
  call.set_start(start);
  call.set_after(after);
  return call;
}

TEST(ChangeNotesTest, TellsWhatCameAfterAndNothingOfAnybody) {
  ChangeNotes notes(7);
  Outcome outcome;
  outcome.case_id = CaseId{{"0080", 5}, 1};
  notes.Note({EntryOf("0080"), EntryOf("0090")}, {outcome, Outcome()});
  NotesAnswer answer = notes.After(CallAfter(7, 1));
  EXPECT_FALSE(answer.gap());
  ASSERT_EQ(answer.notes_size(), 1);
  EXPECT_EQ(answer.notes(0).event().municipality(), "0090");
  answer = notes.After(CallAfter(7, 0));
  EXPECT_EQ(OutcomeOf(answer.notes(0).outcome()).case_id, outcome.case_id);
  EXPECT_TRUE(answer.notes(0).event().has_note());
  EXPECT_EQ(answer.SerializeAsString().find("somebody"), std::string::npos);
}

TEST(ChangeNotesTest, SaysWhereSomeAreMissing) {
  ChangeNotes notes(7);
  EXPECT_TRUE(notes.After(CallAfter(6, 0)).gap());  // another process
  std::vector<LogEntry> many(ChangeNotes::kKeptMax + 1, EntryOf("0080"));
  notes.Note(many, std::vector<Outcome>(many.size()));
  EXPECT_TRUE(notes.After(CallAfter(7, 0)).gap());
  NotesAnswer answer = notes.After(CallAfter(7, 1));
  EXPECT_FALSE(answer.gap());
  EXPECT_EQ(static_cast<size_t>(answer.notes_size()), ChangeNotes::kToldMax);
  EXPECT_EQ(answer.last(), 1 + ChangeNotes::kToldMax);
}

// Two keys.
class FewKeys final : public Database {
 public:
  Result<std::optional<std::string>> Get(std::string_view key) const override {
    if (key == "a") return std::optional<std::string>("1");
    return std::optional<std::string>();
  }
  Status Scan(std::string_view begin, std::string_view, const Each& each) const override {
    bool more = begin > "a" || each("a", "1");
    if (more && begin <= "b") each("b", "2");
    return Status::Ok();
  }
};

// Gives one row and is gone.
class Leaving final : public Database {
 public:
  Result<std::optional<std::string>> Get(std::string_view) const override { return Gone(); }
  Status Scan(std::string_view, std::string_view, const Each& each) const override {
    each("a", "newer");
    return Gone();
  }

 private:
  static Status Gone() { return Status::Unavailable("gone"); }
};

// Takes so many, and answers at once.
class ShortLog final : public Appender {
 public:
  explicit ShortLog(int room) : room_(room) {}
  Status Append(Event&&, Completion done) override {
    if (room_-- <= 0) return Status::Internal("full");
    done(Outcome());
    return Status::Ok();
  }

 private:
  int room_;
};

class HeldPartitionTest : public testing::Test {
 protected:
  std::string RowsOf(const Database& database) {
    std::string rows;
    auto add = [&](std::string_view key, std::string_view value) {
      rows.append(key).append("=").append(value).append(" ");
      return true;
    };
    EXPECT_TRUE(database.Scan("a", "z", add).ok());
    return rows;
  }

  FewKeys here_;
  Roster roster_{*NodePlacement::Make(ThreeNodes(), 3), "een", kSecret};
};

TEST_F(HeldPartitionTest, WhatIsHereIsBetterThanNothing) {
  HeldDatabase database(&roster_, 0, &here_, std::make_unique<Leaving>());
  roster_.Now({"een", "twee", "drie"}, kLater);
  EXPECT_EQ(RowsOf(database), "a=1 b=2 ");
  roster_.StandAside(true);
  EXPECT_EQ(**database.Get("a"), "1");
  EXPECT_EQ(RowsOf(database), "a=newer b=2 ");  // none of them twice
}

TEST_F(HeldPartitionTest, AnEventGoesToWhoeverAppliesIt) {
  ShortLog here(1), elsewhere(1);
  HeldLog log(&roster_, 0, &here, &elsewhere);
  roster_.Now({"een", "twee", "drie"}, kLater);
  roster_.StandAside(true);
  EXPECT_TRUE(log.Append(Event(), [](Outcome&&) {}).ok());
  EXPECT_FALSE(log.Append(Event(), [](Outcome&&) {}).ok());  // never to both
  roster_.StandAside(false);
  EXPECT_TRUE(log.Append(Event(), [](Outcome&&) {}).ok());
}

class NodeDeskTest : public testing::Test {
 protected:
  HttpResponse Ask(const char* path, const std::string& body, const std::string& secret = kSecret) {
    NodeDesk desk(
        {{&database_, &log_}, {}}, kSecret, [] { return true; }, [this] { return in_touch_; },
        [this](uint32_t) { return shows_; }, &notes_);
    HttpRequest request;
    request.method = "POST";
    request.path = path;
    request.headers = {{"Authorization", "Bearer " + secret}};
    request.body = body;
    return desk.Answer(request);
  }

  AppendCall EventsFor(uint32_t partition, int count) {
    AppendCall call;
    call.set_partition(partition);
    for (int i = 0; i < count; ++i) call.add_events()->set_municipality("0080");
    return call;
  }

  FewKeys database_;
  ShortLog log_{2};
  bool in_touch_ = true;
  bool shows_ = true;
  ChangeNotes notes_{7};
};

TEST_F(NodeDeskTest, ReadsWhatIsHere) {
  ReadCall call;
  call.set_begin("a");
  ReadAnswer answer;
  ASSERT_TRUE(answer.ParseFromString(Ask("/lees", call.SerializeAsString()).body));
  ASSERT_EQ(answer.rows_size(), 1);
  EXPECT_EQ(answer.rows(0).value(), "1");
  call.set_end("z");
  call.set_rows_max(1);
  ASSERT_TRUE(answer.ParseFromString(Ask("/lees", call.SerializeAsString()).body));
  EXPECT_EQ(answer.rows_size(), 1);
  EXPECT_TRUE(answer.more());
  call.set_partition(1);
  EXPECT_EQ(Ask("/lees", call.SerializeAsString()).status, 421);
  call.set_partition(99);
  EXPECT_EQ(Ask("/lees", call.SerializeAsString()).status, 421);
}

TEST_F(NodeDeskTest, SaysOfEveryEventWhatBecameOfIt) {
  AppendAnswer answer;
  auto given = Ask("/voeg-toe", EventsFor(0, 3).SerializeAsString());
  ASSERT_TRUE(answer.ParseFromString(given.body));
  ASSERT_EQ(answer.outcomes_size(), 3);
  EXPECT_TRUE(OutcomeOf(answer.outcomes(1)).status.ok());
  EXPECT_FALSE(OutcomeOf(answer.outcomes(2)).status.ok());
  // Nothing was taken: another node may be asked.
  EXPECT_EQ(Ask("/voeg-toe", EventsFor(0, 1).SerializeAsString()).status, 503);
  EXPECT_EQ(Ask("/voeg-toe", EventsFor(1, 1).SerializeAsString()).status, 421);
}

TEST_F(NodeDeskTest, TakesNothingWhileItDoesNotKnowWhoIsThere) {
  in_touch_ = false;
  EXPECT_EQ(Ask("/voeg-toe", EventsFor(0, 1).SerializeAsString()).status, 503);
  ReadCall call;
  call.set_begin("a");
  EXPECT_EQ(Ask("/lees", call.SerializeAsString()).status, 200);
  in_touch_ = true;
  EXPECT_EQ(Ask("/voeg-toe", EventsFor(0, 1).SerializeAsString()).status, 200);
}

TEST_F(NodeDeskTest, GivesNothingOfWhatOthersKnowBetter) {
  shows_ = false;
  ReadCall call;
  call.set_begin("a");
  EXPECT_EQ(Ask("/lees", call.SerializeAsString()).status, 503);
  // What is appended comes into the order of the log, whoever does it.
  EXPECT_EQ(Ask("/voeg-toe", EventsFor(0, 1).SerializeAsString()).status, 200);
}

TEST_F(NodeDeskTest, AnswersNobodyElse) {
  EXPECT_EQ(Ask("/lees", "", "another").status, 401);
  EXPECT_EQ(Ask("/lees", "", "").status, 401);
  EXPECT_EQ(Ask("/anders", "").status, 404);
  EXPECT_EQ(Ask("/lees", "\xff\xff").status, 400);
}

class WatchdogTest : public testing::Test {
 protected:
  using Clock = std::chrono::steady_clock;

  // What the watch says after `seconds`, of a desk that gave a sign `silent` seconds before.
  bool Look(int seconds, int silent, size_t waiting, uint64_t applied) {
    Clock::time_point now = start_ + std::chrono::seconds(seconds);
    return watch_.Look({now - std::chrono::seconds(silent), waiting, applied}, now);
  }

  Clock::time_point start_ = Clock::now();
  DeskWatch watch_{std::chrono::seconds(30)};
};

TEST_F(WatchdogTest, ADeskThatGivesNoSignIsStuckUntilItDoes) {
  EXPECT_FALSE(Look(0, 0, 0, 1));
  EXPECT_FALSE(Look(40, 29, 0, 1));
  EXPECT_TRUE(Look(45, 31, 0, 1));
  EXPECT_FALSE(Look(50, 0, 0, 1));
}

TEST_F(WatchdogTest, SoIsOneThatLooksAliveAndGetsNowhere) {
  EXPECT_FALSE(Look(0, 0, 0, 1));
  EXPECT_FALSE(Look(100, 0, 5, 2));
  EXPECT_FALSE(Look(155, 0, 9, 2));
  EXPECT_TRUE(Look(165, 0, 9, 2));
  EXPECT_FALSE(Look(170, 0, 9, 3));
  // With nothing to do it may stand still for as long as it likes.
  EXPECT_FALSE(Look(175, 0, 0, 3));
  EXPECT_FALSE(Look(1'000, 0, 0, 3));
  EXPECT_FALSE(Look(1'030, 0, 1, 3));
}

TEST_F(WatchdogTest, TellsOfEachDeskWhenItChanges) {
  std::promise<std::pair<size_t, bool>> first;
  auto well = [] { return DeskSign{Clock::now(), 0, 1}; };
  auto silent = [this] { return DeskSign{start_ - std::chrono::minutes(1), 0, 1}; };
  Watchdog watchdog({well, silent}, std::chrono::seconds(2), [&](size_t desk, bool stuck) {
    first.set_value({desk, stuck});
  });
  watchdog.Start();
  EXPECT_EQ(first.get_future().get(), (std::pair<size_t, bool>{1, true}));
  watchdog.Stop();
  EXPECT_EQ(watchdog.stuck(), 1u);
}

}  // namespace
}  // namespace vroegsein
