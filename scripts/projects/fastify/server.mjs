// Fastify with @fastify/jwt and an RSA key pair.
import "dotenv/config";
import fastifyJwt from "@fastify/jwt";
import Fastify from "fastify";

const fastify = Fastify();
fastify.register(fastifyJwt, {
  secret: { private: process.env.JWT_PRIVATE_KEY, public: process.env.JWT_PUBLIC_KEY },
  sign: { algorithm: "RS256", expiresIn: process.env.JWT_EXPIRES_IN },
});

fastify.post("/login", async () => ({ token: fastify.jwt.sign({ sub: "ada@example.com" }) }));

fastify.get("/me", { onRequest: (request) => request.jwtVerify() }, async (request) => ({ user: request.user.sub }));

fastify.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
