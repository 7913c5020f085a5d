<?php
// The check of LexikJWTAuthenticationBundle: RS256 by OpenSSL, exp, and the user in the
// claim username. Settings are read by Symfony's own component.
require '/usr/share/php/Symfony/Component/Dotenv/autoload.php';

(new Symfony\Component\Dotenv\Dotenv())->loadEnv(dirname(__DIR__).'/.env');

function file_of(string $name): string
{
    return file_get_contents(str_replace('%kernel.project_dir%', dirname(__DIR__), $_ENV[$name]));
}

function encoded(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function decoded(string $text): string
{
    return base64_decode(strtr($text, '-_', '+/'));
}

function login(): array
{
    $payload = ['iat' => time(), 'exp' => time() + 3600, 'roles' => ['ROLE_USER'], 'username' => 'ada@example.com'];
    $input = encoded(json_encode(['typ' => 'JWT', 'alg' => 'RS256'])).'.'.encoded(json_encode($payload));
    openssl_sign($input, $signature, openssl_pkey_get_private(file_of('JWT_SECRET_KEY'), $_ENV['JWT_PASSPHRASE']), OPENSSL_ALGO_SHA256);

    return ['token' => $input.'.'.encoded($signature)];
}

function me(): ?array
{
    $parts = explode('.', substr($_SERVER['HTTP_AUTHORIZATION'] ?? '', strlen('Bearer ')));
    if (3 !== count($parts) || 'RS256' !== (json_decode(decoded($parts[0]), true)['alg'] ?? null)) {
        return null;
    }
    $payload = json_decode(decoded($parts[1]), true);
    $valid = openssl_verify($parts[0].'.'.$parts[1], decoded($parts[2]), file_of('JWT_PUBLIC_KEY'), OPENSSL_ALGO_SHA256);

    return 1 === $valid && $payload['exp'] > time() && isset($payload['username']) ? ['user' => $payload['username']] : null;
}

header('Content-Type: application/json');
$body = '/login' === $_SERVER['REQUEST_URI'] ? login() : me();
if (null === $body) {
    http_response_code(401);
    $body = ['code' => 401, 'message' => 'Invalid JWT Token'];
}
echo json_encode($body);
