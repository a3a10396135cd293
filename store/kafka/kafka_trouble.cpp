#include "store/kafka/kafka_trouble.h"

#include <librdkafka/rdkafka.h>
#include <openssl/x509_vfy.h>

#include "store/kafka/kafka_error.h"

namespace vroegsein {
namespace {

bool Holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Status OfCertificate(int certificate) {
  switch (certificate) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return Status::Forbidden(
          "Kafka: the brokers' certificate is of another host than the one in kafka.brokers, or "
          "than the one that the brokers call themselves");
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Status::Forbidden("Kafka: the brokers' certificate has expired");
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Status::Forbidden("Kafka: the brokers' certificate is not valid yet");
    default:
      return Status::Forbidden(
          "Kafka: the brokers' certificate is signed by nobody of kafka.ca (without it: of the "
          "system's roots)");
  }
}

Status OfTls(std::string_view reason) {
  if (Holds(reason, "alert") && (Holds(reason, "certificate") || Holds(reason, "unknown ca") ||
                                 Holds(reason, "handshake failure"))) {
    return Status::Forbidden(
        "Kafka: the brokers ask for a certificate of this node, or do not take the one that it "
        "shows: kafka.certificaat and kafka.sleutel");
  }
  if (Holds(reason, "wrong version number") || Holds(reason, "unexpected message")) {
    return Status::Forbidden("Kafka: the brokers do not speak TLS there: kafka.tls or the port");
  }
  return Status::Unavailable("Kafka: no TLS connection comes about");
}

// A broker that ends the connection may be starting anew, so this may pass by itself.
Status OfConnection(int error, std::string_view reason) {
  if (Holds(reason, "alert")) return OfTls(reason);
  if (!Holds(reason, "incorrect security.protocol")) return FromKafka(error);
  return Status::Unavailable(
      "Kafka: the brokers end the connection: do they ask for TLS or a password there (kafka.tls, "
      "kafka.sasl)?");
}

Status OfSignIn(std::string_view reason) {
  if (Holds(reason, "nsupported") && Holds(reason, "mechanism")) {
    return Status::Forbidden("Kafka: the brokers do not offer this way of kafka.sasl");
  }
  return Status::Forbidden(
      "Kafka: the brokers do not take this user with this password: kafka.gebruiker, "
      "kafka.wachtwoord-bestand");
}

}  // namespace

Status KafkaTrouble(int error, std::string_view reason, int certificate) {
  switch (static_cast<rd_kafka_resp_err_t>(error)) {
    case RD_KAFKA_RESP_ERR__SSL:
      return certificate != 0 ? OfCertificate(certificate) : OfTls(reason);
    case RD_KAFKA_RESP_ERR__TRANSPORT: return OfConnection(error, reason);
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED: return OfSignIn(reason);
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM: return OfSignIn("unsupported mechanism");
    default: return FromKafka(error);
  }
}

}  // namespace vroegsein
