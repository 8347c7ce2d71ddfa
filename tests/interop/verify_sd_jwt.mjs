// An SD-JWT VC before @sd-jwt/sd-jwt-vc: signature, digests, validity, its Token Status List, its type metadata, and
// the key binding where a nonce is told.
//
// Reads {"credential", "nonce"} as JSON lines, answers each with {"verified", "reasons", "claims"}. Keys, lists and types
// are fetched from where the credential says that they are.
import {createHash} from 'node:crypto';
import {createInterface} from 'node:readline';

import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import {compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, importJWK} from 'jose';

const hasher = (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest();

// SD-JWT VC, "JWT VC Issuer Metadata".
async function keysOf(issuer) {
  const {origin, pathname} = new URL(issuer);
  const path = pathname === '/' ? '' : pathname;
  const metadata = await (await fetch(`${origin}/.well-known/jwt-vc-issuer${path}`)).json();
  if(metadata.issuer !== issuer) {
    throw new Error(`the metadata of ${issuer} is that of ${metadata.issuer}`);
  }
  return createLocalJWKSet(metadata.jwks ?? await (await fetch(metadata.jwks_uri)).json());
}

function instanceFor(issuer, vct) {
  const signedByIssuer = async (data, signature) => {
    await compactVerify(`${data}.${signature}`, await keysOf(issuer));
    return true;
  };
  const kbVerifier = async (data, signature, {cnf}) => {
    const [header] = data.split('.');
    const {alg} = JSON.parse(Buffer.from(header, 'base64url'));
    await compactVerify(`${data}.${signature}`, await importJWK(cnf.jwk, alg));
    return true;
  };
  // Nobody serves a type whose name is no address.
  const loadTypeMetadataFormat = vct.startsWith('https:');
  return new SDJwtVcInstance(
    {hasher, hashAlg: 'sha-256', verifier: signedByIssuer, kbVerifier, loadTypeMetadataFormat});
}

async function verified({credential, nonce}) {
  const [token] = credential.split('~');
  const {typ} = decodeProtectedHeader(token);
  if(typ !== 'dc+sd-jwt') {
    throw new Error(`typ is ${typ}`);
  }
  const {iss, vct} = decodeJwt(token);
  const options = nonce ? {keyBindingNonce: nonce} : {};
  const {payload, typeMetadata} = await instanceFor(iss, vct).verify(credential, options);
  return {verified: true, claims: payload, type: typeMetadata?.mergedTypeMetadata.vct ?? ''};
}

for await (const line of createInterface({input: process.stdin})) {
  const answer = await verified(JSON.parse(line)).catch(error => ({verified: false, reasons: [`${error.stack}`]}));
  process.stdout.write(JSON.stringify(answer) + '\n');
}
