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
rem # ISO006: api01 needs nested virtualisation in the VM HOST01; expose the virtualisation extensions on its parent. By
rem # hand, on the parent of the virtual machine, while it is off: Set-VMProcessor -VMName <name of the VM>
rem # -ExposeVirtualizationExtensions $true
rem # VLN005: “lan” is on VLAN 40, and “Ethernet 2” of the VM HOST01 is no trunk. By hand, on the parent of the virtual
rem # machine: Set-VMNetworkAdapterVlan -VMName <name of the VM> -Trunk -AllowedVlanIdList 40 -NativeVlanId 0
rem # VMH001: “lan”: the outer switch drops frames of containers until MAC address spoofing is on for the VM HOST01. By
rem # hand, on the parent of the virtual machine: Set-VMNetworkAdapter -VMName <name of the VM> -MacAddressSpoofing On
set run=
if "%~1"=="/n" set run=echo

rem ---- Is this the engine? Nothing is changed before all of this is in order.
docker version >nul 2>nul
if errorlevel 1 goto silent
for /f "tokens=2" %%i in ('docker info --format "{{.KernelVersion}}"') do set cnd_build=%%i
if defined cnd_build if not "%cnd_build%"=="20348" goto foreign
set taken=0
call :find "network ls" settings=02f6a57e24ba
if %found%==1 goto next1
docker network inspect back >nul 2>nul
if errorlevel 1 goto next1
echo There is already a network named back. 1>&2
set taken=1
:next1
call :find "network ls" settings=428c76e7af78
if %found%==1 goto next2
docker network inspect front >nul 2>nul
if errorlevel 1 goto next2
echo There is already a network named front. 1>&2
set taken=1
:next2
call :find "network ls" settings=8f54edff68fa
if %found%==1 goto next3
docker network inspect lan >nul 2>nul
if errorlevel 1 goto next3
echo There is already a network named lan. 1>&2
set taken=1
:next3
call :find "container ls --all" settings=58fa11ff0754
if %found%==1 goto next4
docker container inspect api01 >nul 2>nul
if errorlevel 1 goto next4
echo There is already a container named api01. 1>&2
set taken=1
:next4
call :find "container ls --all" settings=42a11f1b04ec
if %found%==1 goto next5
docker container inspect job01 >nul 2>nul
if errorlevel 1 goto next5
echo There is already a container named job01. 1>&2
set taken=1
:next5
call :find "container ls --all" settings=0a3027860e54
if %found%==1 goto next6
docker container inspect web01 >nul 2>nul
if errorlevel 1 goto next6
echo There is already a container named web01. 1>&2
set taken=1
:next6
if %taken%==1 goto taken

rem ---- Container networks

rem # back: internal network 192.168.77.0/24
call :find "network ls" settings=02f6a57e24ba
if %found%==1 goto next7
%run% docker network create ^
    --driver internal ^
    --subnet 192.168.77.0/24 ^
    --gateway 192.168.77.1 ^
    --label container-network-designer.element=back ^
    --label container-network-designer.settings=02f6a57e24ba ^
    back
if errorlevel 1 goto failed
:next7

rem # front: nat network 172.31.0.0/24
call :find "network ls" settings=428c76e7af78
if %found%==1 goto next8
%run% docker network create ^
    --driver nat ^
    --subnet 172.31.0.0/24 ^
    --gateway 172.31.0.1 ^
    --opt com.docker.network.windowsshim.disable_gatewaydns=true ^
    --opt com.docker.network.windowsshim.dnssuffix=front.example ^
    --label container-network-designer.element=front ^
    --label container-network-designer.settings=428c76e7af78 ^
    front
if errorlevel 1 goto failed
:next8

rem # lan: transparent network 10.60.4.0/24 on Ethernet 2 VLAN 40
call :find "network ls" settings=8f54edff68fa
if %found%==1 goto next9
%run% docker network create ^
    --driver transparent ^
    --subnet 10.60.4.0/24 ^
    --gateway 10.60.4.1 ^
    --opt com.docker.network.windowsshim.networkname=lan-hns ^
    --opt ^"com.docker.network.windowsshim.interface=Ethernet 2^" ^
    --opt com.docker.network.windowsshim.vlanid=40 ^
    --opt com.docker.network.windowsshim.dnssuffix=shop.example ^
    --opt com.docker.network.windowsshim.dnsservers=10.60.4.10,10.60.4.11 ^
    --opt com.docker.network.windowsshim.macpool=00-15-5D-60-40-00,00-15-5D-60-4F-FF ^
    --label container-network-designer.element=lan ^
    --label container-network-designer.settings=8f54edff68fa ^
    lan
if errorlevel 1 goto failed
:next9

rem ---- Containers

rem # api01: Hyper-V container on lan at 10.60.4.30
call :find "container ls --all" settings=58fa11ff0754
if %found%==1 goto next10
%run% docker create ^
    --name api01 ^
    --isolation hyperv ^
    --network lan ^
    --ip 10.60.4.30 ^
    --mac-address 00:15:5D:60:40:30 ^
    --label container-network-designer.element=api01 ^
    --label container-network-designer.settings=58fa11ff0754 ^
    mcr.microsoft.com/windows/servercore:ltsc2022
if errorlevel 1 goto failed
:next10

rem # api01 also joins back
call :joined api01 "back"
if %found%==1 goto next11
%run% docker network connect back api01
if errorlevel 1 goto failed
:next11

rem # start api01
%run% docker start api01
if errorlevel 1 goto failed

rem # job01: Windows container on nat
call :find "container ls --all" settings=42a11f1b04ec
if %found%==1 goto next12
%run% docker create ^
    --name job01 ^
    --network nat ^
    --label container-network-designer.element=job01 ^
    --label container-network-designer.settings=42a11f1b04ec ^
    mcr.microsoft.com/windows/servercore:ltsc2022
if errorlevel 1 goto failed
:next12

rem # start job01
%run% docker start job01
if errorlevel 1 goto failed

rem # web01: Windows container on front at 172.31.0.20
call :find "container ls --all" settings=0a3027860e54
if %found%==1 goto next13
%run% docker create ^
    --name web01 ^
    --isolation process ^
    --network front ^
    --ip 172.31.0.20 ^
    --network-alias shop ^
    --network-alias www ^
    --publish 8080:80/tcp ^
    --publish 5353:53/udp ^
    --publish 443/tcp ^
    --dns 10.0.0.10 ^
    --hostname web ^
    --memory 512m ^
    --cpus 1.5 ^
    --env ^"GREETING=say \^"hello\^" now^" ^
    --label container-network-designer.element=web01 ^
    --label container-network-designer.settings=0a3027860e54 ^
    mcr.microsoft.com/windows/servercore:ltsc2022 ^
    cmd ^
    /c ^
    ^"echo started ^& ping -t localhost^"
if errorlevel 1 goto failed
:next13

rem # web01 also joins back, address 192.168.77.20
call :joined web01 "back"
if %found%==1 goto next14
%run% docker network connect --ip 192.168.77.20 --alias web-back back web01
if errorlevel 1 goto failed
:next14

rem # start web01
%run% docker start web01
if errorlevel 1 goto failed

rem ---- Not in this script

rem # daemon.json: fixed-cidr, exec-opts, dns; every other key stays as it is: not a docker command; export as
rem # powershell, or do it by hand before this script runs.
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

