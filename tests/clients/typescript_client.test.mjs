// SPDX-License-Identifier: Apache-2.0
// FusionAuth's official TypeScript client, as its users call it, against the running host.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import client from '@fusionauth/typescript-client';
import {startHost} from './host.mjs';

const key = 'a-key-of-the-typescript-clients-test';
let host;
let fusionauth;

before(async () => {
  host = await startHost(key);
  fusionauth = new client.FusionAuthClient(key, host.url);
});

after(async () => assert.deepEqual(await host.stop(), {code: 0, signal: null}));

const twilio = () => ({
  type: 'Twilio', name: 'Twilio Messenger', url: host.provider, debug: true, data: {foo: 'bar', big: 9007199254740991},
  accountSID: 'AC0123456789abcdef0123456789abcdef', authToken: 'a secret', fromPhoneNumber: '+15005550006'
});
const generic = () => ({
  type: 'Generic', name: 'Generic Messenger', url: `${host.provider}/webhook`, connectTimeout: 1000, readTimeout: 1000,
  headers: {'X-Tenant': 'demo'}
});

/** What the client rejects with. */
async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail('expected a failure');
}

async function messages() {
  return (await (await fetch(`${host.provider}/simulator/messages`)).json()).messages;
}

test('a messenger is created, retrieved, listed, updated, patched and deleted', async () => {
  const created = await fusionauth.createMessenger(null, {messenger: twilio()});
  assert.equal(created.statusCode, 200);
  const {id} = created.response.messenger;
  assert.deepEqual(created.response.messenger, {...twilio(), id, transport: 'sms',
                   insertInstant: created.response.messenger.insertInstant,
                   lastUpdateInstant: created.response.messenger.lastUpdateInstant});

  assert.deepEqual((await fusionauth.retrieveMessenger(id)).response, created.response);
  const chosen = '2d5acca6-23d5-423f-ac7b-b70f50b54498';
  assert.equal((await fusionauth.createMessenger(chosen, {messenger: generic()})).response.messenger.id, chosen);
  assert.deepEqual((await fusionauth.retrieveMessengers()).response.messengers.map(({name}) => name).sort(),
                   ['Generic Messenger', 'Twilio Messenger']);

  const updated = await fusionauth.updateMessenger(chosen, {messenger: {...generic(), readTimeout: 2500}});
  assert.equal(updated.response.messenger.readTimeout, 2500);
  const patched = await fusionauth.patchMessenger(chosen, {messenger: {debug: true, headers: {'X-More': '1'}}});
  assert.equal(patched.response.messenger.debug, true);
  assert.deepEqual(patched.response.messenger.headers, {'X-Tenant': 'demo', 'X-More': '1'});

  for (const messenger of [id, chosen]) {
    const deleted = await fusionauth.deleteMessenger(messenger);
    assert.equal(deleted.statusCode, 200);
    assert.equal(deleted.response, undefined);
    assert.equal((await failure(fusionauth.retrieveMessenger(messenger))).statusCode, 404);
  }
});

test('every problem of a messenger comes in one answer', async () => {
  const refused = await failure(fusionauth.createMessenger(null, {messenger: {type: 'Generic', url: 'nowhere', readTimeout: 0}}));
  assert.equal(refused.statusCode, 400);
  assert.deepEqual(Object.keys(refused.exception.fieldErrors).sort(),
                   ['messenger.connectTimeout', 'messenger.name', 'messenger.readTimeout', 'messenger.url']);
});

test('a wrong key is refused', async () => {
  const stranger = new client.FusionAuthClient('a-key-that-nobody-has-made', host.url);
  const refused = await failure(stranger.retrieveMessengers());
  assert.equal(refused.statusCode, 401);
  assert.equal(refused.exception, undefined);
});

test('message templates are created, retrieved, previewed, patched and deleted', async () => {
  const template = {name: 'Two factor', type: 'SMS', defaultTemplate: 'Your code is ${code}',
                    localizedTemplates: {de: 'Ihr Code lautet ${code}'}, data: {a: 1}};
  const created = await fusionauth.createMessageTemplate(null, {messageTemplate: template});
  const {id} = created.response.messageTemplate;
  assert.deepEqual((await fusionauth.retrieveMessageTemplate(id)).response, created.response);
  assert.equal((await fusionauth.retrieveMessageTemplates()).response.messageTemplates.length, 1);
  const preview = await fusionauth.retrieveMessageTemplatePreview({messageTemplate: template, locale: 'de'});
  assert.equal(preview.response.message.textMessage, 'Ihr Code lautet 123456');
  const updated = await fusionauth.updateMessageTemplate(id, {messageTemplate: {...template, name: 'Second factor'}});
  assert.equal(updated.response.messageTemplate.name, 'Second factor');
  const patched = await fusionauth.patchMessageTemplate(id, {messageTemplate: {defaultTemplate: '${code}!'}});
  assert.equal(patched.response.messageTemplate.defaultTemplate, '${code}!');
  assert.equal((await fusionauth.deleteMessageTemplate(id)).statusCode, 200);
});

test('a user asks for a code, gets it by SMS and logs in with it', async () => {
  const messenger = (await fusionauth.createMessenger(null, {messenger: twilio()})).response.messenger;
  const template = (await fusionauth.createMessageTemplate(null, {messageTemplate: {
    name: 'Login code', type: 'SMS', defaultTemplate: 'Your code is ${code}'}})).response.messageTemplate;
  const [tenant] = (await fusionauth.retrieveTenants()).response.tenants;
  await fusionauth.patchTenant(tenant.id, {tenant: {multiFactorConfiguration: {
    sms: {enabled: true, messengerId: messenger.id, templateId: template.id}}}});
  const user = (await fusionauth.createUser(null, {user: {
    email: 'jo@example.com', password: 'never kept', firstName: 'Jo', mobilePhone: '+15551230001',
    twoFactor: {methods: [{method: 'sms', mobilePhone: '+15551230001'}]}}})).response.user;
  assert.equal(user.password, undefined);

  const started = (await fusionauth.startTwoFactorLogin({loginId: 'jo@example.com', state: {page: 7}})).response;
  assert.equal(started.methods[0].mobilePhone, '+15551230001');
  const methodId = started.methods[0].id;
  const sent = await fusionauth.sendTwoFactorCodeForLoginUsingMethod(started.twoFactorId, {methodId});
  assert.equal(sent.statusCode, 200);
  const [sms] = (await messages()).filter(({to}) => to === '+15551230001').slice(-1);
  const [, code] = sms.body.match(/^Your code is (\d{6})$/);

  // What start gave is void since another was sent.
  if (started.code !== code) {
    assert.equal((await failure(fusionauth.twoFactorLogin({code: started.code, twoFactorId: started.twoFactorId}))).statusCode, 421);
  }
  const login = await fusionauth.twoFactorLogin({code, twoFactorId: started.twoFactorId});
  assert.equal(login.statusCode, 200);
  assert.equal(login.response.user.id, user.id);
  assert.deepEqual(login.response.state, {page: 7});
  assert.equal((await failure(fusionauth.twoFactorLogin({code, twoFactorId: started.twoFactorId}))).statusCode, 404);

  const log = (await fusionauth.searchEventLogs({search: {type: 'Debug'}})).response;
  assert.ok(log.total >= 1);
  assert.equal((await fusionauth.retrieveEventLog(log.eventLogs[0].id)).response.eventLog.type, 'Debug');
  const traces = JSON.stringify(log) + host.log();
  for (const secret of [code, 'a secret', '+15551230001', key, started.twoFactorId]) {
    assert.ok(!traces.includes(secret), secret);
  }
});
