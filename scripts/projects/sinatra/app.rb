# Sinatra with ruby-jwt. SESSION_SECRET signs Sinatra's cookies.
require "dotenv/load"
require "json"
require "jwt"
require "sinatra"

set :bind, "127.0.0.1"
set :port, ENV.fetch("PORT")
set :server, "webrick"
enable :sessions
set :session_secret, ENV.fetch("SESSION_SECRET")

SECRET = ENV.fetch("JWT_SECRET")
ISSUER = ENV.fetch("JWT_ISSUER")
AUDIENCE = ENV.fetch("JWT_AUDIENCE")
LIFETIME = ENV.fetch("JWT_EXPIRATION_HOURS").to_i * 3600

before { content_type :json }

post "/login" do
  payload = { sub: "ada@example.com", iss: ISSUER, aud: AUDIENCE, exp: Time.now.to_i + LIFETIME }
  { token: JWT.encode(payload, SECRET, "HS256") }.to_json
end

get "/me" do
  token = request.env["HTTP_AUTHORIZATION"].to_s.split.last
  options = { algorithm: "HS256", iss: ISSUER, verify_iss: true, aud: AUDIENCE, verify_aud: true }
  payload, = JWT.decode(token, SECRET, true, options)
  { user: payload["sub"] }.to_json
rescue JWT::DecodeError => e
  halt 401, { error: e.message }.to_json
end
