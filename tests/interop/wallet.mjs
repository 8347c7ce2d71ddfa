// A wallet that keeps to OpenID4VCI 1.0: @openid4vc, which checks every answer against the specification.
//
// Reads jobs as JSON lines, answers each with one JSON line. What a server refused is {"status", "error"}, what failed
// otherwise is {"error": reason}. A wallet starts with "open" or "begin"; what it has then stays until the next one.
//   {"open": credential offer URI}         -> {"configurations", "grants", "code": what is asked of the person}
//   {"begin": credential issuer}           -> {"configurations"}: without an offer, the person chooses a badge there
//   {"redeem": transaction code or ""}     -> {"scope"}
//   {"authorize": {client_id, redirect_uri, scope, pushed}} -> {"location": the address that the browser is to open}
//   {"returned": where the browser was sent to}     -> {"scope"}
//   {"refresh": client id or ""}           -> {"scope"}
//   {"fetch": {configuration, keys: [how each is shown]}} -> {"credentials", "holders", "notification", "transaction"};
//       without keys, those that it has are shown again; a key that is shown as di_vp is shown alone
//   {"deferred": transaction}              -> the same
//   {"notify": event}                      -> {}
//   {"present": {credential, disclosed, audience, nonce}} -> {"credentials": [with a key binding by the first key]}
import {createHash, randomBytes} from 'node:crypto';
import {createInterface} from 'node:readline';

import {clientAuthenticationAnonymous, clientAuthenticationNone, Oauth2Client, setGlobalConfig} from '@openid4vc/oauth2';
import {Openid4vciClient} from '@openid4vc/openid4vci';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import {fromJwk, generate} from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {defaultDocumentLoader as documentLoader, signPresentation} from '@digitalbazaar/vc';
import {CompactSign, exportJWK, generateKeyPair, SignJWT} from 'jose';

setGlobalConfig({allowInsecureUrls: true});

let client;
let has;

const hash = (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest();

// Each way to show a key: its signer as the library names it, its id as the credential will name it, and the key.
const SHOWN = {
  async 'did:key'() {
    const {privateKey, publicKey} = await generateKeyPair('EdDSA', {extractable: true});
    const {publicKeyMultibase} = await fromJwk({jwk: await exportJWK(publicKey)});
    const did = `did:key:${publicKeyMultibase}`;
    return {signer: {method: 'did', didUrl: `${did}#${publicKeyMultibase}`, alg: 'EdDSA'}, holder: did, key: privateKey};
  },
  async 'did:jwk'() {
    const {privateKey, publicKey} = await generateKeyPair('ES256', {extractable: true});
    const did = `did:jwk:${Buffer.from(JSON.stringify(await exportJWK(publicKey))).toString('base64url')}`;
    return {signer: {method: 'did', didUrl: `${did}#0`, alg: 'ES256'}, holder: did, key: privateKey};
  },
  async jwk() {
    const {privateKey, publicKey} = await generateKeyPair('ES256', {extractable: true});
    return {signer: {method: 'jwk', publicJwk: await exportJWK(publicKey), alg: 'ES256'}, holder: '', key: privateKey};
  },
};

// A presentation of nothing shows a key as well (Appendix F.2); @digitalbazaar/vc signs it.
async function presented(challenge) {
  const pair = await generate();
  const did = `did:key:${pair.publicKeyMultibase}`;
  pair.id = `${did}#${pair.publicKeyMultibase}`;
  const presentation = {'@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'], holder: did};
  const suite = new DataIntegrityProof({signer: pair.signer(), cryptosuite});
  const domain = has.offer.credential_issuer;
  return {holder: did, di_vp: await signPresentation({presentation, suite, challenge, domain, documentLoader})};
}

async function proofsFor(configuration, nonce) {
  const proofs = await Promise.all(has.keys.map(({signer}) => client.createCredentialRequestJwtProof({
    issuerMetadata: has.issuer, credentialConfigurationId: configuration, signer, nonce, issuedAt: new Date(),
    clientId: has.clientId,
  })));
  return {jwt: proofs.map(({jwt}) => jwt)};
}

const callbacks = {
  fetch,
  hash,
  generateRandom: bytes => randomBytes(bytes),
  async signJwt(signer, {header, payload}) {
    const {key} = has.keys.find(each => each.signer === signer);
    return {jwt: await new SignJWT(payload).setProtectedHeader(header).sign(key), signerJwk: signer.publicJwk ?? {}};
  },
};

function clientOf(clientAuthentication) {
  return new Openid4vciClient({callbacks: {...callbacks, clientAuthentication}});
}

function granted({accessTokenResponse}) {
  has.tokens = accessTokenResponse;
  return {scope: accessTokenResponse.scope};
}

async function open(link) {
  client = clientOf(clientAuthenticationAnonymous());
  const offer = await client.resolveCredentialOffer(link);
  has = {offer, issuer: await client.resolveIssuerMetadata(offer.credential_issuer), keys: []};
  const code = Object.values(offer.grants).find(grant => grant.tx_code)?.tx_code;
  return {configurations: offer.credential_configuration_ids, grants: Object.keys(offer.grants), code};
}

