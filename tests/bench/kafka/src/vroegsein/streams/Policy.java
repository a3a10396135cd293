package vroegsein.streams;

/** rules/policies/financieel-fit.dmn, written out in code: the same tables, the same order. */
final class Policy {
  /** What the decisions about a case are made on. */
  static final class Facts {
    int signals;
    int sectors;
    long cents;
    int longestDays;
    boolean multiple;
    boolean consecutive;
    boolean crisis;
    int threat;
    boolean warm;
    int earlier;
  }

  static final int SCORE_CRISIS_LIST = 5;
  private static final int[] THREAT_POINTS = {0, 35, 45, 40, 40, 50};

  /** Points, and which rules of the table fired: each has its Dutch reason. */
  static final class Score {
    int points;
    int fired;

    private void add(int rule, int amount) {
      points += amount;
      fired |= 1 << rule;
    }
  }

  private Policy() {}

  static boolean crisis(Signal signal) {
    return signal.threat != 0 || signal.crisissignaal;
  }

  /** null: admitted; else why not. */
  static String refusal(Signal signal, boolean crisis) {
    if (signal.client.rechtspersoon) return "rechtspersoon";
    if (crisis) return null;
    if (signal.bedragCenten < 7500) return "onder drempelbedrag";
    int days = signal.signalDay - signal.originDay;
    if (days < 30) return "achterstand te kort";
    if (signal.soort.equals("Zorg") && days > 100) return "achterstand te lang";
    return null;
  }

  static Score score(Facts facts) {
    Score score = new Score();
    if (facts.threat != 0) score.add(facts.threat - 1, THREAT_POINTS[facts.threat]);
    if (facts.crisis && facts.threat == 0) score.add(SCORE_CRISIS_LIST, 40);
    if (facts.sectors == 2) score.add(6, 10);
    if (facts.sectors == 3) score.add(7, 20);
    if (facts.sectors >= 4) score.add(8, 30);
    if (facts.signals >= 4) score.add(9, 10);
    if (facts.cents >= 250_000) score.add(13, 30);
    else if (facts.cents >= 100_000) score.add(12, 20);
    else if (facts.cents >= 50_000) score.add(11, 10);
    else if (facts.cents >= 25_000) score.add(10, 5);
    if (facts.longestDays >= 180) score.add(16, 15);
    else if (facts.longestDays >= 90) score.add(15, 10);
    else if (facts.longestDays >= 60) score.add(14, 5);
    if (facts.multiple) score.add(17, 10);
    if (facts.consecutive) score.add(18, 15);
    if (facts.warm) score.add(19, 10);
    if (facts.earlier == 1) score.add(20, 5);
    if (facts.earlier >= 2) score.add(21, 10);
    return score;
  }

  static String priority(boolean crisis, int points) {
    if (crisis) return "crisis";
    if (points >= 50) return "hoog";
    return points >= 20 ? "normaal" : "laag";
  }

  static String specialism(Facts facts) {
    return facts.sectors >= 3 && facts.cents >= 500_000 ? "Kredietbank" : "";
  }
}
