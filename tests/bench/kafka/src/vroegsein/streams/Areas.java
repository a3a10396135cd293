package vroegsein.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which team goes to a postcode: the same file as ours, gemeentecode;van;tot;zone;team. */
final class Areas {
  record Area(String last, String zone, String team) {}

  private final Map<String, TreeMap<String, Area>> municipalities = new HashMap<>();

  Areas(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(";");
      municipalities.computeIfAbsent(cells[0], code -> new TreeMap<>())
          .put(cells[1], new Area(cells[2] + (cells[2].length() == 4 ? "ZZ" : ""), cells[3], cells[4]));
    }
  }

  boolean knows(String municipality) {
    return municipalities.containsKey(municipality);
  }

  /** null outside every zone. */
  Area find(String municipality, String postcode) {
    var found = municipalities.get(municipality).floorEntry(postcode);
    return found == null || found.getValue().last().compareTo(postcode) < 0 ? null : found.getValue();
  }
}
