#!/usr/bin/env bash
# Containers, networks and services of B, Windows Server 2022 (build 20348).
# Design: without a title
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
if ! swarm_is active && [[ -z ${SWARM_JOIN_TOKEN:-} ]]; then
    problems+=('Set SWARM_JOIN_TOKEN to what docker swarm join-token prints on a manager.')
fi
claim container '^web01$' 695944f2fcd7
if ((${#problems[@]})); then stop "Nothing was changed." "${problems[@]}"; fi

# ---- Swarm

# B joins the swarm as a manager
if ! swarm_is active; then
    run docker swarm join --advertise-addr 10.30.0.12 --token "$SWARM_JOIN_TOKEN" 10.30.0.11:2377
fi

# ---- Containers

# web01: Windows container on mesh at 10.90.1.10
if ! current container '^web01$' 695944f2fcd7; then
    run docker create \
        --name web01 \
        --isolation process \
        --network mesh \
        --ip 10.90.1.10 \
        --label container-network-designer.element=web01 \
        --label container-network-designer.settings=695944f2fcd7 \
        mcr.microsoft.com/windows/servercore:ltsc2022
fi

# start web01; with the first one on mesh HNS puts a switch on the adapter
if ! has container 'name=^web01$' status=running; then
    run docker start web01
fi

# ---- Not in this script

# let cluster management of the swarm in: TCP port 2377: not a docker command; export as powershell, or do it by
# hand before this script runs.

# let node discovery of the swarm in: TCP port 7946: not a docker command; export as powershell, or do it by hand
# before this script runs.

# let node discovery of the swarm in: UDP port 7946: not a docker command; export as powershell, or do it by hand
# before this script runs.

# let VXLAN of the swarm in: UDP port 4790: not a docker command; export as powershell, or do it by hand before this
# script runs.

# mesh: the first manager of the swarm makes it and Docker brings it here; run the script of that manager first.

