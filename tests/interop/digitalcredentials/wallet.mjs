// What Learner Credential Wallet does with its links, by the packages that it is made of, and what it shows then.
//
// Reads JSON lines. The first is {"web": {url: document}}: all of the web that is known besides loopback. Then each is
// one of these, and answered by one line:
//   {"link": url, "version": 1 | 2}: follows a link to the wallet and signs a presentation of a new key, of that version
//     of the data model, as {"credentials": [...], "holders": [DID], "asked": what the gateway asked for};
//   {"judge": credential}: verifier-core, as {"verified": ..., "reasons": [...], "checks": {id: valid}}.
// What fails is {"error": reason, "status": of the refusal, 0 where there was none}.
import {createInterface} from 'node:readline';

const lines = createInterface({input: process.stdin})[Symbol.asyncIterator]();
const {web} = JSON.parse((await lines.next()).value);
const reach = globalThis.fetch;
globalThis.fetch = async (asked, options) => {
  const url = asked.url ?? String(asked);
  if(web[url]) {
    return Response.json(web[url]);
  }
  if(!['localhost', '127.0.0.1'].includes(new URL(url).hostname)) {
    throw new TypeError(`nobody serves ${url}`);
  }
  return reach(asked, options);
};
console.log = console.error;  // the answers go the other way

// Now: some of them keep the fetch that they find.
const vc = await import('@digitalcredentials/vc');
const {Ed25519Signature2020} = await import('@digitalcredentials/ed25519-signature-2020');
const {Ed25519VerificationKey2020} = await import('@digitalcredentials/ed25519-verification-key-2020');
const {securityLoader} = await import('@digitalcredentials/security-document-loader');
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

const documentLoader = securityLoader().build();
const REGISTRIES = 'registered_issuer';  // which lists name the issuer: none is known here

class Refused extends Error {}

async function sent(url, body) {
  const answer = await fetch(url, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body),
  });
  if(!answer.ok) {
    throw Object.assign(new Refused(await answer.text()), {status: answer.status});
  }
  return answer.json();
}

async function presented(key, version, challenge, domain) {
  const presentation = vc.createPresentation({holder: key.controller, version});
  const suite = new Ed25519Signature2020({key});
  return vc.signPresentation({presentation, suite, challenge, domain, documentLoader});
}

function credentialsIn(message) {
  const {type = []} = message;
  if(type.includes('VerifiableCredential')) {
    return [message];
  }
  if(type.includes('VerifiablePresentation') && Array.isArray(message.verifiableCredential)) {
    return message.verifiableCredential;
  }
  throw new Error('the answer is neither a credential nor a presentation of some');
}

async function byDeepLink(parameters, key, version) {
  if(parameters.get('auth_type') !== 'bearer' || !parameters.get('issuer')) {
    throw new Error('the link is not one of the wallet');
  }
  const presentation = await presented(key, version, parameters.get('challenge'));
  return {credentials: credentialsIn(await sent(parameters.get('vc_request_url'), presentation))};
}

async function byExchange({protocols: {vcapi}}, key, version) {
  const {verifiablePresentationRequest: asked} = await sent(vcapi, {});
  if(!asked.challenge || !asked.domain) {
    throw new Error('the wallet is told no challenge or no domain');
  }
  const verifiablePresentation = await presented(key, version, asked.challenge, asked.domain);
  const endpoint = asked.interact?.service?.[0]?.serviceEndpoint ?? vcapi;
  const answer = await sent(endpoint, {verifiablePresentation});
  return {credentials: credentialsIn(answer.verifiablePresentation), asked};
}

async function followed({link, version}) {
  const key = await Ed25519VerificationKey2020.generate();
  key.controller = `did:key:${key.fingerprint()}`;
  key.id = `${key.controller}#${key.fingerprint()}`;
  const parameters = new URL(link).searchParams;
  const request = parameters.get('request');
  const told = request ?
    await byExchange(JSON.parse(request), key, version) : await byDeepLink(parameters, key, version);
  return {...told, holders: [key.controller]};
}

async function judged(credential) {
  const {errors = [], log = [], additionalInformation = []} = await verifyCredential({
    credential, knownDIDRegistries: [],
  });
  const schemas = additionalInformation.flatMap(({results}) => results);
  const reasons = [
    ...errors.map(({name, message}) => `${name}: ${message}`),
    ...log.filter(({id, valid}) => !valid && id !== REGISTRIES).map(({id, error}) => `${id}: ${error?.message ?? 'no'}`),
    ...schemas.filter(each => !each.result?.valid).map(each => JSON.stringify(each.result ?? each)),
  ];
  const checks = Object.fromEntries(log.map(({id, valid}) => [id, Boolean(valid)]));
  return {verified: reasons.length === 0, reasons, checks: {...checks, schemas: schemas.length}};
}

for await (const line of lines) {
  const job = JSON.parse(line);
  const work = job.judge ? judged(job.judge) : followed(job);
  const answer = await work.catch(error => ({error: `${error.name}: ${error.message}`, status: error.status ?? 0}));
  process.stdout.write(JSON.stringify(answer) + '\n');
}
