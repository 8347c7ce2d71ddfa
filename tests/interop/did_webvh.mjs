// Resolves logs of did:webvh with didwebvh-ts: a JSON line {"log": [entry, ...]} in, {"verified", "reasons"} out.
import {createPublicKey, verify} from 'node:crypto';
import {createInterface} from 'node:readline';

import {resolveDIDFromLog} from 'didwebvh-ts';

// It talks to the console, which is our answer's place.
console.log = console.warn = console.error = () => {};

const SPKI_OF_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const verifier = {
  verify: async (signature, message, key) => {
    const spki = Buffer.concat([SPKI_OF_ED25519, Buffer.from(key)]);
    const publicKey = createPublicKey({key: spki, format: 'der', type: 'spki'});
    return verify(null, Buffer.from(message), publicKey, Buffer.from(signature));
  }
};

async function answer({log}) {
  try {
    const {meta} = await resolveDIDFromLog(log, {verifier});
    return meta.error
      ? {verified: false, reasons: [String(meta.problemDetails?.detail ?? meta.error)]}
      : {verified: true, reasons: []};
  } catch(error) {
    return {verified: false, reasons: [String(error.message)]};
  }
}

for await (const line of createInterface({input: process.stdin})) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
