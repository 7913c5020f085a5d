"""Flask with Flask-JWT-Extended. SECRET_KEY signs Flask's sessions."""

import os
from datetime import timedelta

from dotenv import load_dotenv
from flask import Flask, jsonify
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required

load_dotenv()

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["JWT_SECRET_KEY"] = os.environ["JWT_SECRET_KEY"]
app.config["JWT_ACCESS_TOKEN_EXPIRES"] = timedelta(seconds=int(os.environ["JWT_ACCESS_TOKEN_EXPIRES"]))
jwt = JWTManager(app)


@app.route("/login", methods=["POST"])
def login():
    return jsonify(access_token=create_access_token(identity="ada@example.com"))


@app.route("/me")
@jwt_required()
def me():
    return jsonify(user=get_jwt_identity())
