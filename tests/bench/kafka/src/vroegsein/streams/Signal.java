package vroegsein.streams;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One signal as a partner sends it, checked; and as it goes between the two halves of the topology. */
final class Signal {
  static final class Effort {
    public int herinneringen;
    public boolean persoonlijkContact;
    public boolean hulpAangeboden;
    public boolean bezwaar;
  }

  static final class Client {
    public String voorletters;
    public String voornaam;
    public String voorvoegsel;
    @JsonProperty(required = true) public String achternaam;
    public String geboortedatum;
    public String straatnaam;
    @JsonProperty(required = true) public String postcode;
    @JsonProperty(required = true) public String huisnummer;
    public String huisnummertoevoeging;
    public String plaatsnaam;
    public String telefoonnummer;
    public String email;
    public String burgerservicenummer;
    public boolean rechtspersoon;
  }

  public String id;
  public String soort;
  public String gemeentecode;
  public String signaaldatum;
  public long bedragCenten;
  public String ontstaansdatum;
  public String klantnummer;
  public String dreiging = "geen";
  public String dreigingsdatum;
  public boolean crisissignaal;
  public boolean warmeOverdracht;
  public Effort inspanning = new Effort();
  public Client client;

  String partner;
  int signalDay;
  int originDay;
  int threat;

  static final String[] THREATS = {"geen", "einde-zorgverzekering", "afsluiting-water",
      "afsluiting-energie", "afsluiting-warmte", "ontruiming"};  // the heavier, the later
  private static final Map<String, Integer> THREAT_NUMBERS = Map.of(THREATS[0], 0, THREATS[1], 1,
      THREATS[2], 2, THREATS[3], 3, THREATS[4], 4, THREATS[5], 5);
  private static final Set<String> SECTORS = Set.of("Belastingdienst", "CAK Eigen bijdrage",
      "CAK Zorgverzekeringen", "Dienst Toeslagen", "DUO", "Energie", "Huur", "Hypotheek", "Overige",
      "Water", "Zorg");
  private static final Pattern POSTCODE = Pattern.compile("[1-9][0-9]{3}[A-Z]{2}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
  private static final ObjectReader READER = new ObjectMapper()
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .readerFor(Signal.class);

  /** null when it must be refused. */
  static Signal read(String partner, byte[] json, int today) {
    try {
      Signal signal = READER.readValue(json);
      signal.partner = partner;
      return signal.check(today) ? signal : null;
    } catch (IOException | DateTimeParseException e) {
      return null;
    }
  }

  private boolean check(int today) {
    if (id == null || id.isEmpty() || gemeentecode == null || client == null) return false;
    if (!SECTORS.contains(soort) || bedragCenten <= 0) return false;
    Integer number = THREAT_NUMBERS.get(dreiging);
    if (number == null || client.achternaam == null || client.achternaam.isEmpty()) return false;
    threat = number;
    signalDay = (int) LocalDate.parse(signaaldatum).toEpochDay();
    originDay = (int) LocalDate.parse(ontstaansdatum).toEpochDay();
    if (signalDay > today || originDay > signalDay) return false;
    if (client.geboortedatum != null) LocalDate.parse(client.geboortedatum);
    if (client.postcode == null || client.huisnummer == null) return false;
    client.postcode = client.postcode.replace(" ", "").toUpperCase();
    return POSTCODE.matcher(client.postcode).matches()
        && NUMBER.matcher(client.huisnummer).matches() && elevenTest(client.burgerservicenummer);
  }

  private static boolean elevenTest(String bsn) {
    if (bsn == null || bsn.isEmpty()) return true;
    if (bsn.length() != 9) return false;
    int sum = -(bsn.charAt(8) - '0');
    for (int i = 0; i < 8; ++i) sum += (9 - i) * (bsn.charAt(i) - '0');
    return sum != 0 && sum % 11 == 0;
  }

  String key() {
    return gemeentecode + '|' + partner + '|' + id;
  }

  String arrearsKey() {
    return gemeentecode + '|' + partner + '|' + klantnummer + '|' + ontstaansdatum;
  }

  String addressKey() {
    return gemeentecode + '|' + client.postcode + '|' + client.huisnummer + '|'
        + Address.suffix(client.huisnummertoevoeging);
  }

  // ---- one record: every field in turn; an absent text is empty

  private static void text(DataOutput out, String text) throws IOException {
    out.writeUTF(text == null ? "" : text);
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(1);
    for (String one : new String[] {partner, id, soort, gemeentecode, ontstaansdatum, klantnummer,
        dreigingsdatum, client.voorletters, client.voornaam, client.voorvoegsel, client.achternaam,
        client.geboortedatum, client.straatnaam, client.postcode, client.huisnummer,
        client.huisnummertoevoeging, client.plaatsnaam, client.telefoonnummer, client.email,
        client.burgerservicenummer}) {
      text(out, one);
    }
    out.writeInt(signalDay);
    out.writeInt(originDay);
    out.writeLong(bedragCenten);
    out.writeByte(threat);
    out.writeShort(inspanning.herinneringen);
    out.writeByte((crisissignaal ? 1 : 0) | (warmeOverdracht ? 2 : 0)
        | (client.rechtspersoon ? 4 : 0) | (inspanning.persoonlijkContact ? 8 : 0)
        | (inspanning.hulpAangeboden ? 16 : 0) | (inspanning.bezwaar ? 32 : 0));
  }

  static Signal read(DataInput in) throws IOException {
    if (in.readByte() != 1) throw new IOException("another version");
    Signal signal = new Signal();
    Client client = signal.client = new Client();
    signal.partner = in.readUTF();
    signal.id = in.readUTF();
    signal.soort = in.readUTF();
    signal.gemeentecode = in.readUTF();
    signal.ontstaansdatum = in.readUTF();
    signal.klantnummer = in.readUTF();
    signal.dreigingsdatum = in.readUTF();
    client.voorletters = in.readUTF();
    client.voornaam = in.readUTF();
    client.voorvoegsel = in.readUTF();
    client.achternaam = in.readUTF();
    client.geboortedatum = in.readUTF();
    client.straatnaam = in.readUTF();
    client.postcode = in.readUTF();
    client.huisnummer = in.readUTF();
    client.huisnummertoevoeging = in.readUTF();
    client.plaatsnaam = in.readUTF();
    client.telefoonnummer = in.readUTF();
    client.email = in.readUTF();
    client.burgerservicenummer = in.readUTF();
    signal.signalDay = in.readInt();
    signal.originDay = in.readInt();
    signal.bedragCenten = in.readLong();
    signal.threat = in.readByte();
    signal.dreiging = THREATS[signal.threat];
    signal.inspanning.herinneringen = in.readShort();
    int flags = in.readByte();
    signal.crisissignaal = (flags & 1) != 0;
    signal.warmeOverdracht = (flags & 2) != 0;
    client.rechtspersoon = (flags & 4) != 0;
    signal.inspanning.persoonlijkContact = (flags & 8) != 0;
    signal.inspanning.hulpAangeboden = (flags & 16) != 0;
    signal.inspanning.bezwaar = (flags & 32) != 0;
    return signal;
  }
}
