#include "ingest/simulator/timeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "ingest/simulator/partners.h"
#include "ingest/status.h"

namespace vroegsein::simulator {
namespace {

using std::chrono::days;

constexpr uint64_t kTimelineStream = 11;
constexpr int kConsecutiveMonths = 6;
constexpr int kDaysMin = 30;  // of arrears, for every sector
constexpr int kInsuranceDaysMax = 100;
constexpr int kDaysMax = 180;
constexpr int64_t kThresholdCents = 7500;

// Chances that together give the national shares.
constexpr RatePpm kMultipleWhenFresh = 155 * kPercent / 10;
constexpr RatePpm kMultipleWhenBack = 45 * kPercent / 10;
constexpr RatePpm kThirdCreditor = 10 * kPercent;
constexpr RatePpm kSameCreditor = 40 * kPercent;
constexpr RatePpm kSameArrears = 35 * kPercent;
constexpr RatePpm kRepeated = 65 * kPercent / 10;
constexpr RatePpm kUnfoundedBeside = 35 * kPercent / 10;
constexpr RatePpm kCrisisOnly = kPercent / 2;
constexpr RatePpm kHeardOf = 38 * kPercent;
constexpr RatePpm kThreatCameTrue = 15 * kPercent;
constexpr RatePpm kDistrictHeat = 5 * kPercent;

// Of a first creditor: water, energy, health insurance, rent. The second of a multiple case is
// another one, which flattens the mix; so the large one is a little larger here.
constexpr std::array<uint32_t, 4> kSectorWeights = {176, 195, 433, 196};
constexpr std::array<RatePpm, kPartnerCount> kThreatRates = {
    6 * kPercent, 27 * kPercent, 3 * kPercent, 9 * kPercent, 9 * kPercent};

// Deciles of the amount in euros.
using Deciles = std::array<int, 11>;
constexpr std::array<Deciles, kPartnerCount> kAmounts = {{
    {75, 82, 91, 103, 118, 135, 158, 190, 238, 320, 650},
    {75, 105, 140, 175, 215, 262, 320, 400, 520, 760, 2400},
    {130, 142, 160, 185, 215, 255, 300, 345, 400, 480, 900},
    {310, 420, 495, 560, 630, 720, 880, 1080, 1320, 1750, 4200},
    {310, 420, 495, 560, 630, 720, 880, 1080, 1320, 1750, 4200},
}};

class Timeline {
 public:
  Timeline(const SimulationOptions& options, const Household& household,
           const Residences& residences)
      : options_(options),
        household_(household),
        residences_(residences),
        random_(Mix(Mix(options.seed, kTimelineStream), household.number)),
        start_(FirstMonthOf(options)) {}

  std::vector<Notice> Run() {
    auto monthly = static_cast<RatePpm>(options_.arrears_per_year_milli * 1000 / 12);
    for (int month = 0; month < options_.months; ++month) {
      if (random_.Chance(monthly)) ArrearsIn(month);
    }
    std::stable_sort(notices_.begin(), notices_.end(),
                     [](const Notice& a, const Notice& b) { return a.month < b.month; });
    return std::move(notices_);
  }

 private:
  bool legal() const { return household_.members[0].legal; }

  void ArrearsIn(int month) {
    bool back = last_month_ >= 0 && month - last_month_ <= kConsecutiveMonths;
    size_t count = random_.Chance(back ? kMultipleWhenBack : kMultipleWhenFresh) ? 2 : 1;
    if (count == 2 && random_.Chance(kThirdCreditor)) count = 3;
    std::vector<size_t> partners;
    if (back && random_.Chance(kSameCreditor)) partners.push_back(last_partner_);
    while (partners.size() < count) {
      size_t partner = PickPartner();
      if (std::find(partners.begin(), partners.end(), partner) == partners.end()) {
        partners.push_back(partner);
      }
    }
    for (size_t partner : partners)
      legal() ? AddUnfounded(partner, month) : AddArrears(partner, month);
    if (!legal() && random_.Chance(kUnfoundedBeside)) AddUnfounded(PickPartner(), month);
    last_month_ = month;
    last_partner_ = partners.front();
  }

  size_t PickPartner() {
    size_t sector = random_.PickWeighted(kSectorWeights);
    return sector == 3 ? household_.landlord : sector;
  }

