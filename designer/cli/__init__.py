"""The command line: each subcommand parses, calls the api, formats, and returns an exit code."""
