#!/usr/bin/env bash
# Containers, networks and services of HOST01, Windows Server 2022 (build 20348).
# Design: Export test
# Writer: Container Network Designer 0.1.0

# It speaks to the engine of the host through the docker client of this machine: set DOCKER_CONTEXT or DOCKER_HOST.
# Steps that are already as they should be are left alone. With -n it only says what it would do.

# ---- Before this script

# ISO006: api01 needs nested virtualisation in the VM HOST01; expose the virtualisation extensions on its parent. By
# hand, on the parent of the virtual machine, while it is off: Set-VMProcessor -VMName <name of the VM>
# -ExposeVirtualizationExtensions $true

# VLN005: “lan” is on VLAN 40, and “Ethernet 2” of the VM HOST01 is no trunk. By hand, on the parent of the virtual
# machine: Set-VMNetworkAdapterVlan -VMName <name of the VM> -Trunk -AllowedVlanIdList 40 -NativeVlanId 0

# VMH001: “lan”: the outer switch drops frames of containers until MAC address spoofing is on for the VM HOST01. By
# hand, on the parent of the virtual machine: Set-VMNetworkAdapter -VMName <name of the VM> -MacAddressSpoofing On

set -euo pipefail

dry_run=0
while getopts n option; do
    case $option in
        n) dry_run=1 ;;
        *) echo "Usage: $0 [-n]" >&2; exit 2 ;;
    esac
done

problems=()

stop() {
    # Ends the script and says why.
    printf '%s\n' "$@" >&2
    exit 1
}

run() {
    # Runs a command, or only says it.
    if ((dry_run)); then
        printf 'What if:'
        printf ' %q' "$@"
        echo
    else
        "$@" >/dev/null || stop "This failed, the words of docker are above; mend it and run the script again: $*"
    fi
}

has() {
    # Whether docker lists an object of a kind that passes all filters.
    local kind=$1 found options=()
    shift
    for each; do options+=(--filter "$each"); done
    if [[ $kind == container ]]; then options+=(--all); fi
    found=$(docker "$kind" ls --quiet "${options[@]}") || stop "docker $kind ls failed; its words are above."
    [[ -n $found ]]
}

swarm_is() {
    # Whether the engine is in a swarm: active, inactive; or manager.
    local state
    state=$(docker info --format '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}') || stop 'docker info failed.'
    case $1 in
        manager) [[ $state == 'active true' ]] ;;
        *) [[ $state == "$1 "* ]] ;;
    esac
}

has_service() {
    # Whether the swarm has a service of this name; with a label, only one that has it.
    local found options=()
    swarm_is manager || return 1
    if [[ ${2:-} ]]; then options=(--filter "label=$2"); fi
    found=$(docker service ls --format '{{.Name}}' ${options[@]+"${options[@]}"}) || stop 'docker service ls failed.'
    [[ $'\n'$found$'\n' == *$'\n'"$1"$'\n'* ]]
}

current() {
    # Whether docker has something exactly as this script makes it: a label tells. Kind, name, settings.
    local label=container-network-designer.settings=$3
    if [[ $1 == service ]]; then has_service "$2" "$label"; else has "$1" "name=$2" "label=$label"; fi
}

ours() {
    # Whether docker has something and a script of this design made it: a label tells. Kind, name, element.
    local label=container-network-designer.element=$3
    if [[ $1 == service ]]; then has_service "$2" "$label"; else has "$1" "name=$2" "label=$label"; fi
}

