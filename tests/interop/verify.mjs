// Reads jobs as JSON lines, answers each with one JSON line {"verified": true | false, "reasons": [...]}.
//
// Offline: the first line is {"contexts": {url: document}}; a job brings along every other document that may be
// looked up, as {"documents": {url: document}}, with one of
//   "credential": verified by @digitalbazaar/vc with eddsa-rdfc-2022, in safe mode, its status list included;
//   "token": verified by jose, with the key of that kid in "jwks" or in the DID document of the issuer; with "status",
//     what it says of its status is looked up too, as of a credential;
//   "sealed": a JWS in general JSON serialisation, verified by jose with the key of the first certificate in its header.
import {createInterface} from 'node:readline';

import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {from as fromMultikey, toJwk} from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {verifyCredential} from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {createLocalJWKSet, decodeProtectedHeader, generalVerify, importJWK, importX509, jwtVerify} from 'jose';

const DID_CONTEXT = 'https://www.w3.org/ns/did/v1';
const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1';
let contexts = {};

// did:web, "Read (Resolve)": colons after the host are path segments.
function addressOf(url) {
  if(!url.startsWith('did:web:')) {
    return url;
  }
  const [host, ...path] = url.slice('did:web:'.length).split(':').map(decodeURIComponent);
  return `https://${host}/${[...(path.length ? path : ['.well-known']), 'did.json'].join('/')}`;
}

// did:key, "Document Creation Algorithm", for Multikey.
function documentOfKey(did) {
  const multibase = did.slice('did:key:'.length);
  const id = `${did}#${multibase}`;
  return {
    '@context': [DID_CONTEXT, MULTIKEY_CONTEXT],
    id: did,
    verificationMethod: [{id, type: 'Multikey', controller: did, publicKeyMultibase: multibase}],
    assertionMethod: [id],
  };
}

function lookedUp(url, documents) {
  const document = url.startsWith('did:key:') ? documentOfKey(url) : documents[addressOf(url)];
  if(document === undefined) {
    throw new Error(`nobody serves ${url}`);
  }
  return document;
}

function loaderOf(documents) {
  return async url => {
    if(contexts[url]) {
      return {contextUrl: null, documentUrl: url, document: contexts[url]};
    }
    const [base, fragment] = url.split('#');
    const whole = lookedUp(base, documents);
    if(fragment === undefined) {
      return {contextUrl: null, documentUrl: url, document: whole};
    }
    const method = whole.verificationMethod?.find(({id}) => id === url);
    if(method === undefined) {
      throw new Error(`${base} has no ${url}`);
    }
    return {contextUrl: null, documentUrl: url, document: {'@context': MULTIKEY_CONTEXT, ...method}};
  };
}

// What was wrong, innermost errors included.
function reasonsOf(error) {
  const inner = [error?.cause, ...(error?.errors ?? [])].filter(Boolean).flatMap(reasonsOf);
  const details = error?.details ? [JSON.stringify(error.details)] : [];
  return error ? [`${error.name}: ${error.message}`, ...details, ...inner] : [];
}

async function verifiedCredential({credential, documents = {}}) {
  const documentLoader = loaderOf(documents);
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await verifyCredential({credential, suite, documentLoader, checkStatus});
  const reasons = [...reasonsOf(result.error), ...reasonsOfStatus(result.statusResult)];
  return {verified: result.verified && reasons.length === 0, reasons};
}

// VC Data Model 2.0 and VC-JOSE-COSE: the key is one that the issuer's own document lets make assertions.
async function keyFromDocument(header, issuer, documents) {
  const document = lookedUp(issuer, documents);
  const method = document.verificationMethod?.find(({id}) => id === header.kid);
  if(!method || !document.assertionMethod?.includes(header.kid)) {
    throw new Error(`${issuer} lets no key ${header.kid} make assertions`);
  }
  const jwk = method.publicKeyJwk ?? await toJwk({keyPair: await fromMultikey(method)});
  return importJWK(jwk, header.alg);
}

async function verifiedToken({token, documents = {}, jwks, issuer, algorithms, status}) {
  const header = decodeProtectedHeader(token);
  const key = jwks ? createLocalJWKSet(jwks) : await keyFromDocument(header, issuer, documents);
  const {payload: credential} = await jwtVerify(token, key, {issuer, algorithms});
  const reasons = status && credential.credentialStatus ? await statusReasons(credential, documents) : [];
  return {verified: reasons.length === 0, reasons};
}

async function statusReasons(credential, documents) {
  const suite = new DataIntegrityProof({cryptosuite});
  return reasonsOfStatus(await checkStatus({credential, suite, documentLoader: loaderOf(documents)}));
}

// A bit that is set is no failure for the library: it has to be looked for.
function reasonsOfStatus(result) {
  const set = (result?.results ?? []).filter(entry => entry.status);
  return [
    ...reasonsOf(result?.error),
    ...set.map(entry => `status ${entry.credentialStatus.statusPurpose} is set`),
  ];
}

// sigT and adoTst are JAdES's own (ETSI TS 119 182-1): jose has to be told that we know them.
async function verifiedSeal({sealed}) {
  await generalVerify(sealed, ({alg, x5c: [leaf]}) => {
    const pem = `-----BEGIN CERTIFICATE-----\n${leaf}\n-----END CERTIFICATE-----`;
    return importX509(pem, alg);
  }, {crit: {sigT: true, adoTst: true}});
  return {verified: true, reasons: []};
}

function verified(job) {
  if(job.sealed) {
    return verifiedSeal(job);
  }
  return job.token ? verifiedToken(job) : verifiedCredential(job);
}

for await (const line of createInterface({input: process.stdin})) {
  const job = JSON.parse(line);
  if(job.contexts) {
    contexts = job.contexts;
    continue;
  }
  const answer = await verified(job).catch(error => ({verified: false, reasons: reasonsOf(error)}));
  console.log(JSON.stringify(answer));
}
