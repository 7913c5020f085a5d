"""The check of a token as PostgREST documents it: the secret in base64, the audience, and the role."""

import base64
import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt
from dotenv import load_dotenv

load_dotenv()
secret = os.environ["PGRST_JWT_SECRET"].encode()
if os.environ["PGRST_JWT_SECRET_IS_BASE64"] == "true":
    secret = base64.b64decode(secret)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, secret, algorithms=["HS256"], audience=os.environ["PGRST_JWT_AUD"])
        except jwt.InvalidTokenError as error:
            return self.reply(401, {"code": "PGRST301", "message": str(error)})
        self.reply(200, {"user": claims["sub"], "role": claims.get("role", os.environ["PGRST_DB_ANON_ROLE"])})

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