claim() {
    # Notes a name that something else has. Kind, name, settings.
    if [[ $1 == service ]]; then has_service "$2" || return 0; else has "$1" "name=$2" || return 0; fi
    if current "$@"; then return 0; fi
    local shown=${2#^}
    problems+=("There is already a $1 named ${shown%\$}, and it is not as this script makes it. If it comes from an older version of the design, run the teardown script of that version; else give one of the two another name.")
}

# ---- Is this the engine? Nothing is changed before all of this is in order.
engine=$(docker info --format '{{.OSType}} {{.KernelVersion}}') || stop 'Docker does not answer.'
build=${engine#windows 10.0 } build=${build%%[!0-9]*}
if [[ $engine != windows* || -z $build ]] || ((build != 20348)); then
    stop "This script is for a Windows engine of build 20348, and the engine says: $engine. Choose another context, or export the script for that release."
fi
claim network '^back$' 02f6a57e24ba
claim network '^front$' 428c76e7af78
claim network '^lan$' 8f54edff68fa
claim container '^api01$' 58fa11ff0754
claim container '^job01$' 42a11f1b04ec
if ! has network 'name=^nat$'; then problems+=('NAT006: There is no network nat here.'); fi
claim container '^web01$' 0a3027860e54
if ((${#problems[@]})); then stop "Nothing was changed." "${problems[@]}"; fi

# ---- Container networks

# back: internal network 192.168.77.0/24
if ! current network '^back$' 02f6a57e24ba; then
    run docker network create \
        --driver internal \
        --subnet 192.168.77.0/24 \
        --gateway 192.168.77.1 \
        --label container-network-designer.element=back \
        --label container-network-designer.settings=02f6a57e24ba \
        back
fi

# front: nat network 172.31.0.0/24
if ! current network '^front$' 428c76e7af78; then
    run docker network create \
        --driver nat \
        --subnet 172.31.0.0/24 \
        --gateway 172.31.0.1 \
        --opt com.docker.network.windowsshim.disable_gatewaydns=true \
        --opt com.docker.network.windowsshim.dnssuffix=front.example \
        --label container-network-designer.element=front \
        --label container-network-designer.settings=428c76e7af78 \
        front
fi

# lan: transparent network 10.60.4.0/24 on Ethernet 2 VLAN 40
if ! current network '^lan$' 8f54edff68fa; then
    run docker network create \
        --driver transparent \
        --subnet 10.60.4.0/24 \
        --gateway 10.60.4.1 \
        --opt com.docker.network.windowsshim.networkname=lan-hns \
        --opt 'com.docker.network.windowsshim.interface=Ethernet 2' \
        --opt com.docker.network.windowsshim.vlanid=40 \
        --opt com.docker.network.windowsshim.dnssuffix=shop.example \
        --opt com.docker.network.windowsshim.dnsservers=10.60.4.10,10.60.4.11 \
        --opt com.docker.network.windowsshim.macpool=00-15-5D-60-40-00,00-15-5D-60-4F-FF \
        --label container-network-designer.element=lan \
        --label container-network-designer.settings=8f54edff68fa \
        lan
fi

# ---- Containers

# api01: Hyper-V container on lan at 10.60.4.30
if ! current container '^api01$' 58fa11ff0754; then
    run docker create \
        --name api01 \
        --isolation hyperv \
        --network lan \
        --ip 10.60.4.30 \
        --mac-address 00:15:5D:60:40:30 \
        --label container-network-designer.element=api01 \
        --label container-network-designer.settings=58fa11ff0754 \
        mcr.microsoft.com/windows/servercore:ltsc2022
fi

# api01 also joins back
if ! has container 'name=^api01$' network=back; then
    run docker network connect back api01
fi

# start api01
if ! has container 'name=^api01$' status=running; then
    run docker start api01
fi

# job01: Windows container on nat
if ! current container '^job01$' 42a11f1b04ec; then
    run docker create \
        --name job01 \
        --network nat \
        --label container-network-designer.element=job01 \
        --label container-network-designer.settings=42a11f1b04ec \
        mcr.microsoft.com/windows/servercore:ltsc2022
fi

# start job01
if ! has container 'name=^job01$' status=running; then
    run docker start job01
fi

# web01: Windows container on front at 172.31.0.20
if ! current container '^web01$' 0a3027860e54; then
    run docker create \
        --name web01 \
        --isolation process \
        --network front \
        --ip 172.31.0.20 \
        --network-alias shop \
        --network-alias www \
        --publish 8080:80/tcp \
        --publish 5353:53/udp \
        --publish 443/tcp \
        --dns 10.0.0.10 \
        --hostname web \
        --memory 512m \
        --cpus 1.5 \
        --env 'GREETING=say "hello" now' \
        --label container-network-designer.element=web01 \
        --label container-network-designer.settings=0a3027860e54 \
        mcr.microsoft.com/windows/servercore:ltsc2022 \
        cmd \
        /c \
        'echo started & ping -t localhost'
fi

# web01 also joins back, address 192.168.77.20
if ! has container 'name=^web01$' network=back; then
    run docker network connect --ip 192.168.77.20 --alias web-back back web01
fi

# start web01
if ! has container 'name=^web01$' status=running; then
    run docker start web01
fi

# ---- Not in this script

# daemon.json: fixed-cidr, exec-opts, dns; every other key stays as it is: not a docker command; export as
# powershell, or do it by hand before this script runs.

