// Signs presentations with @digitalbazaar/vc, as holders of VC-API do. The first line is {"contexts": {url: document}};
// no other context is known. Then each line is {"key": "Ed25519" | "P-256" | "P-384", "credentials": [...], "challenge":
// ..., "domain": ...}, answered by {"presentation": ..., "holder": DID} or {"error": reason}. There is a key of each kind.
import {createInterface} from 'node:readline';

import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {generate as generateEcdsa} from '@digitalbazaar/ecdsa-multikey';
import {cryptosuite as ecdsa} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {generate as generateEd25519} from '@digitalbazaar/ed25519-multikey';
import {cryptosuite as eddsa} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createPresentation, signPresentation} from '@digitalbazaar/vc';

const keys = {
  'Ed25519': [await generateEd25519(), eddsa],
  'P-256': [await generateEcdsa({curve: 'P-256'}), ecdsa],
  'P-384': [await generateEcdsa({curve: 'P-384'}), ecdsa],
};
let contexts = {};

async function documentLoader(url) {
  if(!contexts[url]) {
    throw new Error(`nobody serves ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: contexts[url], tag: 'static'};
}

async function presented({key, credentials, challenge, domain}) {
  const [pair, cryptosuite] = keys[key];
  const holder = `did:key:${pair.publicKeyMultibase}`;
  pair.controller = holder;
  pair.id = `${holder}#${pair.publicKeyMultibase}`;
  const verifiableCredential = credentials.length ? credentials : undefined;
  const presentation = createPresentation({verifiableCredential, holder});
  const suite = new DataIntegrityProof({signer: pair.signer(), cryptosuite});
  return {presentation: await signPresentation({presentation, suite, challenge, domain, documentLoader}), holder};
}

for await (const line of createInterface({input: process.stdin})) {
  const job = JSON.parse(line);
  if(job.contexts) {
    contexts = job.contexts;
    continue;
  }
  const answer = await presented(job).catch(error => ({error: `${error.name}: ${error.message}`}));
  console.log(JSON.stringify(answer));
}
