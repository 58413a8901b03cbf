"""Functions of a script: marks, addresses, daemon.json and firewall rules."""

from __future__ import annotations

FUNCTIONS: dict[str, str] = {
    "Test-Mark": """\
function Test-Mark([string] $Name) {
    # Whether a script of this design left a mark: it made, or was about to make, a thing that can carry no tag itself.
    Test-Path -LiteralPath (Join-Path $markFolder $Name)
}
""",
    "Set-Mark": """\
function Set-Mark([string] $Name, [string] $Text) {
    # Leaves a mark before the thing is made, so that the teardown knows it even after an interruption.
    $null = New-Item -Path $markFolder -ItemType Directory -Force
    $null = New-Item -Path (Join-Path $markFolder $Name) -ItemType File -Force
    if ($Text) { [IO.File]::WriteAllText((Join-Path $markFolder $Name), $Text) }
}
""",
    "Read-Mark": """\
function Read-Mark([string] $Name) {
    # What the setup wrote down with a mark.
    [IO.File]::ReadAllText((Join-Path $markFolder $Name))
}
""",
    "Clear-Mark": """\
function Clear-Mark([string] $Name) {
    $mark = Join-Path $markFolder $Name
    if (Test-Path -LiteralPath $mark) { Remove-Item -LiteralPath $mark }
    if ((Test-Path -LiteralPath $markFolder) -and -not (Get-ChildItem -LiteralPath $markFolder)) {
        Remove-Item -LiteralPath $markFolder
    }
}
""",
    "Get-HostAddress": """\
function Get-HostAddress {
    # The IPv4 addresses that the machine is reached at.
    Get-NetIPAddress -AddressFamily IPv4 -ErrorAction Stop | Where-Object { $_.PrefixOrigin -ne 'WellKnown' } |
        ForEach-Object { $_.IPAddress }
}
""",
    "Wait-HostAddress": """\
function Wait-HostAddress([string[]] $Wanted) {
    # Waits until an external switch has given the machine its addresses back, a minute at most.
    foreach ($second in 1..60) {
        $now = @(Get-HostAddress)
        $missing = @($Wanted | Where-Object { $now -notcontains $_ })
        if ($missing.Count -eq 0) { return }
        Start-Sleep -Seconds 1
    }
    throw "The machine has lost $($missing -join ', '). Log on at its console and run the teardown script."
}
""",
    "Read-DaemonFile": """\
function Read-DaemonFile {
    # daemon.json as an object; an empty one when there is no file.
    $text = if (Test-Path -LiteralPath $daemonFile) { [IO.File]::ReadAllText($daemonFile) } else { '' }
    if ($text.Trim()) { ConvertFrom-Json -InputObject $text } else { New-Object -TypeName PSObject }
}
""",
    "Test-DaemonSettings": """\
function Test-DaemonSettings($Settings) {
    # Whether daemon.json has these values and Docker has started with them.
    if (Test-Mark 'docker-restart') { return $false }
    $config = Read-DaemonFile
    foreach ($key in $Settings.Keys) {
        $property = $config.PSObject.Properties[$key]
        if (-not $property) { return $false }
        $found = ConvertTo-Json -InputObject $property.Value -Compress
        if ($found -ne (ConvertTo-Json -InputObject $Settings[$key] -Compress)) { return $false }
    }
    return $true
}
""",
    "Save-DaemonFile": """\
function Save-DaemonFile {
    # Keeps daemon.json as it was found, once; a mark stands for "there was none".
    if ((Test-Path -LiteralPath $daemonBackup) -or (Test-Mark 'daemon.json-absent')) { return }
    if (Test-Path -LiteralPath $daemonFile) {
        $null = New-Item -Path $markFolder -ItemType Directory -Force
        Copy-Item -LiteralPath $daemonFile -Destination $daemonBackup
    } else {
        Set-Mark 'daemon.json-absent'
    }
}
""",
    "Set-DaemonSettings": """\
function Set-DaemonSettings($Settings) {
    # Merges the values into daemon.json; other keys stay. UTF-8 without a byte order mark, which every engine reads.
    $config = Read-DaemonFile
    foreach ($key in $Settings.Keys) {
        Add-Member -InputObject $config -NotePropertyName $key -NotePropertyValue $Settings[$key] -Force
    }
    $null = New-Item -Path (Split-Path -Path $daemonFile) -ItemType Directory -Force
    $json = ConvertTo-Json -InputObject $config -Depth 20
    [IO.File]::WriteAllText($daemonFile, $json, (New-Object -TypeName Text.UTF8Encoding -ArgumentList $false))
}
""",
    "Restore-DaemonFile": """\
function Restore-DaemonFile {
    # Puts daemon.json back as it was found.
    if (Test-Path -LiteralPath $daemonBackup) { Copy-Item -LiteralPath $daemonBackup -Destination $daemonFile -Force }
    elseif (Test-Path -LiteralPath $daemonFile) { Remove-Item -LiteralPath $daemonFile }
}
""",
    "Test-FirewallRule": """\
function Test-FirewallRule([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetFirewallRule -Name $Name -ErrorAction SilentlyContinue)
}
""",
    "Test-Feature": """\
function Test-Feature([string] $Name, [switch] $OrPending) {
    # Whether a feature of a server is installed, or will be after a restart.
    $state = "$((Get-WindowsFeature -Name $Name).InstallState)"
    $state -eq 'Installed' -or ($OrPending -and $state -eq 'InstallPending')
}
""",
    "Test-OptionalFeature": """\
function Test-OptionalFeature([string] $Name, [switch] $OrPending) {
    # Whether a feature of a client Windows is on, or will be after a restart.
    $state = "$((Get-WindowsOptionalFeature -Online -FeatureName $Name).State)"
    $state -eq 'Enabled' -or ($OrPending -and $state -eq 'EnablePending')
}
""",
    "Get-IPv6Setting": """\
function Get-IPv6Setting {
    # Which IPv6 components are switched off; nothing or 0 when all may start.
    $found = Get-ItemProperty -Path $ipv6Key -Name DisabledComponents -ErrorAction SilentlyContinue
    if ($found) { $found.DisabledComponents }
}
""",
    "Test-StartTask": """\
function Test-StartTask([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    # Whether a task runs this very script when Windows starts.
    $copy = Join-Path $markFolder 'start.ps1'
    if (-not (Get-ScheduledTask -TaskName $Name -ErrorAction SilentlyContinue)) { return $false }
    (Test-Path -LiteralPath $copy) -and
        (Get-Content -LiteralPath $copy -Raw) -eq (Get-Content -LiteralPath $PSCommandPath -Raw)
}
""",
    "Set-StartTask": """\
function Set-StartTask([string] $Name) {
    # Keeps a copy of this script and has it run as SYSTEM when Windows starts.
    $copy = Join-Path $markFolder 'start.ps1'
    if ($PSCommandPath -ne $copy) {
        Set-Mark 'start.ps1'
        Copy-Item -LiteralPath $PSCommandPath -Destination $copy -Force
    }
    $arguments = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$copy`""
    $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument $arguments
    $trigger = New-ScheduledTaskTrigger -AtStartup
    $null = Register-ScheduledTask -TaskName $Name -Action $action -Trigger $trigger -User 'SYSTEM' `
        -RunLevel Highest -Force -ErrorAction Stop
}
""",
    "Remove-StartTask": """\
function Remove-StartTask([string] $Name) {
    if (Get-ScheduledTask -TaskName $Name -ErrorAction SilentlyContinue) {
        Unregister-ScheduledTask -TaskName $Name -Confirm:$false -ErrorAction Stop
    }
    Clear-Mark 'start.ps1'
}
""",
}
