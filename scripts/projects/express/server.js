// Express with jsonwebtoken.
require("dotenv").config({ quiet: true });
const express = require("express");
const jwt = require("jsonwebtoken");

const app = express();

const protect = (req, res, next) => {
  const header = req.headers.authorization;
  if (!header?.startsWith("Bearer ")) return res.status(401).json({ message: "Not authorized, no token" });
  try {
    req.user = jwt.verify(header.split(" ")[1], process.env.JWT_SECRET);
    next();
  } catch {
    res.status(401).json({ message: "Not authorized, token failed" });
  }
};

app.post("/login", (req, res) => {
  const options = { subject: "ada@example.com", expiresIn: process.env.JWT_EXPIRES_IN };
  res.json({ token: jwt.sign({}, process.env.JWT_SECRET, options) });
});

app.get("/me", protect, (req, res) => res.json({ user: req.user.sub }));

app.listen(Number(process.env.PORT), "127.0.0.1");
