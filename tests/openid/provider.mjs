// A provider of OpenID Connect on a free loopback port, for openid_suite.py: `oidc-provider`, with people
// and a client of the test's own. Prints {"issuer": ...} when it listens; stops when its input ends.
//
//   POST /testing/token {"claims": {...}, "key": "other"}: so the next token lies; the signature stays right,
//   but for "other", which signs with a key that is not in the set under a name that is. With "page": "/me"
//   the next userinfo lies.
//
// Called with `userinfo` it tells who somebody is on that page alone, as the standard would have it.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [tools, redirect, secret, way] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: Provider } = await load("oidc-provider");
const { SignJWT, decodeJwt, importJWK } = await load("jose");

const PEOPLE = {
  annelies: { preferred_username: "annelies", name: "Annelies Postma", groups: ["iets", "wijk-centrum"] },
  bea: { preferred_username: "bea.smit@example.nl", name: "Bea", groups: ["wijk"], afdeling: "noord" },
  coba: { preferred_username: "coba", name: "Coba", groups: ["coordinatie"], email: "coba@example.nl" },
  niemand: { preferred_username: "niemand", name: "Niemand", groups: ["financien"] },
  teamloos: { preferred_username: "teamloos", name: "Teamloos", groups: ["wijk"] },
  lokaal: { preferred_username: "lokaal", name: "Lokaal", groups: ["coordinatie"] },
  sleutel: { preferred_username: "dirk", name: "Dirk", groups: ["coordinatie"] },
  vreemd: { preferred_username: "niet zo'n naam", name: "Vreemd", groups: ["coordinatie"] },
};

const made = (kind, options, kid, alg) => ({
  ...generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" }), kid, alg, use: "sig",
});
const keys = [
  made("rsa", { modulusLength: 2048 }, "rsa", "RS256"),
  made("ec", { namedCurve: "P-256" }, "ec", "ES256"),
];
const other = made("rsa", { modulusLength: 2048 }, "rsa", "RS256");

const client = (client_id, id_token_signed_response_alg, token_endpoint_auth_method) => ({
  client_id, id_token_signed_response_alg, token_endpoint_auth_method, client_secret: secret,
  redirect_uris: [redirect], post_logout_redirect_uris: [new URL("/", redirect).href], response_types: ["code"], grant_types: ["authorization_code"],
});

const server = createServer();
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [client("vroegsein", "RS256", "client_secret_basic"), client("krommen", "ES256", "client_secret_basic"),
    client("ander", "RS256", "client_secret_basic")],
  claims: { openid: ["sub"], profile: ["name", "preferred_username", "groups", "afdeling"], email: ["email"] },
  conformIdTokenClaims: way === "userinfo",
  cookies: { keys: [secret] },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
  jwks: { keys },
  pkce: { required: () => true, methods: ["S256"] },
});

let lie = null;
provider.use(async (context, next) => {
  await next();
  if (!lie || context.path !== (lie.page ?? "/token")) return;
  if (lie.page) {
    context.body = { ...context.body, ...lie.claims };
    lie = null;
    return;
  }
  if (!context.body?.id_token) return;
  const key = lie.key === "other" ? other : keys[0];
  const claims = { ...decodeJwt(context.body.id_token), ...lie.claims };
  context.body.id_token = await new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: "rsa" }).sign(await importJWK(key, "RS256"));
  lie = null;
});

const answer = provider.callback();
server.on("request", (request, response) => {
  if (request.url !== "/testing/token") return answer(request, response);
  let text = "";
  request.on("data", (piece) => (text += piece));
  request.on("end", () => {
    lie = JSON.parse(text);
    response.end("{}");
  });
});
console.log(JSON.stringify({ issuer }));
process.stdin.on("end", () => process.exit(0)).resume();