  // What every notice has, whatever it is.
  Notice Begin(size_t partner, int month) {
    Notice notice;
    notice.partner = partner;
    notice.month = month;
    notice.signal_date =
        DeliveryDay(partner, month) - days(random_.Between(0, kDatedBeforeDaysMax));
    notice.cents = PickCents(partner);
    if (random_.Chance(options_.duplicates)) {
      bool last = month + 1 == options_.months;
      notice.again = last || random_.Chance(50 * kPercent) ? Again::kSameFile : Again::kNextMonth;
    }
    if (random_.Chance(options_.broken)) notice.kind = NoticeKind::kBroken;
    return notice;
  }

  Date DeliveryDay(size_t partner, int month) const {
    return AddMonths(start_, month) + days(kPartners[partner].delivery_day - 1);
  }

  int64_t PickCents(size_t partner) {
    const Deciles& deciles = kAmounts[partner];
    size_t at = random_.Below(deciles.size() - 1);
    return random_.Between(deciles[at] * 100, deciles[at + 1] * 100);
  }

  void AddArrears(size_t partner, int month) {
    Notice notice = Begin(partner, month);
    if (notice.kind != NoticeKind::kBroken && ContinuesEarlier(notice)) {
      notice.kind = NoticeKind::kHigher;
    } else {
      Originate(notice);
    }
    if (notice.kind != NoticeKind::kBroken) {
      PlanSequel(notice);
      PlanRepeat(notice);
      latest_[partner] = notice;
      known_[partner] = true;
    }
    notices_.push_back(notice);
  }

  // Makes it about the same arrears as this partner's last notice, and higher, where that fits.
  bool ContinuesEarlier(Notice& notice) {
    if (!known_[notice.partner]) return false;
    const Notice& earlier = latest_[notice.partner];
    int age = static_cast<int>((notice.signal_date - earlier.origin_date).count());
    bool fits = notice.partner != kDeFriesland || age <= kInsuranceDaysMax;
    if (notice.month - earlier.month > kConsecutiveMonths - 1 || !fits) return false;
    if (!random_.Chance(kSameArrears)) return false;
    notice.origin_date = earlier.origin_date;
    notice.customer_number = earlier.customer_number;
    notice.member = earlier.member;
    notice.cents = earlier.cents + random_.Between(1500, 25000);
    Threaten(notice);
    return true;
  }

  void Originate(Notice& notice) {
    notice.member = PickMember(notice.partner);
    notice.customer_number = CustomerNumber(notice);
    Threaten(notice);
    bool windowed = notice.partner == kDeFriesland && notice.threat.empty();
    Window window{kDaysMin, windowed ? kInsuranceDaysMax : kDaysMax};
    int age = random_.Between(kDaysMin, 70);
    age += random_.Between(0, 30);
    if (!windowed && random_.Chance(30 * kPercent)) age += random_.Between(0, 80);
    SetOrigin(notice, age, window);
    if (!notice.threat.empty() && random_.Chance(2 * kPercent)) {
      notice.cents = random_.Between(2000, kThresholdCents - 1);  // a threat counts below it, too
    }
  }

  // Days of arrears, both included.
  struct Window {
    int low, high;
  };

  // Two arrears of one partner never begin on one day, as that would make one a repeat of the
  // other: takes the next free day inside the window.
  void SetOrigin(Notice& notice, int age, Window window) {
    std::vector<Date>& used = origins_[notice.partner];
    for (int tries = window.low; tries <= window.high; ++tries) {
      notice.origin_date = notice.signal_date - days(age);
      if (std::find(used.begin(), used.end(), notice.origin_date) == used.end()) break;
      age = age < window.high ? age + 1 : window.low;
    }
    used.push_back(notice.origin_date);
  }

  size_t PickMember(size_t partner) {
    size_t members = household_.members.size();
    if (partner == kDeFriesland) return random_.Below(members);
    return Mix(household_.number, partner) % std::min<size_t>(members, 2);  // who signed
  }

