#!/usr/bin/env bash
# Writes the files that accompany the program in a release into a folder: the shell
# completions and the manual page. The program generates them; nothing is downloaded.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: scripts/extras.sh FOLDER" >&2 && exit 2; }
mkdir -p "$1/completions" "$1/man"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

CGO_ENABLED=0 go build -o "$work/tokendesk" .
for shell in bash zsh fish powershell; do
	"$work/tokendesk" completion "$shell" > "$folder/completions/tokendesk.$shell"
done
mv "$folder/completions/tokendesk.powershell" "$folder/completions/tokendesk.ps1"
"$work/tokendesk" man > "$folder/man/tokendesk.1"
