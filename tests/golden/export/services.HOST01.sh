#!/usr/bin/env bash
# Containers, networks and services of HOST01, Windows Server 2022 (build 20348).
# Design: Export test
# Writer: Container Network Designer 0.1.0

# It speaks to the engine of the host through the docker client of this machine: set DOCKER_CONTEXT or DOCKER_HOST.
# Steps that are already as they should be are left alone. With -n it only says what it would do.

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
claim network '^entry$' 75542b95cbbb
claim network '^local$' 643648f8392c
claim network '^mesh$' fad97c346b6c
claim service agent 9dabbf2d5801
claim service shop b4fd59fb92eb
if ((${#problems[@]})); then stop "Nothing was changed." "${problems[@]}"; fi

# ---- Swarm

# HOST01 founds the swarm
if ! swarm_is active; then
    run docker swarm init \
        --advertise-addr 10.30.0.11 \
        --listen-addr 10.30.0.11:2377 \
        --default-addr-pool 10.80.0.0/16
    run docker node update --label-add container-network-designer.element=host-1 self
fi

# ---- Container networks

# the routing-mesh network that Docker made with the swarm goes: entry takes its place
if swarm_is manager; then
    for id in $(docker network ls --quiet --filter driver=overlay); do
        if [[ $(docker network inspect --format '{{.Ingress}} {{index .Labels "container-network-designer.element"}}' "$id") == 'true ' ]]; then
            echo y | run docker network rm "$id"
        fi
    done
fi

# entry: overlay network 10.90.9.0/24
if ! current network '^entry$' 75542b95cbbb; then
    run docker network create \
        --driver overlay \
        --ingress \
        --subnet 10.90.9.0/24 \
        --gateway 10.90.9.1 \
        --label container-network-designer.element=entry \
        --label container-network-designer.settings=75542b95cbbb \
        entry
fi

# local: nat network 172.31.0.0/24
if ! current network '^local$' 643648f8392c; then
    run docker network create \
        --driver nat \
        --scope swarm \
        --subnet 172.31.0.0/24 \
        --gateway 172.31.0.1 \
        --label container-network-designer.element=local \
        --label container-network-designer.settings=643648f8392c \
        local
fi

# mesh: overlay network 10.90.1.0/24
if ! current network '^mesh$' fad97c346b6c; then
    run docker network create \
        --driver overlay \
        --subnet 10.90.1.0/24 \
        --gateway 10.90.1.1 \
        --label container-network-designer.element=mesh \
        --label container-network-designer.settings=fad97c346b6c \
        mesh
fi

# ---- Swarm services

# agent: one task on each node of mcr.microsoft.com/windows/servercore:ltsc2022 on local
if ! current service agent 9dabbf2d5801; then
    run docker service create \
        --detach \
        --name agent \
        --mode global \
        --endpoint-mode dnsrr \
        --isolation process \
        --network local \
        --publish mode=host,published=9100,target=9100,protocol=tcp \
        --label container-network-designer.element=agent \
        --label container-network-designer.settings=9dabbf2d5801 \
        mcr.microsoft.com/windows/servercore:ltsc2022
fi

# shop: 3 tasks of mcr.microsoft.com/windows/servercore:ltsc2022 on mesh
if ! current service shop b4fd59fb92eb; then
    run docker service create \
        --detach \
        --name shop \
        --replicas 3 \
        --endpoint-mode vip \
        --network name=mesh,alias=store \
        --publish mode=ingress,published=8080,target=80,protocol=tcp \
        --publish mode=ingress,target=53,protocol=udp \
        --constraint 'node.platform.os == windows' \
        --env 'GREETING=say "hello" now' \
        --label container-network-designer.element=shop \
        --label container-network-designer.settings=b4fd59fb92eb \
        mcr.microsoft.com/windows/servercore:ltsc2022 \
        cmd \
        /c \
        'echo started & ping -t localhost'
fi

# ---- Not in this script

# let cluster management of the swarm in: TCP port 2377: not a docker command; export as powershell, or do it by
# hand before this script runs.

# let node discovery of the swarm in: TCP port 7946: not a docker command; export as powershell, or do it by hand
# before this script runs.

# let node discovery of the swarm in: UDP port 7946: not a docker command; export as powershell, or do it by hand
# before this script runs.

# let VXLAN of the swarm in: UDP port 4789: not a docker command; export as powershell, or do it by hand before this
# script runs.

