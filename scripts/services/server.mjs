// The usual way of checking a token in Express, with jsonwebtoken.
import { readFileSync } from "node:fs";
import express from "express";
import jsonwebtoken from "jsonwebtoken";

const algorithm = process.env.ALGORITHM;
const key = process.env.SECRET_KEY ?? readFileSync(process.env.PUBLIC_KEY_FILE, "utf8");

const app = express();

app.get("/users/me", (request, response) => {
  const [, token] = (request.headers.authorization ?? "").split(" ");
  if (!token) return response.sendStatus(401);
  jsonwebtoken.verify(token, key, { algorithms: [algorithm] }, (error, payload) => {
    if (error) return response.sendStatus(401);
    response.json({ username: payload.sub });
  });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
