@echo off
setlocal
chcp 65001 >nul
rem # Containers, networks and services of HOST01, Windows Server 2022 (build 20348).
rem # Design: Export test
rem # Writer: Container Network Designer 0.1.0
rem #
rem # Steps that are already as they should be are left alone. With /n it only says what it would do.
rem # Run it as administrator.
rem #
set run=
if "%~1"=="/n" set run=echo

rem ---- Is this the engine? Nothing is changed before all of this is in order.
docker version >nul 2>nul
if errorlevel 1 goto silent
for /f "tokens=2" %%i in ('docker info --format "{{.KernelVersion}}"') do set cnd_build=%%i
if defined cnd_build if not "%cnd_build%"=="20348" goto foreign
set taken=0
call :find "network ls" settings=75542b95cbbb
if %found%==1 goto next1
docker network inspect entry >nul 2>nul
if errorlevel 1 goto next1
echo There is already a network named entry. 1>&2
set taken=1
:next1
call :find "network ls" settings=643648f8392c
if %found%==1 goto next2
docker network inspect local >nul 2>nul
if errorlevel 1 goto next2
echo There is already a network named local. 1>&2
set taken=1
:next2
call :find "network ls" settings=fad97c346b6c
if %found%==1 goto next3
docker network inspect mesh >nul 2>nul
if errorlevel 1 goto next3
echo There is already a network named mesh. 1>&2
set taken=1
:next3
call :find "service ls" settings=9dabbf2d5801
if %found%==1 goto next4
call :swarm
if %found%==0 goto next4
docker service inspect agent >nul 2>nul
if errorlevel 1 goto next4
echo There is already a service named agent. 1>&2
set taken=1
:next4
call :find "service ls" settings=b4fd59fb92eb
if %found%==1 goto next5
call :swarm
if %found%==0 goto next5
docker service inspect shop >nul 2>nul
if errorlevel 1 goto next5
echo There is already a service named shop. 1>&2
set taken=1
:next5
if %taken%==1 goto taken

rem ---- Swarm

rem # HOST01 founds the swarm
call :swarm
if %found%==1 goto next6
%run% docker swarm init ^
    --advertise-addr 10.30.0.11 ^
    --listen-addr 10.30.0.11:2377 ^
    --default-addr-pool 10.80.0.0/16
if errorlevel 1 goto failed
%run% docker node update --label-add container-network-designer.element=host-1 self
if errorlevel 1 goto failed
:next6

rem ---- Container networks

rem # the routing-mesh network that Docker made with the swarm goes: entry takes its place
call :find "network ls" element=entry
if %found%==1 goto next7
docker network inspect ingress >nul 2>nul
if errorlevel 1 goto next7
echo y| docker network rm ingress
:next7

rem # entry: overlay network 10.90.9.0/24
call :find "network ls" settings=75542b95cbbb
if %found%==1 goto next8
%run% docker network create ^
    --driver overlay ^
    --ingress ^
    --subnet 10.90.9.0/24 ^
    --gateway 10.90.9.1 ^
    --label container-network-designer.element=entry ^
    --label container-network-designer.settings=75542b95cbbb ^
    entry
if errorlevel 1 goto failed
:next8

rem # local: nat network 172.31.0.0/24
call :find "network ls" settings=643648f8392c
if %found%==1 goto next9
%run% docker network create ^
    --driver nat ^
    --scope swarm ^
    --subnet 172.31.0.0/24 ^
    --gateway 172.31.0.1 ^
    --label container-network-designer.element=local ^
    --label container-network-designer.settings=643648f8392c ^
    local
if errorlevel 1 goto failed
:next9

rem # mesh: overlay network 10.90.1.0/24
call :find "network ls" settings=fad97c346b6c
if %found%==1 goto next10
%run% docker network create ^
    --driver overlay ^
    --subnet 10.90.1.0/24 ^
    --gateway 10.90.1.1 ^
    --label container-network-designer.element=mesh ^
    --label container-network-designer.settings=fad97c346b6c ^
    mesh
if errorlevel 1 goto failed
:next10

rem ---- Swarm services

rem # agent: one task on each node of mcr.microsoft.com/windows/servercore:ltsc2022 on local
call :find "service ls" settings=9dabbf2d5801
if %found%==1 goto next11
%run% docker service create ^
    --detach ^
    --name agent ^
    --mode global ^
    --endpoint-mode dnsrr ^
    --isolation process ^
    --network local ^
    --publish mode=host,published=9100,target=9100,protocol=tcp ^
    --label container-network-designer.element=agent ^
    --label container-network-designer.settings=9dabbf2d5801 ^
    mcr.microsoft.com/windows/servercore:ltsc2022
if errorlevel 1 goto failed
:next11

rem # shop: 3 tasks of mcr.microsoft.com/windows/servercore:ltsc2022 on mesh
call :find "service ls" settings=b4fd59fb92eb
if %found%==1 goto next12
%run% docker service create ^
    --detach ^
    --name shop ^
    --replicas 3 ^
    --endpoint-mode vip ^
    --network name=mesh,alias=store ^
    --publish mode=ingress,published=8080,target=80,protocol=tcp ^
    --publish mode=ingress,target=53,protocol=udp ^
    --constraint ^"node.platform.os == windows^" ^
    --env ^"GREETING=say \^"hello\^" now^" ^
    --label container-network-designer.element=shop ^
    --label container-network-designer.settings=b4fd59fb92eb ^
    mcr.microsoft.com/windows/servercore:ltsc2022 ^
    cmd ^
    /c ^
    ^"echo started ^& ping -t localhost^"
if errorlevel 1 goto failed
:next12

rem ---- Not in this script

rem # let cluster management of the swarm in: TCP port 2377: not a docker command; export as powershell, or do it by
rem # hand before this script runs.

rem # let node discovery of the swarm in: TCP port 7946: not a docker command; export as powershell, or do it by hand
rem # before this script runs.

rem # let node discovery of the swarm in: UDP port 7946: not a docker command; export as powershell, or do it by hand
rem # before this script runs.

rem # let VXLAN of the swarm in: UDP port 4789: not a docker command; export as powershell, or do it by hand before this
rem # script runs.
echo Done.
exit /b 0

:failed
echo This failed; the words of docker are above. Mend it and run the script again: it goes on where it stopped. 1>&2
exit /b 1

:silent
echo Docker does not answer. Install Docker Engine, or run: net start docker 1>&2
exit /b 1

:foreign
echo This script is for build 20348 of Windows, not for %cnd_build%; export it for that release. 1>&2
exit /b 1

:taken
echo Nothing was changed. Mend the above: remove things with the script that made them, or rename. 1>&2
exit /b 1

:find
rem Whether docker lists something with a label of ours. What to list, label.
set found=0
for /f %%i in ('docker %~1 --quiet --filter "label=container-network-designer.%~2" 2^>nul') do set found=1
exit /b 0

:joined
rem Whether a container of ours is on a network. Element, network.
set found=0
for /f %%i in ('docker container ls --all --quiet --filter "label=container-network-designer.element=%~1" --filter "network=%~2"') do set found=1
exit /b 0

:swarm
rem Whether the engine is in a swarm.
set found=0
for /f %%i in ('docker info --format "{{.Swarm.LocalNodeState}}"') do if %%i==active set found=1
exit /b 0

:node
rem Whether this node is one that the setup made. Element.
set found=0
for /f %%i in ('docker node ls --quiet --filter "node.label=container-network-designer.element=%~1" 2^>nul') do set found=1
exit /b 0

