// A wallet that keeps to draft 15 of OpenID4VCI: @sphereon/oid4vci-client, which sends a client_id, a user_pin and a
// single proof.
//
// Reads {"fetch": {link, configuration, format, pin, shown}} as JSON lines, answers each with {"credentials",
// "holders", "notified": whether the notification was taken} or {"error": reason}. What comes later it waits for.
import {createInterface} from 'node:readline';

import {OpenID4VCIClientV1_0_15} from '@sphereon/oid4vci-client';
import {exportJWK, generateKeyPair, SignJWT} from 'jose';

const ALG = 'ES256';
const ASK_AGAIN_MS = 200;

// The library prints there what it wants to be known.
console.log = console.error;

async function fetched({link, configuration, format, pin, shown}) {
  const {privateKey, publicKey} = await generateKeyPair(ALG, {extractable: true});
  const jwk = await exportJWK(publicKey);
  const did = `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
  const key = shown === 'jwk' ? {jwk} : {kid: `${did}#0`};
  const client = await OpenID4VCIClientV1_0_15.fromURI(
    {uri: link, alg: ALG, clientId: did, retrieveServerMetadata: true, ...(key.kid ? key : {})});
  // It reads where deferred credentials are, and looks for that in another place (0.20.1).
  const endpoints = client.endpointMetadata;
  endpoints.deferred_credential_endpoint = endpoints.credentialIssuerMetadata.deferred_credential_endpoint;
  await client.acquireAccessToken(pin ? {pin} : {});
  const signCallback = ({header, payload}) => new SignJWT(payload).setProtectedHeader(header).sign(privateKey);
  const answer = await client.acquireCredentials({
    credentialConfigurationId: configuration, format, alg: ALG, ...key, proofCallbacks: {signCallback},
    deferredCredentialAwait: true, deferredCredentialIntervalInMS: ASK_AGAIN_MS,
  });
  return {
    credentials: answer.credentials.map(({credential}) => credential),
    holders: [shown === 'jwk' ? '' : did],
    notified: answer.notification_id ? await notified(client, answer) : false,
  };
}

async function notified(client, {notification_id, access_token: token}) {
  const {notification_endpoint: notificationEndpoint} = client.endpointMetadata.credentialIssuerMetadata;
  const answer = await client.sendNotification({notificationEndpoint}, {notification_id, event: 'credential_accepted'}, token);
  return !answer.error;
}

for await (const line of createInterface({input: process.stdin})) {
  const answer = await fetched(JSON.parse(line).fetch).catch(error => ({error: `${error.stack}`}));
  process.stdout.write(JSON.stringify(answer) + '\n');
}
