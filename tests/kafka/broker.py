"""A real Apache Kafka broker (KRaft, one combined node) on free loopback ports, in a folder of its own.

The jars come through Maven into build/kafka, once, and are checked against jars.sha256.
"""

import base64
import fcntl
import hashlib
import shutil
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import certificates  # noqa: E402

TOP = HERE.parent.parent
WORK = TOP / "build" / "kafka"
JAVA = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"]
FETCH_SECONDS = 600
START_SECONDS = 60
STOP_SECONDS = 30


def missing_tools():
    return [tool for tool in ("java", "mvn") if shutil.which(tool) is None]


def fetch(wanted=HERE, work=WORK):
    """Brings the jars of the pom.xml in `wanted` into `work` with Maven; the class path."""
    work.mkdir(parents=True, exist_ok=True)
    listing = work / "classpath"
    with (work / "fetching").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not listing.exists() or listing.stat().st_mtime < (wanted / "pom.xml").stat().st_mtime:
            fresh = work / "classpath.new"
            done = subprocess.run(
                ["mvn", "-q", "-B", "-f", str(wanted / "pom.xml"), f"-Dmaven.repo.local={work / 'repository'}",
                 "dependency:build-classpath", f"-Dmdep.outputFile={fresh}"],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                timeout=FETCH_SECONDS)
            if done.returncode != 0:
                raise AssertionError(f"Maven: {done.stdout[-2000:]}")
            fresh.rename(listing)
    jars = listing.read_text(encoding="utf-8").strip().split(":")
    check_jars(jars, wanted / "jars.sha256")
    return ":".join(jars)


def digests(jars):
    return {Path(jar).name: hashlib.sha256(Path(jar).read_bytes()).hexdigest() for jar in jars}


def check_jars(jars, listed):
    """Every jar is the one that was here when the list was made."""
    lines = listed.read_text(encoding="utf-8").splitlines()
    known = {name: digest for digest, name in (line.split() for line in lines)}
    found = digests(jars)
    if found != known:
        wrong = sorted(name for name in found.keys() | known.keys() if found.get(name) != known.get(name))
        raise AssertionError(f"jars that differ from jars.sha256: {wrong}")


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def settings_of(number, ports, voters, folder, brokers):
    """server.properties of one node."""
    copies = min(3, brokers)
    return {
        "process.roles": "broker,controller", "node.id": number,
        "controller.quorum.voters": voters, "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://127.0.0.1:{ports[0]},CONTROLLER://127.0.0.1:{ports[1]}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{ports[0]}",
        "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "log.dirs": folder / "data", "auto.create.topics.enable": "false",
        "offsets.topic.replication.factor": copies, "offsets.topic.num.partitions": 1,
        "transaction.state.log.replication.factor": copies, "transaction.state.log.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0, "group.min.session.timeout.ms": 1000, "num.network.threads": 1, "num.io.threads": 2,
        "log.cleaner.enable": "false", "num.replica.fetchers": 1,
        # A broker that was killed is missed soon, and takes its place again soon.
        "broker.session.timeout.ms": 3000, "broker.heartbeat.interval.ms": 500,
        "replica.lag.time.max.ms": 5000,
    }


class Secured:
    """A broker that lets in whom it knows: with a password over TLS, or with a certificate.

    `address` is for who runs it (no TLS, may do everything), `by_password` and `by_certificate` are
    the ways in; at `elsewhere` its certificate names another host. Nobody may do anything that the
    ACLs do not say.
    """

    def __init__(self, folder, passwords):
        folder = Path(folder)
        self.authority = certificates.Authority(folder, "roots")
        *_, self.here = self.authority.sign("broker", "IP:127.0.0.1", "DNS:localhost")
        *_, self.elsewhere_pem = self.authority.sign("broker-elsewhere", "DNS:kafka-1.example.nl")
        self.passwords = passwords
        self.by_password, self.by_certificate, self.elsewhere = (
            f"127.0.0.1:{port}" for port in free_ports(3))

    def settings(self, plain):
        users = " ".join(f'user_{name}="{secret}"' for name, secret in self.passwords.items())
        module = "org.apache.kafka.common.security"
        listeners = {"PLAINTEXT": plain, "SASL_SSL": self.by_password, "SSL": self.by_certificate,
                     "ELSEWHERE": self.elsewhere}
        listed = ",".join(f"{name}://{address}" for name, address in listeners.items())
        made = {
            "advertised.listeners": listed, "inter.broker.listener.name": "PLAINTEXT",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,"
                                              "SASL_SSL:SASL_SSL,SSL:SSL,ELSEWHERE:SSL",
            "sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN",
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config":
                f"{module}.scram.ScramLoginModule required;",
            "listener.name.sasl_ssl.plain.sasl.jaas.config":
                f"{module}.plain.PlainLoginModule required {users};",
            "listener.name.ssl.ssl.client.auth": "required",
            "ssl.principal.mapping.rules": "RULE:^CN=([^,]*).*$/$1/",
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": "User:ANONYMOUS",
        }
        for name in ("sasl_ssl", "ssl", "elsewhere"):
            pem = self.elsewhere_pem if name == "elsewhere" else self.here
            made.update({f"listener.name.{name}.ssl.keystore.type": "PEM",
                         f"listener.name.{name}.ssl.keystore.location": pem,
                         f"listener.name.{name}.ssl.truststore.type": "PEM",
                         f"listener.name.{name}.ssl.truststore.location": self.authority.path})
        return made, listed

    def scram(self):
        """What StorageTool has to know of who comes in."""
        for name, secret in self.passwords.items():
            yield from ("--add-scram", f"SCRAM-SHA-512=[name={name},password={secret}]")


