// Hono with its own JWT middleware.
import "dotenv/config";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { jwt, sign } from "hono/jwt";

const secret = process.env.JWT_SECRET;
const app = new Hono();

app.post("/login", async (c) => {
  const exp = Math.floor(Date.now() / 1000) + 60 * 5;
  return c.json({ token: await sign({ sub: "ada@example.com", exp }, secret, "HS256") });
});

app.use("/me", jwt({ secret, alg: "HS256" }));
app.get("/me", (c) => c.json({ user: c.get("jwtPayload").sub }));

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" });
