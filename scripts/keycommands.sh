#!/usr/bin/env bash
# Checks that SECRET_KEY_COMMAND and KEY_COMMAND work with pass and age, and that nothing
# is run before it is allowed. Run it by hand on a Debian machine. It installs what is
# missing with apt-get, and uses keys and folders of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'gpgconf --homedir "$work/gnupg" --kill all 2>/dev/null || true; rm -rf "$work"' EXIT

for program in pass age gpg; do
	command -v "$program" >/dev/null || missing+=("${program/gpg/gnupg}")
done
[ -z "${missing+x}" ] || apt-get install -y "${missing[@]}" >/dev/null
CGO_ENABLED=0 go build -o "$work/tokendesk" .
cd "$work"
export HOME=$work XDG_CONFIG_HOME=$work/config GNUPGHOME=$work/gnupg PASSWORD_STORE_DIR=$work/store PATH=$work:$PATH
unset SECRET_KEY KEY_FILE

# expect CODE COMMAND... fails unless the command ends with the code.
expect() {
	local want=$1 got=0
	shift
	"$@" >out 2>err || got=$?
	if [ "$got" != "$want" ]; then
		echo "$* ended with $got, want $want" >&2
		cat out err >&2
		exit 1
	fi
}

mkdir -m 700 gnupg
gpg --batch --quiet --passphrase '' --quick-generate-key ada@example.com default default never
pass init ada@example.com >/dev/null
secret=$(openssl rand -hex 32)
echo "$secret" | pass insert --echo api/secret >/dev/null

echo "pass: SECRET_KEY_COMMAND"
echo "SECRET_KEY_COMMAND=pass show api/secret" >.env
expect 3 tokendesk issue ada
grep -q "tokendesk trust" err
expect 0 tokendesk trust --yes
expect 0 tokendesk issue ada
token=$(cat out)
printf '%s' "$secret" >secret.txt
expect 0 tokendesk verify --key-file secret.txt "$token"
expect 0 tokendesk verify "$token"
expect 0 tokendesk doctor

echo "pass: an entry that is not there"
echo "SECRET_KEY_COMMAND=pass show api/other" >.env
expect 0 tokendesk trust --yes
expect 3 tokendesk issue ada
grep -q "api/other is not in the password store" err

echo "age: KEY_COMMAND"
rm .env
tokendesk keys generate private.pem >/dev/null
tokendesk keys public --key-file private.pem >public.jwks
age-keygen -o age.key 2>/dev/null
age -r "$(age-keygen -y age.key)" -o private.pem.age private.pem
echo "KEY_COMMAND=age -d -i ~/age.key private.pem.age" >.env
expect 3 tokendesk issue ada
expect 0 tokendesk trust --yes
expect 0 tokendesk issue ada
expect 0 tokendesk verify --key-file public.jwks "$(cat out)"

echo "age: another key"
age-keygen -o other.key 2>/dev/null
echo "KEY_COMMAND=age -d -i other.key private.pem.age" >.env
expect 0 tokendesk trust --yes
expect 3 tokendesk issue ada
grep -q "age: error: no identity matched any of the recipients" err

echo "all good"
