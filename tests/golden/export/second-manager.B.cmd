@echo off
setlocal
chcp 65001 >nul
rem # Containers, networks and services of B, Windows Server 2022 (build 20348).
rem # Design: without a title
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
call :swarm
if %found%==1 goto next1
if defined SWARM_JOIN_TOKEN goto next1
echo Set SWARM_JOIN_TOKEN to what docker swarm join-token prints on a manager. 1>&2
set taken=1
:next1
call :find "container ls --all" settings=695944f2fcd7
if %found%==1 goto next2
docker container inspect web01 >nul 2>nul
if errorlevel 1 goto next2
echo There is already a container named web01. 1>&2
set taken=1
:next2
if %taken%==1 goto taken

rem ---- Swarm

rem # B joins the swarm as a manager
call :swarm
if %found%==1 goto next3
%run% docker swarm join --advertise-addr 10.30.0.12 --token %SWARM_JOIN_TOKEN% 10.30.0.11:2377
if errorlevel 1 goto failed
:next3

rem ---- Containers

rem # web01: Windows container on mesh at 10.90.1.10
call :find "container ls --all" settings=695944f2fcd7
if %found%==1 goto next4
%run% docker create ^
    --name web01 ^
    --isolation process ^
    --network mesh ^
    --ip 10.90.1.10 ^
    --label container-network-designer.element=web01 ^
    --label container-network-designer.settings=695944f2fcd7 ^
    mcr.microsoft.com/windows/servercore:ltsc2022
if errorlevel 1 goto failed
:next4

rem # start web01; with the first one on mesh HNS puts a switch on the adapter
%run% docker start web01
if errorlevel 1 goto failed

rem ---- Not in this script

rem # let cluster management of the swarm in: TCP port 2377: not a docker command; export as powershell, or do it by
rem # hand before this script runs.

rem # let node discovery of the swarm in: TCP port 7946: not a docker command; export as powershell, or do it by hand
rem # before this script runs.

rem # let node discovery of the swarm in: UDP port 7946: not a docker command; export as powershell, or do it by hand
rem # before this script runs.

rem # let VXLAN of the swarm in: UDP port 4790: not a docker command; export as powershell, or do it by hand before this
rem # script runs.

rem # mesh: the first manager of the swarm makes it and Docker brings it here; run the script of that manager first.
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

