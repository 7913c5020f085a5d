// Shows tokens to one verifier. On standard input: its name, its options and the tokens,
// as JSON; on standard output: for each token null if the verifier accepts it, else why not.
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { isDeepStrictEqual } from "node:util";
import * as jose from "jose";

const require = createRequire(import.meta.url);

// form returns the names and the kinds of what a token has.
const form = (token) => {
  const kinds = (object) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, typeof value]));
  return { header: kinds(jose.decodeProtectedHeader(token)), payload: kinds(jose.decodeJwt(token)) };
};

const same = (got, want) => {
  if (!isDeepStrictEqual(got, want)) throw new Error(`${JSON.stringify(got)}, not ${JSON.stringify(want)}`);
};

// Each takes the options and returns a function that throws unless the token is accepted.
const verifiers = {
  "keycloak-connect": ({ issuer, audience }) => {
    const GrantManager = require("keycloak-connect/middleware/auth-utils/grant-manager");
    const Token = require("keycloak-connect/middleware/auth-utils/token");
    const manager = new GrantManager({ realmUrl: issuer, clientId: audience, verifyTokenAudience: true, minTimeBetweenJwksRequests: -1 });
    return (token) => manager.validateToken(new Token(token, audience), "Bearer");
  },

  "passport-azure-ad": ({ issuer, audience }) => {
    const { BearerStrategy } = require("passport-azure-ad");
    const strategy = new BearerStrategy({
      identityMetadata: `${issuer}/.well-known/openid-configuration`,
      clientID: audience,
      issuer,
      loggingLevel: "fatal",
      loggingNoPII: false, // so that it says why
    }, (claims, done) => done(null, claims, {}));
    return (token) => new Promise((resolve, reject) => {
      Object.assign(strategy, { success: resolve, fail: (why) => reject(new Error(why)), error: reject });
      strategy.authenticate({ headers: { authorization: `Bearer ${token}` } }, {});
    });
  },

  "express-oauth2-jwt-bearer": ({ issuer, audience, strict, jwks }) => {
    const { auth } = require("express-oauth2-jwt-bearer");
    const check = auth({ issuer, jwksUri: jwks, audience, strict, tokenSigningAlg: "RS256" });
    return (token) => new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, host: "api.example.com" };
      const get = (name) => headers[name.toLowerCase()];
      const request = { headers, get, method: "GET", protocol: "https", originalUrl: "/", url: "/", is: () => false };
      check(request, {}, (error) => (error ? reject(error) : resolve()));
    });
  },

  "aws-jwt-verify": ({ issuer, clientId, group }) => {
    const { CognitoJwtVerifier } = require("aws-jwt-verify");
    const verifier = CognitoJwtVerifier.create({ userPoolId: issuer.split("/").at(-1), tokenUse: "access", clientId, groups: group });
    return (token) => verifier.verify(token);
  },

  "firebase-admin": ({ audience }) => {
    const { initializeApp } = require("firebase-admin/app");
    const { getAuth } = require("firebase-admin/auth");
    const verifier = getAuth(initializeApp({ projectId: audience }));
    return (token) => verifier.verifyIdToken(token);
  },

  // GitHub publishes no verifier: its rules by jose, and what Octokit makes of the same key.
  "universal-github-app-jwt": async ({ issuer, keyFile, publicKey }) => {
    const { default: makeToken } = await import("universal-github-app-jwt");
    const own = await makeToken({ id: issuer, privateKey: readFileSync(keyFile, "utf8") });
    const key = createPublicKey(publicKey);
    return async (token) => {
      same(form(token), form(own.token));
      const { payload } = await jose.jwtVerify(token, key, { algorithms: ["RS256"], issuer, requiredClaims: ["iat", "exp"] });
      const now = Date.now() / 1000;
      if (payload.iat > now || payload.exp > now + 600) throw new Error("iat or exp is too far in the future");
    };
  },

  // Apple publishes no verifier: its rules by jose, and what apns2 makes of the same key.
  // Apple's example has no typ, which apns2 adds.
  "apns2": ({ issuer, keyFile, keyID, publicKey }) => {
    const { ApnsClient } = require("apns2");
    const client = new ApnsClient({ team: issuer, keyId: keyID, signingKey: readFileSync(keyFile, "utf8"), keepAlive: false });
    const { typ, ...header } = form(client._getSigningToken()).header;
    const { payload } = form(client._getSigningToken());
    const key = createPublicKey(publicKey);
    return async (token) => {
      same(form(token), { header, payload });
      const read = await jose.jwtVerify(token, key, { algorithms: ["ES256"], issuer, maxTokenAge: "1h" });
      if (read.protectedHeader.kid !== keyID) throw new Error("another key ID");
    };
  },

  "@supabase/auth-js": ({ issuer }) => {
    const { GoTrueClient } = require("@supabase/auth-js");
    const client = new GoTrueClient({ url: issuer, autoRefreshToken: false, persistSession: false });
    return async (token) => {
      const { error } = await client.getClaims(token);
      if (error) throw error;
    };
  },
};

const { name, options, tokens } = JSON.parse(await text(process.stdin));
const verify = await verifiers[name](options);
const answers = {};
for (const [kind, token] of Object.entries(tokens)) {
  answers[kind] = await Promise.resolve(token).then(verify).then(() => null, (error) => error.message || String(error));
}
console.log(JSON.stringify(answers));
process.exit(0); // a verifier may keep a timer
