package vroegsein.streams;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is taken up on one address, and its case with its task. Nobody closes cases in this bench. */
final class Household {
  static final class Taken {
    String partner;
    String id;
    String sector;
    int day;
    long cents;
    int arrearsDays;
    int threat;
    boolean crisis;
    boolean warm;
    int received;
  }

  final List<Taken> signals = new ArrayList<>();
  int score;
  int fired;
  boolean crisis;
  String priority = "";
  String specialism = "";
  String zone = "";
  String team = "";
  int deadline;

  void take(Signal signal, boolean asCrisis, int today) {
    Taken taken = new Taken();
    taken.partner = signal.partner;
    taken.id = signal.id;
    taken.sector = signal.soort;
    taken.day = signal.signalDay;
    taken.cents = signal.bedragCenten;
    taken.arrearsDays = signal.signalDay - signal.originDay;
    taken.threat = signal.threat;
    taken.crisis = asCrisis;
    taken.warm = signal.warmeOverdracht;
    taken.received = today;
    signals.add(taken);
  }

  Policy.Facts facts() {
    Policy.Facts facts = new Policy.Facts();
    Set<String> sectors = new HashSet<>();
    for (Taken one : signals) {
      ++facts.signals;
      sectors.add(one.sector);
      facts.cents += one.cents;
      facts.longestDays = Math.max(facts.longestDays, one.arrearsDays);
      facts.threat = Math.max(facts.threat, one.threat);
      facts.crisis |= one.crisis;
      facts.warm |= one.warm;
      LocalDate day = LocalDate.ofEpochDay(one.day);
      LocalDate month = day.withDayOfMonth(1);
      facts.consecutive |= anyBetween(day.minusMonths(6).toEpochDay(), month.toEpochDay());
    }
    facts.sectors = sectors.size();
    facts.multiple = facts.signals > 1;
    return facts;
  }

  private boolean anyBetween(long from, long before) {
    for (Taken one : signals) {
      if (one.day >= from && one.day < before) return true;
    }
    return false;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(1);
    out.writeShort(signals.size());
    for (Taken one : signals) {
      out.writeUTF(one.partner);
      out.writeUTF(one.id);
      out.writeUTF(one.sector);
      out.writeInt(one.day);
      out.writeLong(one.cents);
      out.writeInt(one.arrearsDays);
      out.writeByte(one.threat);
      out.writeByte((one.crisis ? 1 : 0) | (one.warm ? 2 : 0));
      out.writeInt(one.received);
    }
    out.writeInt(score);
    out.writeInt(fired);
    out.writeBoolean(crisis);
    out.writeUTF(priority);
    out.writeUTF(specialism);
    out.writeUTF(zone);
    out.writeUTF(team);
    out.writeInt(deadline);
  }

  static Household read(DataInput in) throws IOException {
    if (in.readByte() != 1) throw new IOException("another version");
    Household household = new Household();
    for (int left = in.readShort(); left > 0; --left) {
      Taken one = new Taken();
      one.partner = in.readUTF();
      one.id = in.readUTF();
      one.sector = in.readUTF();
      one.day = in.readInt();
      one.cents = in.readLong();
      one.arrearsDays = in.readInt();
      one.threat = in.readByte();
      int flags = in.readByte();
      one.crisis = (flags & 1) != 0;
      one.warm = (flags & 2) != 0;
      one.received = in.readInt();
      household.signals.add(one);
    }
    household.score = in.readInt();
    household.fired = in.readInt();
    household.crisis = in.readBoolean();
    household.priority = in.readUTF();
    household.specialism = in.readUTF();
    household.zone = in.readUTF();
    household.team = in.readUTF();
    household.deadline = in.readInt();
    return household;
  }
}
