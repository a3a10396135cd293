package vroegsein.streams;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Admit, find the household by its address, open or extend its case, decide, route, tell the task. */
final class Desk extends ContextualProcessor<String, Signal, String, String> {
  static final String SIGNALS = "signals";
  static final String ARREARS = "arrears";
  static final String HOUSEHOLDS = "households";
  private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

  private final Areas areas;
  private final Counts counts;
  private KeyValueStore<String, Signal> signals;
  private KeyValueStore<String, Arrears> arrears;
  private KeyValueStore<String, Household> households;

  Desk(Areas areas, Counts counts) {
    this.areas = areas;
    this.counts = counts;
  }

  static int dayOf(long milliseconds) {
    return (int) Instant.ofEpochMilli(milliseconds).atZone(AMSTERDAM).toLocalDate().toEpochDay();
  }

  @Override
  public void init(ProcessorContext<String, String> context) {
    super.init(context);
    signals = context.getStateStore(SIGNALS);
    arrears = context.getStateStore(ARREARS);
    households = context.getStateStore(HOUSEHOLDS);
  }

  @Override
  public void process(Record<String, Signal> record) {
    Signal signal = record.value();
    if (signals.putIfAbsent(signal.key(), signal) != null) {
      counts.duplicates.incrementAndGet();
      return;
    }
    boolean crisis = Policy.crisis(signal);
    if (Policy.refusal(signal, crisis) != null) {
      counts.unfounded.incrementAndGet();
    } else if (isRepeat(signal, crisis)) {
      counts.repeats.incrementAndGet();
    } else {
      takeUp(record, crisis);
      counts.takenUp.incrementAndGet();
    }
  }

  private boolean isRepeat(Signal signal, boolean crisis) {
    if (signal.klantnummer == null || signal.klantnummer.isEmpty()) return false;
    String key = signal.arrearsKey();
    Arrears known = arrears.get(key);
    if (known == null) known = new Arrears();
    if (known.repeats(signal, crisis)) return true;
    known.take(signal);
    arrears.put(key, known);
    return false;
  }

  private void takeUp(Record<String, Signal> record, boolean crisis) {
    Signal signal = record.value();
    String key = signal.addressKey();
    Household household = households.get(key);
    if (household == null) {
      household = new Household();
      counts.cases.incrementAndGet();
    }
    household.take(signal, crisis, dayOf(record.timestamp()));
    boolean changed = decide(signal, household);
    households.put(key, household);
    if (!changed) return;
    counts.told.incrementAndGet();
    context().forward(new Record<>(signal.gemeentecode, task(key, signal.gemeentecode, household),
        record.timestamp()));
  }

  /** True when the task is another than it was. */
  private boolean decide(Signal signal, Household household) {
    Policy.Facts facts = household.facts();
    Policy.Score score = Policy.score(facts);
    String specialism = Policy.specialism(facts);
    boolean isNew = household.team.isEmpty();
    boolean toRoute = isNew || facts.crisis != household.crisis
        || !specialism.equals(household.specialism);
    int before = household.score;
    int deadlineBefore = household.deadline;
    household.score = score.points;
    household.fired = score.fired;
    household.crisis = facts.crisis;
    household.specialism = specialism;
    household.priority = Policy.priority(facts.crisis, score.points);
    household.deadline = deadline(household);
    if (toRoute) route(signal, household);
    return toRoute || before != household.score || deadlineBefore != household.deadline;
  }

  private void route(Signal signal, Household household) {
    Areas.Area area = areas.find(signal.gemeentecode, signal.client.postcode);
    household.zone = area == null ? "" : area.zone();
    household.team = area == null ? "vangnet" : area.team();
  }

  private static int deadline(Household household) {
    int first = Integer.MAX_VALUE;
    for (Household.Taken one : household.signals) {
      first = Math.min(first, one.crisis ? workingDays(one.received, 3) : one.received + 28);
    }
    return first;
  }

  /** Without the public holidays, which ours knows. */
  private static int workingDays(int day, int count) {
    while (count > 0) {
      DayOfWeek next = LocalDate.ofEpochDay(++day).getDayOfWeek();
      if (next != DayOfWeek.SATURDAY && next != DayOfWeek.SUNDAY) --count;
    }
    return day;
  }

  private static String task(String id, String municipality, Household household) {
    return "{\"zaakId\":\"" + id + "\",\"gemeentecode\":\"" + municipality
        + "\",\"status\":\"open\",\"team\":\"" + household.team + "\",\"zone\":\"" + household.zone
        + "\",\"prioriteit\":\"" + household.priority + "\",\"score\":" + household.score
        + ",\"crisis\":" + household.crisis + ",\"deadline\":\""
        + LocalDate.ofEpochDay(household.deadline) + "\"}";
  }
}
