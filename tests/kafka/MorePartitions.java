// Gives a topic more partitions: java -cp CLASSPATH MorePartitions.java BROKERS TOPIC COUNT
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;

class MorePartitions {
  public static void main(String[] given) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) given[0]))) {
      NewPartitions more = NewPartitions.increaseTo(Integer.parseInt(given[2]));
      admin.createPartitions(Map.of(given[1], more)).all().get();
    }
  }
}
