package vroegsein;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;

/**
 * Drools' half of the comparison: evaluates the named decisions on each line of a file of facts
 * (JSON), round and round, and prints its figures as JSON. tests/bench/rules_versus.cpp is ours;
 * both write the results of each line of facts, so that the run can see that they agree.
 *
 * <p>Arguments: model, facts, seconds to warm up, seconds to measure, results, decision...
 */
public final class DroolsBench {
  private static final int LOADS = 30;

  private DroolsBench() {}

  public static void main(String[] args) throws Exception {
    File model = new File(args[0]);
    List<Map<String, Object>> facts = readFacts(Path.of(args[1]));
    double warmUpSeconds = Double.parseDouble(args[2]);
    double seconds = Double.parseDouble(args[3]);
    String[] decisions = Arrays.copyOfRange(args, 5, args.length);

    double firstLoad = Double.NaN;
    double bestLoad = Double.MAX_VALUE;
    DMNRuntime runtime = null;
    for (int i = 0; i < LOADS; i++) {
      long start = System.nanoTime();
      runtime = load(model);
      double took = (System.nanoTime() - start) / 1e6;
      if (i == 0) firstLoad = took;
      bestLoad = Math.min(bestLoad, took);
    }
    DMNModel dmn = runtime.getModels().get(0);
    writeResults(Path.of(args[4]), runtime, dmn, facts, decisions);
    measure(runtime, dmn, facts, decisions, warmUpSeconds);
    double perSecond = measure(runtime, dmn, facts, decisions, seconds);
    System.out.printf(
        "{\"evaluations_per_second\": %.0f, \"first_load_ms\": %.2f, \"load_ms\": %.3f,"
            + " \"memory_mb\": %.1f}%n",
        perSecond, firstLoad, bestLoad, peakMegabytes());
  }

  private static DMNRuntime load(File model) {
    Resource resource = ResourceFactory.newFileResource(model);
    return DMNRuntimeBuilder.fromDefaults()
        .buildConfiguration()
        .fromResources(List.of(resource))
        .getOrElseThrow(problem -> new IllegalStateException("the model is refused", problem));
  }

  private static List<Map<String, Object>> readFacts(Path path) throws Exception {
    ObjectMapper mapper =
        new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    List<Map<String, Object>> out = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      out.add(mapper.readValue(line, new TypeReference<Map<String, Object>>() {}));
    }
    return out;
  }

  private static DMNResult evaluate(
      DMNRuntime runtime, DMNModel model, Map<String, Object> facts, String[] decisions) {
    DMNContext context = runtime.newContext();
    facts.forEach(context::set);
    return runtime.evaluateByName(model, context, decisions);
  }

  private static double measure(
      DMNRuntime runtime,
      DMNModel model,
      List<Map<String, Object>> facts,
      String[] decisions,
      double seconds) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    long count = 0;
    while (System.nanoTime() < end) {
      for (Map<String, Object> row : facts) {
        if (evaluate(runtime, model, row, decisions).hasErrors()) {
          throw new IllegalStateException("an evaluation failed");
        }
      }
      count += facts.size();
    }
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private static void writeResults(
      Path path,
      DMNRuntime runtime,
      DMNModel model,
      List<Map<String, Object>> facts,
      String[] decisions)
      throws Exception {
    try (PrintWriter out = new PrintWriter(path.toFile(), "UTF-8")) {
      for (Map<String, Object> row : facts) {
        DMNResult result = evaluate(runtime, model, row, decisions);
        for (String decision : decisions) {
          Object value = result.getDecisionResultByName(decision).getResult();
          out.println(decision + " = " + text(value));
        }
      }
    }
  }

  /** As rules_versus.cpp writes it: members by name, numbers to twelve digits. */
  private static String text(Object value) {
    if (value instanceof BigDecimal number) {
      BigDecimal rounded = number.round(new MathContext(12)).stripTrailingZeros();
      return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
    if (!(value instanceof Map<?, ?> members)) return String.valueOf(value);
    StringBuilder out = new StringBuilder("{");
    new TreeMap<>(members)
        .forEach((name, member) -> out.append(name).append(": ").append(text(member)).append("; "));
    return out.append('}').toString();
  }

  private static double peakMegabytes() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    return Double.NaN;
  }
}