  std::string CustomerNumber(const Notice& notice) const {
    uint64_t contract = household_.number * kMembersMax + notice.member;
    // A tenancy ends with a move; the others take their number along.
    bool rent = notice.partner == kWoonFriesland || notice.partner == kElkien;
    if (rent) contract = residences_.Of(notice.member, notice.month).address * kMembersMax;
    return fmt::format("{}", 1'000'000 + contract * kPartnerCount + notice.partner);
  }

  void Threaten(Notice& notice) {
    if (random_.Chance(kThreatRates[notice.partner])) {
      notice.threat = kPartners[notice.partner].threat;
      if (notice.partner == kEssent && random_.Chance(kDistrictHeat)) {
        notice.threat = "afsluiting-warmte";
      }
      notice.threat_date = notice.signal_date + days(random_.Between(14, 42));
    } else {
      notice.crisis = random_.Chance(kCrisisOnly);
    }
  }

  void PlanSequel(Notice& notice) {
    if (!random_.Chance(kHeardOf)) return;
    constexpr std::string_view kEnds[] = {
        "betaald",           "betaald",           "betaald",    "betalingsregeling",
        "betalingsregeling", "betalingsregeling", "ingetrokken"};
    notice.sequel.afloop = random_.Pick(kEnds);
    int month = notice.month + random_.Between(1, 3);
    if (!notice.threat.empty() && random_.Chance(kThreatCameTrue)) {
      notice.sequel.afloop = kPartners[notice.partner].came_true;
      month = notice.month + 3;
    }
    if (month >= options_.months) return;
    notice.sequel.month = month;
    notice.sequel.day = DeliveryDay(notice.partner, month) - days(random_.Between(0, 3));
  }

  void PlanRepeat(const Notice& earlier) {
    if (!random_.Chance(kRepeated)) return;
    Notice notice = Begin(earlier.partner, earlier.month + random_.Between(1, 2));
    if (notice.month >= options_.months) return;
    if (notice.kind != NoticeKind::kBroken) notice.kind = NoticeKind::kRepeat;
    notice.origin_date = earlier.origin_date;
    notice.customer_number = earlier.customer_number;
    notice.member = earlier.member;
    notice.cents = earlier.cents;
    if (random_.Chance(50 * kPercent)) notice.cents -= random_.Between(1, 1500);
    notice.cents = std::max<int64_t>(notice.cents, 100);
    notices_.push_back(notice);
  }

  void AddUnfounded(size_t partner, int month) {
    Notice notice = Begin(partner, month);
    if (notice.kind != NoticeKind::kBroken) notice.kind = NoticeKind::kUnfounded;
    notice.member = legal() ? 0 : PickMember(partner);
    notice.customer_number = CustomerNumber(notice);
    Window window{kDaysMin, kInsuranceDaysMax};
    int reason = legal() ? 0 : random_.Between(1, partner == kDeFriesland ? 3 : 2);
    if (reason == 1) notice.cents = random_.Between(800, kThresholdCents - 1);
    if (reason == 2) window = {3, kDaysMin - 1};
    if (reason == 3) window = {kInsuranceDaysMax + 1, 300};
    SetOrigin(notice, random_.Between(window.low, window.high), window);
    notices_.push_back(notice);
  }

  const SimulationOptions& options_;
  const Household& household_;
  const Residences& residences_;
  Random random_;
  Date start_;
  std::vector<Notice> notices_;
  std::array<std::vector<Date>, kPartnerCount> origins_;
  std::array<Notice, kPartnerCount> latest_;
  std::array<bool, kPartnerCount> known_{};
  int last_month_ = -1;
  size_t last_partner_ = 0;
};

}  // namespace

std::string_view NoticeKindName(NoticeKind kind) {
  constexpr std::array<std::string_view, kNoticeKindCount> kNames = {
      "new", "higher", "repeat", "unfounded", "broken", "duplicate"};
  return kNames[static_cast<size_t>(kind)];
}

Date FirstMonthOf(const SimulationOptions& options) {
  Date last = FirstOfMonth(options.until);
  if (options.until - last < days(kLastDeliveryDay - 1)) last = AddMonths(last, -1);
  return AddMonths(last, 1 - options.months);
}

std::vector<Notice> MakeTimeline(const SimulationOptions& options, const Household& household,
                                 const Residences& residences) {
  return Timeline(options, household, residences).Run();
}

}  // namespace vroegsein::simulator
