// Reads jobs as JSON lines, answers each with one JSON line {"base": document, "derived": document | null} or
// {"reasons": [...]}.
//
// Offline: the first line is {"contexts": {url: document}}. A job is {"credential": unsigned, "mandatory": [pointers],
// "selective": [pointers]}: signed by @digitalbazaar/ecdsa-sd-2023-cryptosuite with a key made for it, whose did:key
// the proof names, and derived from where anything is selected.
import {createInterface} from 'node:readline';

import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {generate} from '@digitalbazaar/ecdsa-multikey';
import {createDiscloseCryptosuite, createSignCryptosuite} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import {derive, issue} from '@digitalbazaar/vc';

let contexts = {};

async function documentLoader(url) {
  if(!contexts[url]) {
    throw new Error(`nobody serves ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: contexts[url]};
}

async function disclosed({credential, mandatory, selective}) {
  const key = await generate({curve: 'P-256'});
  key.controller = `did:key:${key.publicKeyMultibase}`;
  key.id = `${key.controller}#${key.publicKeyMultibase}`;
  const signing = createSignCryptosuite({mandatoryPointers: mandatory});
  const base = await issue({
    credential, documentLoader, suite: new DataIntegrityProof({signer: key.signer(), cryptosuite: signing}),
  });
  if(selective.length === 0) {
    return {base, derived: null};
  }
  const disclosing = createDiscloseCryptosuite({selectivePointers: selective});
  const derived = await derive({
    verifiableCredential: base, documentLoader, suite: new DataIntegrityProof({cryptosuite: disclosing}),
  });
  return {base, derived};
}

function reasonsOf(error) {
  const inner = [error?.cause, ...(error?.errors ?? [])].filter(Boolean).flatMap(reasonsOf);
  const details = error?.details ? [JSON.stringify(error.details)] : [];
  return error ? [`${error.name}: ${error.message}`, ...details, ...inner] : [];
}

for await (const line of createInterface({input: process.stdin})) {
  const job = JSON.parse(line);
  if(job.contexts) {
    contexts = job.contexts;
    continue;
  }
  console.log(JSON.stringify(await disclosed(job).catch(error => ({reasons: reasonsOf(error)}))));
}
