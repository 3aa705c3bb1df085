// SPDX-License-Identifier: Apache-2.0
// Every call of the messaging OpenAPI document (seed 002), made by Twilio's official library: what the library sends and
// what the simulator answers satisfy the document's schemas.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import {account, from, sid, startSimulator, to} from './twilio_simulator.mjs';

const seed = JSON.parse(readFileSync(join(process.env.MESSENGER_TEST_DATA, 'seed_002_schemas.json'), 'utf8'));
let simulator;
let exchanges;

/** Where Twilio differs from the document, by tests of its current API and seed 003's own examples. */
function correct(schemas) {
  // The 2010-04-01 API writes dates as RFC 2822 and not as ISO 8601: `Thu, 24 Aug 2023 05:01:45 +0000`.
  for (const name of ['Message', 'MediaResource']) {
    for (const date of ['date_created', 'date_updated', 'date_sent']) {
      const pattern = String.raw`^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$`;
      if (schemas[name].properties[date]) schemas[name].properties[date] = {type: 'string', pattern};
    }
  }
  // What is not there is null.
  const nullable = {
    Message: ['messaging_service_sid', 'from', 'price', 'price_unit', 'error_code', 'error_message', 'date_sent'],
    MessageList: ['next_page_uri', 'previous_page_uri'],
    MessagingService: ['inbound_request_url', 'fallback_url', 'status_callback'],
    PaginationMeta: ['next_page_url', 'previous_page_url']
  };
  for (const [name, members] of Object.entries(nullable)) {
    for (const member of members) schemas[name].properties[member] = {anyOf: [schemas[name].properties[member], {type: 'null'}]};
  }
  // A message waits up to ten hours: 36000, not 14400.
  schemas.CreateMessageRequest.properties.ValidityPeriod.maximum = 36000;
  // An update sends what changes.
  delete seed.paths['/Services/{ServiceSid}'].post.requestBody;
}

const ajv = new Ajv({strict: false, coerceTypes: false, allErrors: true});
addFormats(ajv);
const formAjv = new Ajv({strict: false, coerceTypes: 'array', allErrors: true});
addFormats(formAjv);

function check(validator, schema, value, what) {
  const validate = validator.compile({...structuredClone(schema), components: seed.components});
  assert.ok(validate(value), `${what}: ${validator.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
}

/** Whether a path of the simulator is one of the document's, by the document's own patterns. */
function matches(template, path) {
  const server = seed.servers.find((url) => path.startsWith(new URL(url).pathname));
  const pattern = template.replace(/\{(\w+)\}/g, (_, name) => seed.components.parameters[name].pattern.slice(1, -1));
  return server !== undefined && new RegExp(`^${pattern}$`).test(path.slice(new URL(server).pathname.length));
}

async function callAll(client) {
  const message = await client.messages.create({to, from, body: 'x', mediaUrl: ['http://127.0.0.1/a.png'], maxPrice: 0.5,
                                                statusCallback: 'https://example.com/status', validityPeriod: 36000});
  await client.messages.create({to, from, body: 'x'});
  await client.messages.list({to, from, dateSent: new Date(), pageSize: 1});
  await message.fetch();
  await message.update({body: ''});
  const [medium] = await client.messages(message.sid).media.list({pageSize: 1});
  await medium.fetch();
  await medium.remove();
  await simulator.setStatus(message.sid, 'failed', 30008);
  await message.fetch();
  await message.remove();
  const service = await client.messaging.v1.services.create({friendlyName: 'Codes', stickySender: true, validityPeriod: 600,
                                                              inboundRequestUrl: 'https://example.com/in', inboundMethod: 'GET'});
  await client.messaging.v1.services.create({friendlyName: 'Other'});
  await client.messaging.v1.services.list({pageSize: 1});
  await service.fetch();
  await service.update({statusCallback: 'https://example.com/status'});
  const senders = client.messaging.v1.services(service.sid);
  await senders.phoneNumbers.create({phoneNumberSid: sid('PN', '1')});
  await senders.alphaSenders.create({alphaSender: 'Bank'});
  await senders.shortCodes.create({shortCodeSid: 'SC' + '1'.padStart(32, '0')});
  await senders.phoneNumbers.list();
  await senders.alphaSenders.list();
  await senders.shortCodes.list();
  const later = {messagingServiceSid: service.sid, sendAt: new Date(Date.now() + 3600_000), scheduleType: 'fixed'};
  await client.messages.create({to, body: 'x', ...later});
  await client.messages.create({to, messagingServiceSid: service.sid, contentSid: sid('HX', '1'), contentVariables: '{"1":"a"}'});
  await service.remove();
}

before(async () => {
  correct(seed.components.schemas);
  simulator = await startSimulator('--step-ms', '0');
  const client = simulator.client();
  await callAll(client);
  exchanges = client.httpClient.exchanges;
});

after(async () => assert.deepEqual(await simulator.stop(), {code: 0, signal: null}));

for (const [template, methods] of Object.entries(seed.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    test(operation.operationId, () => {
      const made = exchanges.filter((exchange) => exchange.method === method && matches(template, exchange.path));
      assert.ok(made.length > 0, 'it was not called');
      for (const exchange of made) {
        const [[status, schema]] = Object.entries(operation.responses);
        assert.equal(String(exchange.statusCode), status);
        if (schema) check(ajv, schema, exchange.body, 'answer');
        // A form has texts only; Date and number become what their text means.
        if (operation.requestBody) check(formAjv, operation.requestBody, structuredClone(exchange.form), 'request');
        for (const {name, schema: parameter} of operation.query ?? []) {
          const value = exchange.query?.[name];
          if (value !== undefined && parameter.format !== 'date') check(formAjv, {properties: {[name]: parameter}}, {[name]: value}, 'query');
        }
      }
    });
  }
}

test('a refusal has the form of every error of Twilio', async () => {
  const client = simulator.client();
  await assert.rejects(client.messages.create({to: 'x', from, body: 'x'}), (error) => {
    assert.deepEqual([error.status, error.code, error.moreInfo], [400, 21211, 'https://www.twilio.com/docs/errors/21211']);
    return true;
  });
  assert.match(client.httpClient.lastResponse.headers['twilio-request-id'], /^RQ[0-9a-f]{32}$/);
  assert.equal(client.accountSid, account);
});
