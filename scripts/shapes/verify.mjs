// Shows tokens to one verifier. On standard input: its name, its options and the tokens,
// as JSON; on standard output: for each token null if the verifier accepts it, else why not.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const require = createRequire(import.meta.url);

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
      const request = { headers: { authorization: `Bearer ${token}` }, is: () => false };
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
const verify = verifiers[name](options);
const answers = {};
for (const [kind, token] of Object.entries(tokens)) {
  answers[kind] = await Promise.resolve(token).then(verify).then(() => null, (error) => error.message || String(error));
}
console.log(JSON.stringify(answers));
process.exit(0); // a verifier may keep a timer
