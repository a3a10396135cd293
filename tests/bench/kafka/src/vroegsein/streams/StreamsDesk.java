package vroegsein.streams;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The job of a desk as it is usually written for Kafka Streams: partners' topics, a repartition by
 * municipality, three persistent stores with their changelogs, tasks out.
 *
 * <p>Arguments: name=value of brokers, prefix, partners, partitions, state, areas, and settings of
 * Kafka Streams. Says on stdout how far it is, and at the end what came of it; SIGTERM ends it.
 */
public final class StreamsDesk {
  private static final long TELL_MS = 100;

  private StreamsDesk() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      given.put(parts[0], parts[1]);
    }
    Counts counts = new Counts();
    KafkaStreams streams = new KafkaStreams(topology(given, counts), settings(given));
    CountDownLatch ended = new CountDownLatch(1);
    streams.setStateListener((now, before) -> {
      System.out.println("toestand " + now);
      if (now == KafkaStreams.State.ERROR) ended.countDown();
    });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      streams.close();
      System.out.println("uitkomst " + counts.json());
      ended.countDown();
    }));
    streams.start();
    while (!ended.await(TELL_MS, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      System.out.println("verwerkt " + counts.done());
    }
  }

  private static Topology topology(Map<String, String> given, Counts counts) throws Exception {
    Areas areas = new Areas(Path.of(given.get("areas")));
    List<String> topics = new ArrayList<>();
    for (String partner : given.get("partners").split(",")) {
      topics.add(given.get("prefix") + ".in." + partner);
    }
    Serde<Signal> signals = Bytes.serde(Signal::write, Signal::read);
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(store(Desk.SIGNALS, signals));
    builder.addStateStore(store(Desk.ARREARS, Bytes.serde(Arrears::write, Arrears::read)));
    builder.addStateStore(store(Desk.HOUSEHOLDS, Bytes.serde(Household::write, Household::read)));
    builder.stream(topics, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .process(() -> new Intake(areas, counts))
        .repartition(Repartitioned.<String, Signal>as("signalen")
            .withKeySerde(Serdes.String()).withValueSerde(signals)
            .withNumberOfPartitions(Integer.parseInt(given.get("partitions"))))
        .process(() -> new Desk(areas, counts), Desk.SIGNALS, Desk.ARREARS, Desk.HOUSEHOLDS)
        .to(given.get("prefix") + ".taken", Produced.with(Serdes.String(), Serdes.String()));
    return builder.build();
  }

  private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withCachingEnabled();
  }

  private static Properties settings(Map<String, String> given) {
    Properties settings = new Properties();
    settings.put("application.id", given.get("prefix"));
    settings.put("bootstrap.servers", given.get("brokers"));
    settings.put("state.dir", given.get("state"));
    settings.put("auto.offset.reset", "earliest");
    settings.put("replication.factor", 1);
    for (String name : List.of("processing.guarantee", "num.stream.threads",
        "statestore.cache.max.bytes", "group.instance.id")) {
      if (given.containsKey(name)) settings.put(name, given.get(name));
    }
    return settings;
  }
}
