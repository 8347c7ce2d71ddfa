// The wallet of @digitalbazaar/oid4-client: JSON-LD credentials for a pre-authorized code, over https alone.
//
// Reads credential offer URIs as JSON lines {"fetch": URI}, answers each with {"credentials": [...], "holders": [...]}
// or {"error": reason}. Certificates are not looked at: the proxy's is the test's own.
import {Agent} from 'node:https';
import {createInterface} from 'node:readline';

import {getCredentialOffer, OID4Client} from '@digitalbazaar/oid4-client';
import {generate} from '@digitalbazaar/ed25519-multikey';

const agent = new Agent({rejectUnauthorized: false});

async function fetched(url) {
  const pair = await generate();
  const did = `did:key:${pair.publicKeyMultibase}`;
  const didProofSigner = {...pair.signer(), id: `${did}#${pair.publicKeyMultibase}`, algorithm: 'Ed25519'};
  const client = await OID4Client.fromCredentialOffer({offer: await getCredentialOffer({url, agent}), agent});
  const {credentials} = await client.requestCredentials({did, didProofSigner, agent});
  return {credentials, holders: [did]};
}

for await (const line of createInterface({input: process.stdin})) {
  const answer = await fetched(JSON.parse(line).fetch).catch(error => ({error: `${error.message} ${error.cause?.stack ?? ''}`}));
  process.stdout.write(JSON.stringify(answer) + '\n');
}
