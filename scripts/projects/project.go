package main

import (
	"net/http"
	"strings"
)

// ownName is the setting that Tokendesk itself has for the secret.
const ownName = "SECRET_KEY"

// project is a service with the code and the settings file that its framework's
// documentation shows.
type project struct {
	folder string
	name   string
	debian []string // the packages it needs
	npm    []string // likewise, in package.json

	signer   string // the setting whose value signs
	alg      string
	lifetime string
	asked    []string // the settings that issue asks about before it signs
	claims   []string // claims that the framework requires besides those of a token of ours

	rejects int    // the status for a token that another key signed; 0 is 401
	cookie  bool   // the token is in the cookie access_token, and not in a header
	login   string // the form that its login requires; "-" if it has no login
}

var projects = []project{
	{
		folder: "fastapi", name: "FastAPI tutorial, cookie",
		debian: []string{"python3-fastapi", "python3-jose", "python3-dotenv", "uvicorn"},
		signer: ownName, alg: "HS256", lifetime: "30m", cookie: true,
	},
	{
		folder: "express", name: "Express",
		npm:    []string{"express", "jsonwebtoken"},
		signer: "JWT_SECRET", alg: "HS256", lifetime: "7d",
	},
	{
		folder: "nestjs", name: "NestJS",
		npm:    []string{"@nestjs/core", "@nestjs/jwt", "passport-jwt"},
		signer: "JWT_ACCESS_SECRET", alg: "HS256", lifetime: "15m",
	},
	{
		folder: "fastify", name: "Fastify, RSA",
		npm:    []string{"fastify", "@fastify/jwt"},
		signer: "JWT_PRIVATE_KEY", alg: "RS256", lifetime: "10m",
	},
	{
		folder: "hono", name: "Hono",
		npm:    []string{"hono"},
		signer: "JWT_SECRET", alg: "HS256", lifetime: "30m",
	},
	{
		folder: "flask", name: "Flask-JWT-Extended",
		debian: []string{"python3-flask", "python3-python-flask-jwt-extended", "python3-dotenv"},
		signer: "JWT_SECRET_KEY", alg: "HS256", lifetime: "1h", asked: []string{ownName, "JWT_SECRET_KEY"},
		rejects: http.StatusUnprocessableEntity,
	},
	{
		folder: "django", name: "Django, Simple JWT",
		debian: []string{"python3-django", "python3-djangorestframework-simplejwt", "python3-django-environ"},
		signer: ownName, alg: "HS256", lifetime: "5m",
		claims: []string{"token_type=access", "user_id:=1"}, login: "username=ada&password=ada",
	},
	{
		folder: "golang", name: "Go, golang-jwt",
		signer: "JWT_SIGNING_KEY", alg: "HS512", lifetime: "1h30m",
	},
	{
		folder: "sinatra", name: "Sinatra, ruby-jwt",
		debian: []string{"ruby-sinatra", "ruby-jwt", "ruby-dotenv"},
		signer: "JWT_SECRET", alg: "HS256", lifetime: "1d",
	},
	{
		folder: "symfony", name: "Symfony, keys of LexikJWT",
		debian: []string{"php-cli", "php-symfony-dotenv"},
		signer: "JWT_SECRET_KEY", alg: "RS256", lifetime: "30m", claims: []string{"username=ada@example.com"},
	},
	{
		folder: "postgrest", name: "PostgREST's check in PyJWT",
		debian: []string{"python3-jwt", "python3-dotenv"},
		signer: "PGRST_JWT_SECRET", alg: "HS256", lifetime: "30m", login: "-",
	},
}

// signs describes the expected token: the setting, the algorithm and the lifetime, and
// the question and the claims that it takes.
func (p project) signs() string {
	text := p.signer + ": " + p.alg + ", " + p.lifetime
	if p.asked != nil {
		text += ", asked"
	}
	if p.claims != nil {
		text += ", with " + strings.Join(p.claims, " ")
	}
	return text
}
