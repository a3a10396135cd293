package vroegsein.streams;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Serdes of records that write themselves: the cheapest that the JDK has. */
final class Bytes {
  interface Writer<T> {
    void write(T value, DataOutput out) throws IOException;
  }

  interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  private Bytes() {}

  static <T> Serde<T> serde(Writer<T> writer, Reader<T> reader) {
    return Serdes.serdeFrom(
        (topic, value) -> {
          if (value == null) return null;
          try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            writer.write(value, new DataOutputStream(bytes));
            return bytes.toByteArray();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        (topic, bytes) -> {
          if (bytes == null) return null;
          try {
            return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
