package vroegsein.streams;

import java.util.Map;

/** A suffix in one spelling, as store/household/address.cpp has it. */
final class Address {
  private static final Map<String, String> SPELLINGS = Map.ofEntries(
      Map.entry("I", "1"), Map.entry("II", "2"), Map.entry("III", "3"), Map.entry("IV", "4"),
      Map.entry("V", "5"), Map.entry("VI", "6"), Map.entry("VII", "7"), Map.entry("VIII", "8"),
      Map.entry("IX", "9"), Map.entry("X", "10"), Map.entry("HUIS", "HS"),
      Map.entry("BEGANEGROND", "HS"), Map.entry("BG", "HS"));

  private Address() {}

  static String suffix(String text) {
    if (text == null || text.isEmpty()) return "";
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ++i) {
      char c = text.charAt(i);
      if (" -./\t".indexOf(c) < 0) plain.append(Character.toUpperCase(c));
    }
    int zeros = 0;
    while (zeros + 1 < plain.length() && plain.charAt(zeros) == '0') ++zeros;
    String found = plain.substring(zeros);
    return SPELLINGS.getOrDefault(found, found);
  }
}
