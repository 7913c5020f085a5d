#!/usr/bin/env bash
# Makes pictures of the screens from the running program in tmux: those of the README and the
# docs, as SVG, or with a folder every screen as PNG in four sizes and two themes.
#
#	scripts/pictures.sh [folder [screen…]]
#
# It needs go and tmux, and a few minutes.
set -euo pipefail
folder=${1:+$(mkdir -p "$1" && realpath "$1")}
cd "$(dirname "$0")/.."

freeze=github.com/charmbracelet/freeze@v0.2.2
dir=$(mktemp -d)
tmux() { command tmux -f /dev/null -S "$dir/socket" "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$dir"' EXIT

# What the pictures show: a project with personas, and a token of somebody else.
go build -o "$dir/tokendesk" .
GOBIN="$dir" go install "$freeze"
mkdir "$dir/project" "$dir/empty"
(umask 077 && cat >"$dir/project/.env") <<'ENV'
SECRET_KEY=h8Kq2vYw5nRz-made-for-one-picture-T4mXc7Lb
PROJECT_NAME=Job Board
ISSUER=https://auth.example.com
AUDIENCE=jobs-api
ENV
cat >"$dir/project/personas.yaml" <<'YAML'
admin:
  subject: ada@example.com
  claims:
    role: admin
    scopes: [read, write]
    tenant: "{{uuid}}"
    realm_access:
      roles: [admin, offline_access]
customer:
  subject: eve@example.com
  lifetime: 15m
  claims:
    role: customer
support:
  subject: bob@example.com
  lifetime: 8h
  claims:
    role: support
mailer:
  subject: svc-mailer
  lifetime: 7h
  claims:
    scopes: ["mail:send"]
expired-card:
  extends: customer
  subject: carol@example.com
  disabled: true
  claims:
    card: expired
YAML
cat >"$dir/claims.json" <<'JSON'
{"jti":"8f2a9b1c-5a51-4c1e-9d43-0b6e77c0c3a1","iss":"https://kc.example/realms/shop","aud":["account","jobs-api"],
"sub":"f:550e8400:realm-user-17","typ":"Bearer","azp":"shop-web","sid":"7c1e0d5e-6a21","acr":"1",
"allowed-origins":["https://shop.example"],"realm_access":{"roles":["offline_access","admin"]},
"resource_access":{"account":{"roles":["manage-account","view-profile"]}},"scope":"openid profile email",
"email_verified":true,"name":"Ada Example","preferred_username":"ada","email":"ada@example.com"}
JSON
(cd "$dir" && ./tokendesk keys generate other.jwk --alg RS256 >/dev/null &&
	./tokendesk issue --key-file other.jwk --claims claims.json --expires-in 5m >other.jwt 2>/dev/null)

# The ledger of its screen. Every program here keeps its state in the temporary folder, so that
# the ledger of the user is neither seen nor touched.
export XDG_STATE_HOME="$dir/recorded" XDG_CONFIG_HOME="$dir/config"
record() { (cd "$dir/project" && ../tokendesk issue "$@" >/dev/null 2>&1); }
for who in ada@example.com eve@example.com bob@example.com grace@example.com; do
	record "$who" --expires-in 30m
done
for who in customer support admin customer mailer admin; do record --persona "$who"; done

tmux new-session -d -s kept cat # so that the server stays between two screens

# start opens the console in a folder, with no ledger or with the one that is named, and the
# others use it.
start() { # size theme folder [ledger]
	tmux kill-session -t shown 2>/dev/null || true
	sleep 0.2 # until it has kept its board
	rm -rf "$dir/state"
	if [ $# -gt 3 ]; then cp -r "$dir/$4" "$dir/state"; fi
	tmux new-session -d -s shown -x "${1%x*}" -y "${1#*x}" -c "$dir/$3" \
		"env -u NO_COLOR -u SECRET_KEY XDG_STATE_HOME='$dir/state' TERM=xterm-256color COLORTERM=truecolor TZ=UTC TOKENDESK_THEME=$2 ../tokendesk"
	sleep 0.7
}
press() { tmux send-keys -t shown "$@" && sleep 0.25; }
write() { tmux send-keys -t shown -l "$1" && sleep 0.25; }
paste() { # file
	tmux load-buffer "$1"
	tmux paste-buffer -t shown -p
	sleep 0.4
}
persona() { press C-p && write "$1" && press Enter Enter; }
name() { # subject lifetime
	write "$1"
	press Tab C-u
	write "$2"
	press Enter BTab C-u
}
several() {
	name realm-user-17 4m
	name grace@example.com 1h
	name svc-mailer 7h
	for who in cust supp adm; do persona "$who"; done
}

# The screens: each is a function that begins with start.
first() { start "$1" "$2" empty; }
issue() { start "$1" "$2" project && several; }
claims() { start "$1" "$2" project && press C-p && write adm && press Enter Tab Tab Enter && write 'plan:="gold"'; }
board() { issue "$@" && press F3; }
inspect() { start "$1" "$2" project && press F4 && paste "$dir/other.jwt"; }
faults() { start "$1" "$2" project && persona adm && press F5 Down Down Down Enter; }
edit() { start "$1" "$2" project && persona adm && press Escape && press e; }
palette() { issue "$@" && press C-p && write co; }
copyas() { start "$1" "$2" project && persona adm && press Escape && press c; }
personas() { start "$1" "$2" project recorded && press F6; }
ledger() { start "$1" "$2" project recorded && press F7; }
help() { start "$1" "$2" project && press F1; }

# freeze begins each line without style, and does not know the sequence that ends a
# background. So each line is captured alone, and gets the background of the picture. Of a
# bar tmux leaves out the cells at the end that were erased.
snap() { # background as r;g;b
	local columns rows row line
	read -r columns rows < <(tmux display-message -t shown -p '#{pane_width} #{pane_height}')
	for row in $(seq 0 $((rows - 1))); do
		line=$(tmux capture-pane -t shown -e -N -p -S "$row" -E "$row")
		if [[ $line == $'\e[48;2;'* ]]; then line=$(fill "$columns" "$line"); fi
		printf '%s\n' "$line" | sed -E "s/([[;])49m/\148;2;$1m/g"
	done >"$dir/screen"
}
fill() { # columns line
	local plain LC_ALL=C.UTF-8
	plain=$(sed $'s/\e\\[[0-9;]*m//g' <<<"$2")
	printf '%s%*s\n' "$2" $(($1 - ${#plain})) ''
}
draw() { # file background
	"$dir/freeze" --language ansi --output "$1" --background "$2" --padding 14,18,8,18 --margin 0 --border.radius 10 \
		--font.size 14 --font.ligatures=false --line-height 1.24 "$dir/screen" >/dev/null
}

if [ -n "$folder" ]; then
	shift
	for screen in "${@:-first issue claims board inspect faults edit palette copyas personas ledger help}"; do
		for screen in $screen; do
			for size in 200x60 120x40 80x24 40x10; do
				for theme in "dark 18;19;26 #12131a" "light 255;255;255 #ffffff"; do
					read -r name rgb colour <<<"$theme"
					"$screen" "$size" "$name"
					snap "$rgb"
					draw "$folder/$screen-$size-$name.png" "$colour"
				done
			done
		done
	done
	exit
fi

# The font that freeze embeds is TrueType, whatever the file says, and a viewer that
# ignores embedded fonts needs another fixed-width font.
for screen in issue board inspect personas ledger; do
	"$screen" 120x33 dark
	snap "18;19;26"
	draw "$dir/$screen.svg" '#12131a'
	sed -e 's|application/x-font-woff2|font/ttf|' \
		-e "s|format(&apos;woff2&apos;);&apos;|format(\&apos;truetype\&apos;);|" \
		-e 's|font-family="JetBrains Mono"|font-family="JetBrains Mono, ui-monospace, Menlo, Consolas, monospace"|' \
		"$dir/$screen.svg" >"docs/$screen.svg"
done
