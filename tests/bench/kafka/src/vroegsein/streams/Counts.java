package vroegsein.streams;

import java.util.concurrent.atomic.AtomicLong;

/** What came of the signals, for whoever measures. */
final class Counts {
  final AtomicLong refused = new AtomicLong();
  final AtomicLong duplicates = new AtomicLong();
  final AtomicLong unfounded = new AtomicLong();
  final AtomicLong repeats = new AtomicLong();
  final AtomicLong takenUp = new AtomicLong();
  final AtomicLong cases = new AtomicLong();
  final AtomicLong told = new AtomicLong();

  long done() {
    return refused.get() + duplicates.get() + unfounded.get() + repeats.get() + takenUp.get();
  }

  String json() {
    return "{\"afgewezen\":" + refused + ",\"dubbel\":" + duplicates + ",\"onterecht\":" + unfounded
        + ",\"herhaald\":" + repeats + ",\"opgepakt\":" + takenUp + ",\"zaken\":" + cases
        + ",\"verteld\":" + told + "}";
  }
}
