// A wallet that keeps to draft 15 of OpenID4VCI: @sphereon/oid4vci-client, which sends a client_id, a user_pin and a
// single proof.
//
// Reads jobs as JSON lines, answers each with one JSON line; what fails is {"error": reason}.
//   {"fetch": {link, configuration, format, pin, shown}}
//       -> {"credentials", "holders", "notified": whether the notification was taken}; what comes later it waits for
//   {"authorize": {link, client_id, redirect_uri, scope, pushed}} -> {"location": the address for the browser to open}
//   {"returned": {location, configuration, format}} -> as "fetch"
import {createInterface} from 'node:readline';

import {OpenID4VCIClientV1_0_15} from '@sphereon/oid4vci-client';
import {PARMode} from '@sphereon/oid4vci-common';
import {exportJWK, generateKeyPair, SignJWT} from 'jose';

const ALG = 'ES256';
const ASK_AGAIN_MS = 200;
let begun;

// The library prints there what it wants to be known.
console.log = console.error;

async function keyed(shown) {
  const {privateKey, publicKey} = await generateKeyPair(ALG, {extractable: true});
  const jwk = await exportJWK(publicKey);
  const did = `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
  const signCallback = ({header, payload}) => new SignJWT(payload).setProtectedHeader(header).sign(privateKey);
  return {did, shown: shown === 'jwk' ? {jwk} : {kid: `${did}#0`}, proofCallbacks: {signCallback}};
}

async function opened(link, more) {
  const client = await OpenID4VCIClientV1_0_15.fromURI({uri: link, alg: ALG, retrieveServerMetadata: true, ...more});
  // It reads where deferred credentials are, and looks for that in another place (0.20.1).
  const endpoints = client.endpointMetadata;
  endpoints.deferred_credential_endpoint = endpoints.credentialIssuerMetadata.deferred_credential_endpoint;
  return client;
}

async function fetched({link, configuration, format, pin, shown}) {
  const key = await keyed(shown);
  const client = await opened(link, {clientId: key.did});
  await client.acquireAccessToken(pin ? {pin} : {});
  return received(client, key, configuration, format);
}

async function authorize({link, client_id: clientId, redirect_uri: redirectUri, scope, pushed}) {
  const client = await opened(link, {clientId, createAuthorizationRequestURL: false});
  const parMode = pushed ? PARMode.REQUIRE : PARMode.NEVER;
  const location = await client.createAuthorizationRequestUrl(
    {authorizationRequest: {clientId, redirectUri, parMode, ...(scope ? {scope} : {})}});
  begun = {client, redirectUri};
  return {location};
}

async function returned({location, configuration, format}) {
  const {client, redirectUri} = begun;
  await client.acquireAccessToken({code: new URL(location).searchParams.get('code'), redirectUri});
  return received(client, await keyed('did:jwk'), configuration, format);
}

async function received(client, {did, shown, proofCallbacks}, configuration, format) {
  const answer = await client.acquireCredentials({
    credentialConfigurationId: configuration, format, alg: ALG, ...shown, proofCallbacks,
    deferredCredentialAwait: true, deferredCredentialIntervalInMS: ASK_AGAIN_MS,
  });
  return {
    credentials: answer.credentials.map(({credential}) => credential),
    holders: [shown.jwk ? '' : did],
    notified: answer.notification_id ? await notified(client, answer) : false,
  };
}

async function notified(client, {notification_id, access_token: token}) {
  const {notification_endpoint: notificationEndpoint} = client.endpointMetadata.credentialIssuerMetadata;
  const answer = await client.sendNotification({notificationEndpoint}, {notification_id, event: 'credential_accepted'}, token);
  return !answer.error;
}

const JOBS = {fetch: fetched, authorize, returned};

for await (const line of createInterface({input: process.stdin})) {
  const [[job, given]] = Object.entries(JSON.parse(line));
  const answer = await JOBS[job](given).catch(error => ({error: `${error.stack}`}));
  process.stdout.write(JSON.stringify(answer) + '\n');
}
