#!/usr/bin/env bash
# Probes a FastAPI service with python-jose and an Express service with jsonwebtoken,
# each with a secret and with a key pair, and prints the faults that were accepted. Run it
# by hand on a Debian machine. It installs missing Python packages with apt-get, and npm
# packages into a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."
services=$PWD/scripts/services
work=$(mktemp -d)
service=
stop() { if [ -n "$service" ]; then kill "$service" 2>/dev/null && wait "$service" 2>/dev/null || true; fi; service=; }
trap 'stop; rm -rf "$work"' EXIT

python=/usr/bin/python3
$python -c 'import fastapi, jose, uvicorn' 2>/dev/null || apt-get install -y python3-fastapi python3-jose uvicorn
CGO_ENABLED=0 go build -o "$work/tokendesk" .
cp "$services"/* "$work"
cd "$work"
npm install --silent --no-fund --no-audit express jsonwebtoken

./tokendesk keys generate private.pem --alg RS256 > keys.txt
./tokendesk keys public --key-file private.pem --format pem > public.pem
openssl rand -hex 32 > secret.txt
chmod 600 secret.txt

# probe NAME PORT ALGORITHM COMMAND...
probe() {
	local name=$1 port=$2 algorithm=$3
	shift 3
	local key=secret.txt
	export ALGORITHM=$algorithm PORT=$port
	unset SECRET_KEY PUBLIC_KEY_FILE
	if [ "$algorithm" = HS256 ]; then SECRET_KEY=$(cat secret.txt) && export SECRET_KEY; else export PUBLIC_KEY_FILE=public.pem && key=private.pem; fi
	"$@" > "$name.log" 2>&1 &
	service=$!
	local tries=0
	until (echo > "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
		tries=$((tries + 1))
		if [ "$tries" -gt 100 ]; then cat "$name.log" >&2 && exit 1; fi
		sleep 0.1
	done
	unset SECRET_KEY ALGORITHM
	echo "== $name, $algorithm"
	./tokendesk probe "http://127.0.0.1:$port/users/me" ada@example.com --key-file "$key" --alg "$algorithm" \
		--issuer https://auth.example.com --kid 2026-11 > report.txt || true
	grep -v '  [✓–]' report.txt
	./tokendesk probe --leeway "http://127.0.0.1:$port/users/me" ada@example.com --key-file "$key" --alg "$algorithm" || true
	stop
}

$python -c 'import fastapi, jose; print("FastAPI", fastapi.__version__, "with python-jose", jose.__version__)'
node -e 'for (const name of ["express", "jsonwebtoken"]) console.log(name, require(`./node_modules/${name}/package.json`).version)'
for algorithm in HS256 RS256; do
	probe "FastAPI with python-jose" 8731 "$algorithm" $python -m uvicorn main:app --host 127.0.0.1 --port 8731
	probe "Express with jsonwebtoken" 8732 "$algorithm" node server.mjs
done