async function begin(issuer) {
  client = clientOf(clientAuthenticationAnonymous());
  has = {issuer: await client.resolveIssuerMetadata(issuer), keys: []};
  const configurations = Object.keys(has.issuer.credentialIssuer.credential_configurations_supported);
  has.offer = {credential_issuer: issuer, credential_configuration_ids: configurations, grants: {authorization_code: {}}};
  return {configurations};
}

async function redeem(txCode) {
  const asked = {credentialOffer: has.offer, issuerMetadata: has.issuer, txCode: txCode || undefined};
  return granted(await client.retrievePreAuthorizedCodeAccessTokenFromOffer(asked));
}

async function authorize({client_id: clientId, redirect_uri: redirectUri, scope, pushed}) {
  client = clientOf(clientAuthenticationNone({clientId}));
  if(!pushed) {
    delete has.issuer.authorizationServers[0].pushed_authorization_request_endpoint;
  }
  const asked = {credentialOffer: has.offer, issuerMetadata: has.issuer, clientId, redirectUri, scope};
  const begun = await client.initiateAuthorization(asked);
  has = {...has, clientId, redirectUri, pkce: begun.pkce, server: begun.authorizationServer};
  return {location: begun.authorizationRequestUrl};
}

async function returned(location) {
  const [server] = has.issuer.authorizationServers;
  const answer = client.parseAndVerifyAuthorizationResponseRedirectUrl(
    {url: location, authorizationServerMetadata: server});
  if(answer.error) {
    return {error: answer.error};
  }
  return granted(await client.retrieveAuthorizationCodeAccessTokenFromOffer({
    credentialOffer: has.offer, issuerMetadata: has.issuer, authorizationCode: answer.code,
    pkceCodeVerifier: has.pkce.codeVerifier, redirectUri: has.redirectUri,
  }));
}

async function refresh(clientId) {
  const clientAuthentication = clientId ? clientAuthenticationNone({clientId}) : clientAuthenticationAnonymous();
  const [authorizationServerMetadata] = has.issuer.authorizationServers;
  return granted(await new Oauth2Client({callbacks: {...callbacks, clientAuthentication}})
    .retrieveRefreshTokenAccessToken({authorizationServerMetadata, refreshToken: has.tokens.refresh_token}));
}

async function fetchCredentials({configuration, keys}) {
  const {c_nonce: nonce} = await client.requestNonce({issuerMetadata: has.issuer});
  let proofs;
  if(keys?.[0] === 'di_vp') {
    has.keys = [await presented(nonce)];
    proofs = {di_vp: has.keys.map(({di_vp}) => di_vp)};
  } else {
    has.keys = keys ? await Promise.all(keys.map(shown => SHOWN[shown]())) : has.keys;
    proofs = await proofsFor(configuration, nonce);
  }
  const {credentialResponse} = await client.retrieveCredentials({
    issuerMetadata: has.issuer, credentialConfigurationId: configuration, accessToken: has.tokens.access_token, proofs,
  });
  return received(credentialResponse);
}

async function deferred(transactionId) {
  const {deferredCredentialResponse} = await client.retrieveDeferredCredentials(
    {issuerMetadata: has.issuer, accessToken: has.tokens.access_token, transactionId});
  return received(deferredCredentialResponse);
}

function received(answer) {
  has.notification = answer.notification_id;
  return {
    credentials: answer.credentials?.map(({credential}) => credential),
    holders: has.keys.map(({holder}) => holder),
    notification: answer.notification_id,
    transaction: answer.transaction_id,
  };
}

async function notify(event) {
  const notification = {notificationId: has.notification, event};
  await client.sendNotification({issuerMetadata: has.issuer, accessToken: has.tokens.access_token, notification});
  return {};
}

async function present({credential, disclosed, audience, nonce}) {
  const [{key, signer: {alg}}] = has.keys;
  const kbSigner = async data => {
    const [header, payload] = data.split('.').map(part => Buffer.from(part, 'base64url'));
    const signed = await new CompactSign(payload).setProtectedHeader(JSON.parse(header)).sign(key);
    return signed.split('.')[2];
  };
  const instance = new SDJwtVcInstance({hasher: hash, hashAlg: 'sha-256', kbSigner, kbSignAlg: alg});
  const frame = Object.fromEntries(disclosed.map(name => [name, true]));
  const iat = Math.floor(Date.now() / 1000);
  return {credentials: [await instance.present(credential, frame, {kb: {payload: {iat, aud: audience, nonce}}})]};
}

const JOBS = {open, begin, redeem, authorize, returned, refresh, fetch: fetchCredentials, deferred, notify, present};

function refusal(error) {
  const response = error.response?.response ?? error.response;
  const said = error.errorResponse ?? error.response?.credentialErrorResponseResult?.data;
  return said ? {status: response.status, error: said.error} : {error: `${error.stack} ${JSON.stringify(error.cause) ?? ''}`};
}

for await (const line of createInterface({input: process.stdin})) {
  const [[job, given]] = Object.entries(JSON.parse(line));
  const answer = await JOBS[job](given).catch(refusal);
  process.stdout.write(JSON.stringify(answer) + '\n');
}
