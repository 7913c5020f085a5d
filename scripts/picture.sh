#!/usr/bin/env bash
# Makes docs/console.svg: builds the program, uses it in tmux with a temporary .env, and
# draws the screen. It needs go, tmux and a minute.
set -euo pipefail
png=${1:+$(realpath "$1")}
cd "$(dirname "$0")/.."

freeze=github.com/charmbracelet/freeze@v0.2.2
dir=$(mktemp -d)
tmux() { command tmux -f /dev/null -S "$dir/socket" "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$dir"' EXIT

go build -o "$dir/tokendesk" .
(umask 077 && cat >"$dir/.env") <<'ENV'
SECRET_KEY=h8Kq2vYw5nRz-made-for-one-picture-T4mXc7Lb
PROJECT_NAME=Job Board
PROJECT_VERSION=1.0.0
ENV

press() { tmux send-keys "$@" && sleep 0.3; }
write() { tmux send-keys -l "$1" && sleep 0.3; }
issue() { # subject lifetime
	press n C-u
	write "$1"
	press Tab C-u
	write "$2"
	press Enter
}

tmux new-session -d -x 112 -y 30 -c "$dir" \
	"env -u NO_COLOR -u SECRET_KEY TERM=tmux-256color COLORTERM=truecolor TZ=UTC ./tokendesk"
sleep 1
write ops@example.com
press Enter
issue dev-42 8h
issue grace@example.com 1h
press n C-u
write ada@example.com
press Tab C-u
write 2m
press Tab
write role=admin
press Enter
write 'scopes:=["read","write"]'
press C-s
sleep 36 # so that a countdown is visible
printf %s "$(tmux capture-pane -e -p)" >"$dir/screen" # without the last line feed

draw() { # file
	go run "$freeze" --language ansi --output "$1" \
		--background '#11131a' --padding 18,22,4,22 --margin 0 --border.radius 10 \
		--font.size 14 --font.ligatures=false --line-height 1.24 "$dir/screen"
}

# The font that freeze embeds is TrueType, whatever the file says, and a viewer that
# ignores embedded fonts needs another fixed-width font.
draw "$dir/console.svg"
sed -e 's|application/x-font-woff2|font/ttf|' \
	-e "s|format(&apos;woff2&apos;);&apos;|format(\&apos;truetype\&apos;);|" \
	-e 's|font-family="JetBrains Mono"|font-family="JetBrains Mono, ui-monospace, Menlo, Consolas, monospace"|' \
	"$dir/console.svg" >docs/console.svg
if [ -n "$png" ]; then # also write a PNG: scripts/picture.sh file.png
	draw "$dir/console.png"
	mv "$dir/console.png" "$png"
fi
