// Reads jobs as JSON lines, answers each with one JSON line. The first line is {"contexts": {url: document}}; no other
// context is known. A job is {"document": ...} with
//   "safe": the answer is {"sha256": of the canonical N-Quads, "error": null}, or the other way round;
//   "times": canonized as often; the answer is {"cpu_us": CPU of the whole process for one, "sha256": ...}.
import {createHash} from 'node:crypto';
import {createInterface} from 'node:readline';

import jsonld from 'jsonld';

let contexts = {};

async function documentLoader(url) {
  if(!contexts[url]) {
    throw new Error(`nobody serves ${url}`);
  }
  // The tag lets jsonld keep what it makes of a context.
  return {contextUrl: null, documentUrl: url, document: contexts[url], tag: 'static'};
}

async function canonized({document, safe = false}) {
  const options = {algorithm: 'RDFC-1.0', format: 'application/n-quads', safe, documentLoader, maxWorkFactor: 2};
  return createHash('sha256').update(await jsonld.canonize(document, options)).digest('hex');
}

function codeOf(error) {
  return error?.details?.code ?? error?.details?.event?.code ?? error?.message ?? String(error);
}

async function answered(job) {
  if(job.times === undefined) {
    return canonized(job).then(sha256 => ({sha256, error: null}), error => ({sha256: null, error: codeOf(error)}));
  }
  const before = process.cpuUsage();
  let sha256;
  for(let time = 0; time < job.times; time++) {
    sha256 = await canonized(job);
  }
  const {user, system} = process.cpuUsage(before);
  return {cpu_us: (user + system) / job.times, sha256};
}

for await (const line of createInterface({input: process.stdin})) {
  const job = JSON.parse(line);
  if(job.contexts) {
    contexts = job.contexts;
  } else {
    console.log(JSON.stringify(await answered(job)));
  }
}
