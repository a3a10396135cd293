package vroegsein.streams;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What was taken up about the same arrears: partner, customer number and date of origin. */
final class Arrears {
  private record Earlier(int day, long cents, int threat, boolean crisis) {}

  private final List<Earlier> earlier = new ArrayList<>();

  /** The national definition, as alerts/desk/admission.cpp has it, in the order of arrival. */
  boolean repeats(Signal signal, boolean crisis) {
    long oldest = LocalDate.ofEpochDay(signal.signalDay).minusMonths(6).toEpochDay();
    for (Earlier one : earlier) {
      boolean threatens = signal.threat != 0 ? signal.threat != one.threat
          : signal.crisissignaal && !one.crisis && one.threat == 0;
      if (one.day >= oldest && signal.bedragCenten <= one.cents && !threatens) return true;
    }
    return false;
  }

  void take(Signal signal) {
    earlier.add(new Earlier(signal.signalDay, signal.bedragCenten, signal.threat,
        signal.crisissignaal));
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(earlier.size());
    for (Earlier one : earlier) {
      out.writeInt(one.day);
      out.writeLong(one.cents);
      out.writeByte(one.threat);
      out.writeBoolean(one.crisis);
    }
  }

  static Arrears read(DataInput in) throws IOException {
    Arrears arrears = new Arrears();
    for (int left = in.readShort(); left > 0; --left) {
      arrears.earlier.add(new Earlier(in.readInt(), in.readLong(), in.readByte(), in.readBoolean()));
    }
    return arrears;
  }
}
