package vroegsein.streams;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** A partner's record, parsed and checked; whose it is says the topic. What is refused is counted. */
final class Intake extends ContextualProcessor<byte[], byte[], String, Signal> {
  private final Areas areas;
  private final Counts counts;

  Intake(Areas areas, Counts counts) {
    this.areas = areas;
    this.counts = counts;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    String topic = context().recordMetadata().orElseThrow().topic();
    int today = Desk.dayOf(record.timestamp());
    Signal signal = Signal.read(topic.substring(topic.lastIndexOf('.') + 1), record.value(), today);
    if (signal == null || !areas.knows(signal.gemeentecode)) {
      counts.refused.incrementAndGet();
      return;
    }
    context().forward(new Record<>(signal.gemeentecode, signal, record.timestamp()));
  }
}
