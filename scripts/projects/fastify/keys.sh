# Appends a new RSA key pair to the .env, each half on one line.
set -eu
pem=$(openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048)
line() { awk '{ printf "%s\\n", $0 }'; }
printf 'JWT_PRIVATE_KEY="%s"\n' "$(echo "$pem" | line)" >> .env
printf 'JWT_PUBLIC_KEY="%s"\n' "$(echo "$pem" | openssl pkey -pubout | line)" >> .env
