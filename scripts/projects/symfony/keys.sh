# Makes the pair of keys as the documentation of LexikJWTAuthenticationBundle says.
set -eu
mkdir -p config/jwt
JWT_PASSPHRASE=$(sed -n 's/^JWT_PASSPHRASE=//p' .env)
export JWT_PASSPHRASE
openssl genpkey -quiet -out config/jwt/private.pem -aes256 -pass env:JWT_PASSPHRASE -algorithm rsa -pkeyopt rsa_keygen_bits:4096
openssl pkey -in config/jwt/private.pem -passin env:JWT_PASSPHRASE -out config/jwt/public.pem -pubout