class Broker:
    """One node of the cluster; may be killed and started again on its own disk and ports."""

    def __init__(self, cluster, number, ports, folder):
        self.cluster = cluster
        self.number = number
        self.ports = ports
        self.folder = Path(folder)
        self.process = None
        self.folder.mkdir(parents=True)

    @property
    def address(self):
        return f"127.0.0.1:{self.ports[0]}"

    def java(self, *arguments):
        return [*JAVA, "-cp", self.cluster.classpath, *map(str, arguments)]

    def format(self, voters, brokers):
        settings = settings_of(self.number, self.ports, voters, self.folder, brokers)
        secured, scram = self.cluster.secured, ()
        if secured:
            more, listed = secured.settings(self.address)
            controller = settings["listeners"].split(",")[1]
            settings.update(more, listeners=f"{listed},{controller}")
            scram = secured.scram()
        settings.update(self.cluster.more)
        text = "".join(f"{name}={value}\n" for name, value in settings.items())
        (self.folder / "server.properties").write_text(text, encoding="utf-8")
        subprocess.run(self.java("kafka.tools.StorageTool", "format", "-t", self.cluster.id, "-c",
                                 self.folder / "server.properties", *scram),
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(  # ended by stop() or kill()
                self.java("kafka.Kafka", self.folder / "server.properties"), cwd=self.folder,
                env=self.cluster.environment,
                stdin=subprocess.DEVNULL, stdout=said, stderr=said)

    def wait(self):
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the broker does not start: {self.said()[-3000:]}")
            time.sleep(0.05)  # style: a port says nothing when it opens

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.ports[0]), timeout=1).close()
            return True
        except OSError:
            return False

    def said(self):
        return (self.folder / "said").read_text(encoding="utf-8", errors="replace")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Cluster:
    """One broker, or three; `with Cluster(folder) as kafka: kafka.brokers`."""

    def __init__(self, folder, size=1, secured=None, more=None, environment=None):
        """`secured`: a Secured, with one broker; `more`: settings of the brokers; `environment`: theirs
        from the next start on."""
        self.classpath = fetch()
        self.secured = secured
        self.more = more or {}
        self.environment = environment
        # A first letter of our own: Kafka takes an id that begins with a dash for an option.
        self.id = "v" + base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")[1:]
        ports = free_ports(2 * size)
        self.nodes = [Broker(self, number + 1, ports[2 * number:2 * number + 2],
                             Path(folder) / f"broker-{number + 1}") for number in range(size)]
        voters = ",".join(f"{node.number}@127.0.0.1:{node.ports[1]}" for node in self.nodes)
        for node in self.nodes:
            node.format(voters, size)

    @property
    def brokers(self):
        return ",".join(node.address for node in self.nodes)

    def more_partitions(self, topic, count):
        subprocess.run(self.nodes[0].java(HERE / "MorePartitions.java", self.brokers, topic, count), check=True)

    def allow(self, *arguments):
        """What `kafka-acls` does with these."""
        done = subprocess.run(
            self.nodes[0].java("kafka.admin.AclCommand", "--bootstrap-server", self.nodes[0].address,
                               *arguments), capture_output=True, text=True, check=False, timeout=60)
        if done.returncode != 0:
            raise AssertionError(f"kafka-acls {arguments}: {done.stdout}{done.stderr}")

    def start(self):
        try:
            for node in self.nodes:
                node.start()
            for node in self.nodes:
                node.wait()
        except BaseException:
            self.stop()
            raise

    def stop(self):
        for node in self.nodes:
            node.stop()

    def kill(self):
        for node in self.nodes:
            node.kill()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()  # nothing of it is needed any more


def renew(wanted, work):
    """Makes jars.sha256 anew, after a change of pom.xml."""
    (wanted / "jars.sha256").touch()
    try:
        fetch(wanted, work)
    except AssertionError as difference:
        print(difference)
    found = (work / "classpath").read_text(encoding="utf-8").strip().split(":")
    (wanted / "jars.sha256").write_text(
        "".join(f"{digest}  {name}\n" for name, digest in sorted(digests(found).items())),
        encoding="utf-8")


if __name__ == "__main__":
    renew(HERE, WORK)
