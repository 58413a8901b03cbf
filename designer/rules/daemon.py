"""Rules about the daemon of Docker and its file (HST)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.hosts import Host
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.hosts import host_rule
from designer.rules.registry import Finding, FixClass, Only, Severity
from designer.rules.suggestions import changed

_WINDOWS_KEYS = frozenset(
    {
        "allow-nondistributable-artifacts",
        "authorization-plugins",
        "bridge",
        "cluster-advertise",
        "cluster-store",
        "cluster-store-opts",
        "containerd",
        "containerd-namespace",
        "containerd-plugins-namespace",
        "data-root",
        "debug",
        "default-network-opts",
        "default-runtime",
        "default-shm-size",
        "deprecated-key-path",
        "dns",
        "dns-opts",
        "dns-search",
        "exec-opts",
        "experimental",
        "features",
        "fixed-cidr",
        "group",
        "hosts",
        "host-gateway-ip",
        "insecure-registries",
        "labels",
        "live-restore",
        "log-driver",
        "log-format",
        "log-level",
        "log-opts",
        "max-concurrent-downloads",
        "max-concurrent-uploads",
        "max-download-attempts",
        "metrics-addr",
        "mtu",
        "network-control-plane-mtu",
        "network-diagnostic-port",
        "node-generic-resources",
        "pidfile",
        "proxies",
        "raw-logs",
        "registry-mirrors",
        "runtimes",
        "seccomp-profile",
        "shutdown-timeout",
        "storage-driver",
        "storage-opts",
        "swarm-default-advertise-addr",
        "tls",
        "tlscacert",
        "tlscert",
        "tlskey",
        "tlsverify",
    }
)

_SHORT_FLAGS = {"-H": "hosts", "-D": "debug", "-l": "log-level", "-g": "data-root", "-p": "pidfile", "-G": "group"}

_PLURALS = {"insecure-registry": "insecure-registries", "host": "hosts"} | {
    name: f"{name}s"
    for name in ("label", "registry-mirror", "storage-opt", "log-opt", "exec-opt", "dns-opt", "authorization-plugin")
}
"""Flags whose key in daemon.json is the plural. Source: moby daemon/config/config.go."""


@host_rule("HST012", Severity.ERROR, fix=FixClass.QUICK, sources=(src.CONFIG_WINDOWS, src.DOCKERD))
def daemon_key_unknown(_design: Design, host: Host) -> Iterator[Finding]:
    """daemon.json has a key that Windows does not know.

    Why: the daemon stops at start when its file has a directive that it does not know.
    Bad: “bip” or “iptables” in the daemon.json of a Windows host.
    Good: only keys that the Windows daemon has.
    """
    for text in host.daemon.other_keys:
        key = text.partition(":")[0].strip(" \"'")
        if key not in _WINDOWS_KEYS:
            kept = tuple(found for found in host.daemon.other_keys if found != text)
            yield Finding(
                (host.id,),
                f"{host.name}: the Windows daemon does not start with the key “{key}” in daemon.json; remove it.",
                "daemon",
                changed(f"Remove “{key}” from daemon.json", host, daemon=host.daemon.evolve(other_keys=kept)),
            )


@host_rule("HST013", Severity.INFO, fix=FixClass.QUICK, sources=(src.CONFIG_WINDOWS,))
def daemon_mtu(_design: Design, host: Host) -> Iterator[Finding]:
    """The daemon's mtu has no effect.

    Why: the Windows daemon reads the key, warns and goes on without it.
    Bad: “mtu”: 1400 in daemon.json.
    Good: no such key; the MTU is set at the adapter or by an HNS policy.
    """
    if host.daemon.mtu is not None:
        yield Finding(
            (host.id,),
            f"{host.name}: “mtu” {host.daemon.mtu} in daemon.json is ignored on Windows; remove it.",
            "daemon",
            changed("Remove the daemon's mtu", host, daemon=host.daemon.evolve(mtu=None)),
        )


def _key_of_flag(flag: str) -> str:
    """Return the key of daemon.json that a flag of dockerd stands for."""
    word = flag.strip().replace("=", " ").partition(" ")[0]
    if not word.startswith("--"):
        return _SHORT_FLAGS.get(word[:2], word)
    return _PLURALS.get(word[2:], word[2:])


def _daemon_keys(host: Host) -> set[str]:
    daemon = host.daemon
    given = {
        "bridge": not daemon.default_nat,
        "fixed-cidr": daemon.fixed_cidr,
        "exec-opts": daemon.isolation,
        "dns": daemon.dns,
        "mtu": daemon.mtu is not None,
    }
    named = {text.partition(":")[0].strip(" \"'") for text in daemon.other_keys}
    return {key for key, value in given.items() if value} | named


@host_rule(
    "HST014",
    Severity.ERROR,
    fix=FixClass.QUICK,
    sources=("docker/for-win#453", src.DOCKERD),
    only=Only("service_flags"),
)
def daemon_option_twice(_design: Design, host: Host) -> Iterator[Finding]:
    """An option of the daemon is given twice.

    Why: the daemon does not start when a key of daemon.json is also a flag of its service.
    Bad: “hosts” in daemon.json and -H npipe:// in the docker service.
    Good: one of the two.
    """
    keys = _daemon_keys(host)
    for flag in host.service_flags:
        key = _key_of_flag(flag)
        if key in keys:
            kept = tuple(found for found in host.service_flags if found != flag)
            yield Finding(
                (host.id,),
                f"{host.name}: “{key}” is in daemon.json and {flag} at the docker service; keep one.",
                "service_flags",
                changed(f"Remove {flag} from the docker service", host, service_flags=kept),
            )
