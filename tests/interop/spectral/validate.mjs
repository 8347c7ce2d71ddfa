// Reads OpenAPI documents as JSON lines, {"document": {...}}, answers each with the verdict of
// @seriousme/openapi-schema-validator: {"verified": true | false, "reasons": [...]}.
import {createInterface} from 'node:readline';

import {Validator} from '@seriousme/openapi-schema-validator';

for await (const line of createInterface({input: process.stdin})) {
  const {valid, errors} = await new Validator().validate(JSON.parse(line).document);
  const reasons = (valid ? [] : [errors].flat()).map(each => JSON.stringify(each).slice(0, 500));
  console.log(JSON.stringify({verified: valid, reasons}));
}
