// Keeps a verifier on this machine. What it fetches with HTTPS from its vendor's host
// comes from the server of these tests, which has our keys where the vendor has its own;
// a connection to any other address fails before it is opened.
"use strict";
const http = require("node:http");
const https = require("node:https");
const module_ = require("node:module");
const net = require("node:net");
const { urlToHttpOptions } = require("node:url");

const standIn = new URL(process.env.STAND_IN);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const { host, path } = Array.isArray(args[0]) ? args[0][0] : net._normalizeArgs(args)[0];
  if (path || host !== standIn.hostname) throw new Error(`no connection to ${path ?? host} in a test`);
  return connect.apply(this, args);
};

https.request = (first, ...rest) => {
  let options = first;
  if (typeof first === "string" || first instanceof URL) {
    const more = typeof rest[0] === "function" ? {} : rest.shift();
    options = { ...urlToHttpOptions(new URL(first)), ...more };
  }
  const { method, headers, timeout, signal, path = "/" } = options;
  const host = options.hostname ?? options.host;
  return http.request({ method, headers, timeout, signal, hostname: standIn.hostname, port: standIn.port, path: `/${host}${path}` }, ...rest);
};
https.get = (...args) => {
  const request = https.request(...args);
  request.end();
  return request;
};
module_.syncBuiltinESMExports();

const fetch_ = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(input.url ?? input);
  return fetch_(url.protocol === "https:" ? `${standIn.origin}/${url.host}${url.pathname}${url.search}` : url, init);
};
