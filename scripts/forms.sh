#!/usr/bin/env bash
# Runs each form in which a token is copied with its real client against a server that
# answers with the header that it got: curl, HTTPie, Node.js, Python with requests, and a
# shell. Run it by hand on a Debian machine. It installs missing Python packages with
# apt-get. PowerShell is not run: a table in internal/copyas tests its quoting.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

python=/usr/bin/python3
$python -c 'import requests' 2>/dev/null || apt-get install -y python3-requests
command -v http > /dev/null || apt-get install -y httpie
CGO_ENABLED=0 go build -o "$work/tokendesk" .
cd "$work"

cat > server.py <<'PYTHON'
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import unquote


class Echo(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"{unquote(self.path)} {self.headers.get('Authorization')} {self.headers.get('Cookie')}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Echo)
print(server.server_port, flush=True)
server.serve_forever()
PYTHON
$python server.py > port.txt &
server=$!
until [ -s port.txt ]; do sleep 0.1; done

umask 077
(
	printf 'SECRET_KEY=%s\n' "$(openssl rand -hex 32)"
	# shellcheck disable=SC2016 # the shell that the form is pasted into must not expand it
	printf 'API_URL=%s\n' "'http://127.0.0.1:$(cat port.txt)/a?b=1&c=\$HOME&d=%22\`x\`'"
	printf 'API_COOKIE=access_token="Bearer {token}"\n'
) > .env
# shellcheck disable=SC2016
path='/a?b=1&c=$HOME&d=%22`x`'
url="http://127.0.0.1:$(cat port.txt)$path"
path=${path/\%22/\"} # as the server says it
token=$(./tokendesk issue Zoë)
issue() { ./tokendesk inspect --json "$token" | ./tokendesk issue --claims - --output "$1"; }

# same CLIENT ANSWER compares the answer of the server with the request that was meant.
same() {
	local want=${3:-"$path Bearer $token None"}
	case $2 in
	*"$want"*) echo "$1: right" ;;
	*) printf '%s sent\n%s\ninstead of\n%s\n' "$1" "$2" "$want" >&2 && exit 1 ;;
	esac
}

[ "$(issue token)" = "$token" ] || { echo "a token is not issued again byte for byte" >&2 && exit 1; }
same "curl" "$(bash -c "$(issue curl) -sS")"
same "HTTPie" "$(bash -c "$(issue httpie) --body")"
same "header, by curl" "$(issue header | curl -sS -H @- "$url")"
same "cookie, by curl" "$(issue cookie | curl -sS -H @- "$url")" "$path None access_token=\"Bearer $token\""
issue fetch > fetch.js
same "fetch, a script of Node.js" "$(node fetch.js)"
cp fetch.js fetch.mjs
same "fetch, a module of Node.js" "$(node fetch.mjs)"
issue requests > request.py
same "requests" "$($python request.py)"
same "env" "$(bash -c "$(issue env)"'; printf "%s" "$TOKEN"')" "$token"
same "json" "$(issue json | $python -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')" "$token"
echo "all good"
