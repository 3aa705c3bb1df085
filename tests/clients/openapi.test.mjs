// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document of a running host, judged by a public validator.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {Validator} from '@seriousme/openapi-schema-validator';
import {startHost} from './host.mjs';

const key = 'a-key-of-the-openapi-test';
let host;
let document;

before(async () => {
  host = await startHost(key);
  document = await (await fetch(`${host.url}/api/openapi.json`)).json();
});

after(async () => assert.deepEqual(await host.stop(), {code: 0, signal: null}));

/** Every value of a member of this name, at any depth. */
function* members(value, name) {
  if (value !== null && typeof value === 'object') {
    for (const [key, member] of Object.entries(value)) {
      if (key === name) yield member;
      yield* members(member, name);
    }
  }
}

test('it is a valid OpenAPI 3.1 document', async () => {
  const result = await new Validator().validate(structuredClone(document));
  assert.ok(result.valid, JSON.stringify(result.errors, null, 2));
  assert.equal(document.openapi, '3.1.0');
});

test('every reference leads to a schema, and every operation has a name of its own', () => {
  for (const reference of members(document.paths, '$ref')) {
    const name = reference.replace('#/components/schemas/', '');
    assert.ok(document.components.schemas[name], reference);
  }
  const ids = [...members(document.paths, 'operationId')];
  assert.equal(new Set(ids).size, ids.length);
});

test('a messenger of each loaded type has the schema that its plugin declares', () => {
  const schemas = document.components.schemas;
  assert.deepEqual(schemas.Messenger.oneOf.length, 2);
  const generic = schemas['Messenger.Generic'];
  assert.deepEqual([...generic.required].sort(), ['connectTimeout', 'name', 'readTimeout', 'type', 'url']);
  assert.equal(generic.properties.httpAuthenticationPassword.writeOnly, true);
  assert.equal(generic.properties.type.const, 'Generic');
});

test('what the document lists is what the host serves', async () => {
  for (const [path, item] of Object.entries(document.paths)) {
    const target = path.replace('{logId}', '1').replace('{twoFactorId}', 'x').replace(/\{\w+\}/, '2d5acca6-23d5-423f-ac7b-b70f50b54498');
    for (const [method, operation] of Object.entries(item)) {
      const open = operation.security !== undefined;
      const answer = await fetch(host.url + target, {method: method.toUpperCase()});
      assert.notEqual(answer.status, 405, `${method} ${path}`);
      assert.equal(answer.status === 401, !open, `${method} ${path} without a key: ${answer.status}`);
    }
  }
});
