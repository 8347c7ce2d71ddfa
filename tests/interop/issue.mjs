// Reads jobs as JSON lines, answers each with {"cpu_us": CPU of the whole process for one}, in a node of its own.
// The first line is {"contexts": {url: document}}; no other context is known. A job has "times" and one of
//   "issue": a credential that @digitalbazaar/vc signs with eddsa-rdfc-2022, by a key made here;
//   "verify": a credential that a did:key signed, verified by it without its status.
import {createInterface} from 'node:readline';

import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {generate} from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {issue, verifyCredential} from '@digitalbazaar/vc';

const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1';
let contexts = {};

// did:key, "Document Creation Algorithm", for Multikey.
function documentOf(url) {
  const did = url.split('#')[0];
  const method = {id: url, type: 'Multikey', controller: did, publicKeyMultibase: did.slice('did:key:'.length)};
  return url === did
    ? {'@context': ['https://www.w3.org/ns/did/v1', MULTIKEY_CONTEXT], id: did, assertionMethod: [`${did}#${did.slice(8)}`]}
    : {'@context': MULTIKEY_CONTEXT, ...method};
}

async function documentLoader(url) {
  const document = contexts[url] ?? (url.startsWith('did:key:') ? documentOf(url) : undefined);
  if(document === undefined) {
    throw new Error(`nobody serves ${url}`);
  }
  // The tag lets jsonld keep what it makes of a context.
  return {contextUrl: null, documentUrl: url, document, tag: contexts[url] ? 'static' : undefined};
}

const keyPair = await generate();
keyPair.id = `did:key:${keyPair.publicKeyMultibase}#${keyPair.publicKeyMultibase}`;

async function once(job) {
  if(job.issue) {
    const suite = new DataIntegrityProof({signer: keyPair.signer(), cryptosuite});
    return issue({credential: structuredClone(job.issue), suite, documentLoader});
  }
  const result = await verifyCredential({credential: job.verify, suite: new DataIntegrityProof({cryptosuite}), documentLoader});
  if(!result.verified) {
    throw result.error;
  }
  return result;
}

for await (const line of createInterface({input: process.stdin})) {
  const job = JSON.parse(line);
  if(job.contexts) {
    contexts = job.contexts;
    continue;
  }
  const before = process.cpuUsage();
  for(let time = 0; time < job.times; time++) {
    await once(job);
  }
  const {user, system} = process.cpuUsage(before);
  console.log(JSON.stringify({cpu_us: (user + system) / job.times}));
}
