// A client of the authorization server: registration, authorization with PKCE, token, refresh, revocation, client
// credentials, each by oauth4webapi, which checks every answer against its specification.
//
// Reads jobs as JSON lines, answers each with one JSON line; what fails is {"error": reason}.
//   {"begin": {issuer, metadata, scope}}       -> {"authorization": the address that the browser is to open}
//   {"finish": where the browser was sent to}  -> {"scopes": [granted, refreshed], "read": [before, after revocation]}
//   {"own": {issuer, client_id, client_secret, scope}} -> {"scopes": [granted], "read": [status]}
import {createInterface} from 'node:readline';

import * as oauth from 'oauth4webapi';

const OPTIONS = {[oauth.allowInsecureRequests]: true};
const CREDENTIALS = '/ims/ob/v3p0/credentials';
const NATIVE = '/v1/credentials';
let flow;

async function discovered(issuer) {
  const url = new URL(issuer);
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, {...OPTIONS, algorithm: 'oauth2'}));
}

function authentication(client) {
  switch(client.token_endpoint_auth_method) {
    case 'none': return oauth.None();
    case 'client_secret_post': return oauth.ClientSecretPost(client.client_secret);
    default: return oauth.ClientSecretBasic(client.client_secret);
  }
}

async function begin({issuer, metadata, scope}) {
  const server = await discovered(issuer);
  const client = await oauth.processDynamicClientRegistrationResponse(
    await oauth.dynamicClientRegistrationRequest(server, metadata, OPTIONS));
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const authorization = new URL(server.authorization_endpoint);
  const redirectUri = client.redirect_uris[0];
  authorization.search = new URLSearchParams({
    client_id: client.client_id, redirect_uri: redirectUri, response_type: 'code', scope, state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  flow = {server, client, verifier, state, redirectUri};
  return {authorization: authorization.href};
}

async function finish(location) {
  const {server, client, verifier, state, redirectUri} = flow;
  const shown = authentication(client);
  const answer = oauth.validateAuthResponse(server, client, new URL(location), state);
  const first = await oauth.processAuthorizationCodeResponse(server, client,
    await oauth.authorizationCodeGrantRequest(server, client, shown, answer, redirectUri, verifier, OPTIONS));
  const second = await oauth.processRefreshTokenResponse(server, client,
    await oauth.refreshTokenGrantRequest(server, client, shown, first.refresh_token, OPTIONS));
  const before = await read(server, second, CREDENTIALS);
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, shown, second.refresh_token, OPTIONS));
  return {scopes: [first.scope, second.scope], read: [before, await read(server, second, CREDENTIALS)]};
}

async function own({issuer, scope, ...client}) {
  const server = await discovered(issuer);
  const parameters = new URLSearchParams({scope});
  const tokens = await oauth.processClientCredentialsResponse(server, client,
    await oauth.clientCredentialsGrantRequest(server, client, authentication(client), parameters, OPTIONS));
  return {scopes: [tokens.scope], read: [await read(server, tokens, NATIVE)]};
}

async function read(server, tokens, path) {
  try {
    const url = new URL(path, server.issuer);
    return (await oauth.protectedResourceRequest(tokens.access_token, 'GET', url, undefined, undefined, OPTIONS)).status;
  } catch(error) {
    if(error instanceof oauth.WWWAuthenticateChallengeError) {
      return error.response.status;
    }
    throw error;
  }
}

const JOBS = {begin, finish, own};

for await (const line of createInterface({input: process.stdin})) {
  const [[job, given]] = Object.entries(JSON.parse(line));
  let answer;
  try {
    answer = await JOBS[job](given);
  } catch(error) {
    answer = {error: `${error.message} ${JSON.stringify(error.cause) ?? ''}`};
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
