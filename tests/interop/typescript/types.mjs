// Reads the paths of OpenAPI documents as JSON lines, {"document": "/path"}, makes types of each with openapi-typescript
// and a program that uses them, checks both strictly, and answers with {"verified": true | false, "reasons": [...]}.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath, pathToFileURL} from 'node:url';

import openapiTS, {astToString} from 'openapi-typescript';
import ts from 'typescript';

const USE = `
import type {components, operations, paths} from './types';
export const used = (path: keyof paths, operation: keyof operations): string => \`\${path} \${operation}\`;
export type Used = components;
`;
const OPTIONS = {
  strict: true,
  noEmit: true,
  types: [],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

async function reasons(path) {
  const folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), 'types-'));
  try {
    const files = {types: astToString(await openapiTS(pathToFileURL(path), {silent: true})), use: USE};
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.ts`), text);
    const program = ts.createProgram(Object.keys(files).map(name => join(folder, `${name}.ts`)), OPTIONS);
    const found = ts.getPreEmitDiagnostics(program);
    return found.map(each => ts.flattenDiagnosticMessageText(each.messageText, '\n').slice(0, 500));
  } catch (error) {
    return [String(error).slice(0, 500)];
  } finally {
    rmSync(folder, {recursive: true});
  }
}

for await (const line of createInterface({input: process.stdin})) {
  const found = await reasons(JSON.parse(line).document);
  console.log(JSON.stringify({verified: found.length === 0, reasons: found}));
}
