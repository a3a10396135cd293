"""What of deploy/ cannot be run here is held against what it names: our program's options, metrics,
settings and libraries, and the tools that judge such files.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

ROOT = Path(os.environ.get("VROEGSEIN_SOURCE_DIR", Path(__file__).parents[2]))
BINARY = os.environ.get("VROEGSEIN_BINARY", str(ROOT / "build/dev/vroegsein"))
DEPLOY = ROOT / "deploy"


def read(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def run(*arguments):
    return subprocess.run([str(part) for part in arguments], capture_output=True, text=True,
                          check=False, timeout=60)


def options_of(verb):
    return set(re.findall(r"--[a-z][a-z-]*", run(BINARY, verb, "--help").stdout))


class Manifests(unittest.TestCase):
    def check_command(self, words):
        """A verb of ours with options that it has."""
        known = options_of(words[0])
        self.assertIn("--help", known, words[0])
        for word in words[1:]:
            if word.startswith("--"):
                self.assertIn(word, known, words)

    def check_image(self, image):
        self.assertRegex(image, r"^[a-z/]+(:v?\d+\.\d+\.\d+)?$", "a version, and no name of a registry")
        self.assertTrue(image == "vroegsein" or ":" in image, f"{image}: which version?")

    def test_compose(self):
        compose = yaml.safe_load(read("compose.yaml"))
        services = compose["services"]
        self.assertEqual({"kafka", "shared", "topics", "node-1", "node-2", "prometheus", "grafana"},
                         set(services))
        for name, service in services.items():
            self.check_image(service["image"])
            if service["image"] == "vroegsein":
                if "entrypoint" not in service:
                    self.check_command(service["command"])
                self.assertTrue((DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file())
            for port in service.get("ports", []):
                self.assertTrue(port.startswith("127.0.0.1:"), f"{name}: {port} is open to all")
            for other in service.get("depends_on", {}):
                self.assertIn(other, services)
            for volume in service.get("volumes", []):
                source = volume.split(":")[0]
                there = source in compose["volumes"] or (DEPLOY / source).is_file()
                self.assertTrue(there, f"{name}: {volume}")
        disks = {volume.split(":")[1] for volume in services["kafka"]["volumes"]}
        self.assertEqual({services["kafka"]["environment"]["KAFKA_LOG_DIRS"]}, disks)
        for name in ("node-1", "node-2"):
            self.assertIn("/healthz", " ".join(services[name]["healthcheck"]["test"]))
            self.assertTrue(services[name]["read_only"])
        self.check_nodes(services)

    def check_nodes(self, services):
        """The settings of the nodes are right, and are about these nodes and partitions."""
        settings = yaml.safe_load(read("compose/vroegsein.yaml"))
        topics = services["topics"]["command"]
        partitions = int(topics[topics.index("--partitions") + 1])
        places = {}
        for node in settings["kafka"]["knooppunten"]:
            command = services[node["naam"]]["command"]
            self.assertEqual(command[command.index("--node") + 1], node["naam"])
            self.assertEqual(node["adres"].split(":")[0], node["naam"])
            self.assertEqual(sorted(node["eigenaar"] + node["reserve"]), list(range(partitions)))
            for one in node["eigenaar"]:
                self.assertIsNone(places.setdefault(one, None))
                places[one] = node["naam"]
        self.assertEqual(set(places), set(range(partitions)))
        shell = services["shared"]
        self.assertEqual(run("bash", "-nc", shell["command"][0]).returncode, 0)
        with tempfile.TemporaryDirectory() as folder:
            inside = {"/var/lib/vroegsein": f"{folder}/shared"}
            os.mkdir(f"{folder}/shared")
            done = run(*shell["entrypoint"], shell["command"][0].replace(*next(iter(inside.items()))))
            self.assertEqual(done.returncode, 0, done.stderr)
            for volume in services["node-1"]["volumes"]:
                source, target, *_ = volume.split(":")
                if target.startswith("/etc/vroegsein/"):
                    shutil.copy(DEPLOY / source, folder)
            copy = Path(folder) / "vroegsein.yaml"
            copy.write_text(copy.read_text("utf-8").replace("/var/lib/vroegsein-shared", f"{folder}/shared"),
                            encoding="utf-8")
            done = run(BINARY, "settings", "--check", copy)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_prometheus(self):
        asked = yaml.safe_load(read("prometheus.yml"))["scrape_configs"][0]["static_configs"][0]["targets"]
        self.assertEqual(asked, ["node-1:9090", "node-2:9090"])
        if shutil.which("promtool"):
            done = run("promtool", "check", "config", DEPLOY / "prometheus.yml")
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_dashboard_shows_what_there_is(self):
        made = set()
        for source in (ROOT / "alerts").rglob("*.cpp"):
            made.update(re.findall(r'"(vroegsein_[a-z_]+)"', source.read_text(encoding="utf-8")))
        board = json.loads(read("grafana/vroegsein.json"))
        shown = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
        self.assertGreaterEqual(len(shown), 8)
        for expression in shown:
            names = re.findall(r"vroegsein_[a-z_]+", expression)
            self.assertTrue(names, expression)
            for name in names:
                self.assertIn(re.sub(r"_bucket$", "", name), made, expression)
        places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
        self.assertEqual(len(places), len(set(places)))

    def test_kubernetes(self):
        found = {one["kind"] + "/" + one["metadata"]["name"]: one
                 for one in yaml.safe_load_all(read("kubernetes/vroegsein.yaml"))}
        self.assertEqual(set(found), {"Service/vroegsein", "Service/vroegsein-nodes",
                                      "PodDisruptionBudget/vroegsein", "StatefulSet/vroegsein",
                                      "NetworkPolicy/vroegsein",
                                      "PersistentVolumeClaim/vroegsein-checkpoints"})
        for volume in found["StatefulSet/vroegsein"]["spec"]["template"]["spec"]["volumes"]:
            claim = volume.get("persistentVolumeClaim", {}).get("claimName")
            self.assertTrue(claim is None or f"PersistentVolumeClaim/{claim}" in found)
        nodes = found["StatefulSet/vroegsein"]["spec"]
        pod = nodes["template"]["spec"]
        labels = nodes["template"]["metadata"]["labels"]
        self.assertEqual(nodes["selector"]["matchLabels"], labels)
        self.assertEqual(found["PodDisruptionBudget/vroegsein"]["spec"]["selector"]["matchLabels"], labels)
        self.assertIn(f"Service/{nodes['serviceName']}", found)
        container, = pod["containers"]
        self.check_image(container["image"])
        self.check_command(container["args"])
        ports = {port["name"] for port in container["ports"]}
        for service in ("Service/vroegsein", "Service/vroegsein-nodes"):
            self.assertEqual(found[service]["spec"]["selector"], labels)
            for port in found[service]["spec"]["ports"]:
                self.assertIn(port["targetPort"], ports)
        closed = found["NetworkPolicy/vroegsein"]["spec"]
        self.assertEqual(closed["podSelector"]["matchLabels"], labels)
        for rule in closed["ingress"]:
            named = {port["port"] for port in rule["ports"]}
            self.assertLessEqual(named, ports)
            self.assertEqual("from" in rule, "nodes" in named, "only nodes ask nodes")
        for probe, path in (("startupProbe", "/healthz"), ("livenessProbe", "/healthz"),
                            ("readinessProbe", "/readyz/lezen")):
            self.assertEqual(container[probe]["httpGet"], {"path": path, "port": "management"})
        volumes = {volume["name"] for volume in pod["volumes"]}
        volumes |= {claim["metadata"]["name"] for claim in nodes["volumeClaimTemplates"]}
        self.assertEqual({mount["name"] for mount in container["volumeMounts"]}, volumes)
        self.assertTrue(pod["securityContext"]["runAsNonRoot"])
        self.assertTrue(container["securityContext"]["readOnlyRootFilesystem"])

    def test_the_systemd_unit(self):
        unit = read("systemd/vroegsein.service")
        command = re.search(r"^ExecStart=(\S+) (.*)$", unit, re.M)
        self.check_command(command.group(2).split())
        if shutil.which("systemd-analyze") is None:
            self.skipTest("no systemd-analyze")
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "vroegsein.service"
            copy.write_text(unit.replace(command.group(1), BINARY), encoding="utf-8")
            done = run("systemd-analyze", "verify", "--man=no", copy)
            ours = [line for line in (done.stdout + done.stderr).splitlines() if "vroegsein.service" in line]
            self.assertEqual(ours, [])

    def test_the_image_has_every_library_of_the_program(self):
        if shutil.which("objdump") is None or shutil.which("dpkg") is None:
            self.skipTest("no objdump or no dpkg")
        needed = re.findall(r"NEEDED\s+(\S+)", run("objdump", "-p", BINARY).stdout)
        self.assertTrue(needed)
        # Of every Debian.
        base = {"libc6", "libgcc-s1", "libstdc++6", "zlib1g"}
        lines = read("Dockerfile").split("FROM debian:12-slim")[1]
        installed = set(re.findall(r"[a-z0-9.+-]+", lines)) | base
        said = run("dpkg", "-S", *(f"*/{library}" for library in needed)).stdout
        for library in needed:
            owners = {line.split(":")[0] for line in said.splitlines() if line.endswith("/" + library)}
            self.assertTrue(owners & installed, f"{library} is of {sorted(owners)}")


if __name__ == "__main__":
    unittest.main()
