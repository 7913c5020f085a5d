#!/usr/bin/env bash
# Checks for every algorithm that PyJWT, python-jose and npm's jose and jsonwebtoken
# accept our tokens, and that we accept theirs; for ML-DSA, jose on a Node.js that has it.
# Run it by hand on a Debian machine. It installs missing Python packages with apt-get, and
# npm packages, Node.js 24 among them, into a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python=/usr/bin/python3
$python -c 'import jose, jwt, cryptography' 2>/dev/null || apt-get install -y python3-jose python3-jwt python3-cryptography
CGO_ENABLED=0 go build -o "$work/tokendesk" .
(cd "$work" && npm install --silent --no-fund --no-audit jose jsonwebtoken node@24)
cd "$work"

cat > check.py <<'EOF'
import subprocess, sys
import jwt
from jose import jwt as jose

alg, private, public = sys.argv[1:4]
sign = open(private).read() if alg[:2] != "HS" else open("secret.txt").read().strip()
check = open(public).read() if alg[:2] != "HS" else sign
verify = ["./tokendesk", "verify", "--alg", alg, "--key-file", public]
token = subprocess.run(["./tokendesk", "issue", "Zoë", "--alg", alg, "--key-file", private], check=True, capture_output=True, text=True).stdout.strip()
assert jwt.decode(token, check, algorithms=[alg])["sub"] == "Zoë"
subprocess.run(verify, check=True, stdout=subprocess.DEVNULL, text=True, input=jwt.encode({"sub": "Zoë"}, sign, alg))
if alg[:2] in ("HS", "RS", "ES"):  # python-jose supports no others
    assert jose.decode(token, check, algorithms=[alg])["sub"] == "Zoë"
    subprocess.run(verify, check=True, stdout=subprocess.DEVNULL, text=True, input=jose.encode({"sub": "Zoë"}, sign, alg))
print(f"{alg}: PyJWT{', python-jose' if alg[:2] in ('HS', 'RS', 'ES') else ''}", end="", flush=True)
EOF

cat > check.mjs <<'EOF'
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createPrivateKey, createPublicKey, createSecretKey } from "node:crypto";
import * as jose from "jose";
import jsonwebtoken from "jsonwebtoken";

const [alg, privateFile, publicFile] = process.argv.slice(2);
const hmac = alg.startsWith("HS");
const sign = hmac ? createSecretKey(Buffer.from(readFileSync("secret.txt", "utf8").trim())) : createPrivateKey(readFileSync(privateFile));
const check = hmac ? sign : createPublicKey(readFileSync(publicFile));
const ours = (args, input) => execFileSync("./tokendesk", [...args, "--alg", alg], { input, encoding: "utf8" }).trim();
const verify = (token) => ours(["verify", "--key-file", publicFile], token);
const same = (sub) => { if (sub !== "Zoë") throw new Error(`${alg}: ${sub}`); };

const token = ours(["issue", "Zoë", "--key-file", privateFile]);
same((await jose.jwtVerify(token, check, { algorithms: [alg] })).payload.sub);
verify(await new jose.SignJWT({ sub: "Zoë" }).setProtectedHeader({ alg }).sign(sign));
let who = ", jose";
if (alg !== "EdDSA") { // jsonwebtoken has no such
  same(jsonwebtoken.verify(token, check, { algorithms: [alg] }).sub);
  verify(jsonwebtoken.sign({ sub: "Zoë" }, sign, { algorithm: alg }));
  who += ", jsonwebtoken";
}
console.log(who);
EOF

umask 077
openssl rand -hex 32 > secret.txt
for alg in HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA; do
	case $alg in
	HS*) private=secret.txt public=secret.txt ;;
	*)
		private=$alg.pem public=$alg.pub.pem
		./tokendesk keys generate "$private" --alg "$alg" > /dev/null
		./tokendesk keys public --format pem --alg "$alg" --key-file "$private" > "$public"
		;;
	esac
	$python check.py "$alg" "$private" "$public"
	node check.mjs "$alg" "$private" "$public"
done

cat > mldsa.mjs <<'EOF'
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createPrivateKey } from "node:crypto";
import * as jose from "jose";

const alg = process.argv[2];
const ours = (args, input) => execFileSync("./tokendesk", args, { input, encoding: "utf8" }).trim();
const same = (got, want) => { if (got !== want) throw new Error(`${alg}: ${got}, want ${want}`); };
const both = async (file, sign, check) => { // the same key in our file and in their form
  const token = ours(["issue", "Zoë", "--key-file", file]);
  same((await jose.jwtVerify(token, check, { algorithms: [alg] })).payload.sub, "Zoë");
  ours(["verify", "--key-file", file], await new jose.SignJWT({ sub: "Zoë" }).setProtectedHeader({ alg }).sign(sign));
};

for (const file of [`${alg}.pem`, `${alg}.jwk`]) { // our key
  const text = readFileSync(file, "utf8");
  const sign = file.endsWith(".pem") ? createPrivateKey(text) : await jose.importJWK(JSON.parse(text), alg);
  const set = JSON.parse(ours(["keys", "public", "--key-file", file]));
  await both(file, sign, jose.createLocalJWKSet(set));
  same(set.keys[0].kid, await jose.calculateJwkThumbprint(set.keys[0]));
}
const own = await jose.generateKeyPair(alg, { extractable: true }); // their key
const jwk = { ...(await jose.exportJWK(own.privateKey)), alg };
writeFileSync("theirs.jwk", JSON.stringify(jwk));
writeFileSync("theirs.pem", createPrivateKey({ key: jwk, format: "jwk" }).export({ type: "pkcs8", format: "pem" }));
await both("theirs.jwk", own.privateKey, own.publicKey);
await both("theirs.pem", own.privateKey, own.publicKey);
console.log(`${alg}: jose`);
EOF

for alg in ML-DSA-44 ML-DSA-65 ML-DSA-87; do
	./tokendesk keys generate "$alg.pem" --alg "$alg" > /dev/null
	./tokendesk keys generate "$alg.jwk" --alg "$alg" > /dev/null
	node_modules/.bin/node --no-warnings mldsa.mjs "$alg"
done
echo "all good"
