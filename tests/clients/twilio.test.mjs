// SPDX-License-Identifier: Apache-2.0
// Every messaging call of Twilio's official library, against the provider simulator.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import twilio from 'twilio';
import {account, from, key, refusal, sid, startReceiver, startSimulator, to, token} from './twilio_simulator.mjs';

let simulator;
let receiver;
let client;

before(async () => {
  simulator = await startSimulator('--step-ms', '0');
  receiver = await startReceiver();
  client = simulator.client();
});

after(async () => {
  await receiver.stop();
  assert.deepEqual(await simulator.stop(), {code: 0, signal: null});
});

const send = (more = {}) => client.messages.create({to, from, body: 'Code 012345', ...more});
const sids = (list) => list.map((item) => item.sid).sort();

/** A new service with one number. */
async function serviceWithNumber(digit, more = {}) {
  const service = await client.messaging.v1.services.create({friendlyName: 'Codes', ...more});
  await service.phoneNumbers().create({phoneNumberSid: sid('PN', digit)});
  return service;
}

test('both kinds of credentials send, others are refused', async () => {
  assert.equal((await send()).status, 'queued');
  const byKey = simulator.client(key.sid, key.secret);
  assert.equal((await byKey.messages.create({to, from, body: 'x'})).accountSid, account);
  assert.deepEqual(await refusal(simulator.client(account, 'wrong').messages.list()), [401, 20003]);
  assert.deepEqual(await refusal(simulator.client(key.sid, 'wrong').messages.list()), [401, 20003]);
  const other = simulator.client();
  assert.deepEqual(await refusal(other.api.v2010.accounts(sid('AC', 'f')).messages.list()), [404, 20404]);
});

test('an account is listed and fetched', async () => {
  const [self] = await client.api.v2010.accounts.list();
  assert.equal(self.sid, account);
  assert.equal((await client.api.v2010.accounts(account).fetch()).status, 'active');
});

test('a message is created, fetched, redacted and deleted', async () => {
  const message = await send({tags: '{"kind":"code"}', validityPeriod: 36000, smartEncoded: true, provideFeedback: true});
  assert.match(message.sid, /^SM[0-9a-f]{32}$/);
  assert.equal(message.numSegments, '1');
  assert.equal(message.errorCode, null);
  assert.ok(message.dateCreated instanceof Date && !Number.isNaN(message.dateCreated.getTime()));
  assert.equal((await message.fetch()).body, 'Code 012345');
  assert.deepEqual(await refusal(message.update({body: 'other'})), [400, 30400]);
  assert.equal((await message.update({body: ''})).body, '');
  assert.deepEqual(await refusal(message.remove()), [409, 20009]);
  await simulator.setStatus(message.sid, 'undelivered', 30003);
  const ended = await message.fetch();
  assert.equal(ended.errorCode, 30003);
  assert.equal(ended.errorMessage, 'Unreachable destination handset');
  assert.equal(await message.remove(), true);
  assert.deepEqual(await refusal(message.fetch()), [404, 20404]);
});

test('a scheduled message is canceled once', async () => {
  const service = await serviceWithNumber('1');
  const sendAt = new Date(Date.now() + 3600_000);
  const message = await client.messages.create({to, body: 'x', messagingServiceSid: service.sid, sendAt, scheduleType: 'fixed'});
  assert.equal(message.status, 'scheduled');
  assert.equal((await message.update({status: 'canceled'})).status, 'canceled');
  assert.deepEqual(await refusal(message.update({status: 'canceled'})), [409, 30409]);
});

test('what is wrong with a message has its code', async () => {
  const refused = async (more) => (await refusal(send(more)))[1];
  assert.equal(await refused({to: '12345'}), 21211);
  assert.equal(await refused({body: 'x'.repeat(1601)}), 21617);
  assert.equal(await refused({from: '+15005550007'}), 21606);
  assert.equal(await refused({to: '+15005550004'}), 21610);
  assert.equal(await refused({statusCallback: 'nowhere'}), 21609);
  assert.equal(await refused({contentRetention: 'forget'}), 30029);
  assert.equal(await refused({mediaUrl: Array(11).fill('http://a/b.png')}), 21623);
  const empty = await client.messaging.v1.services.create({friendlyName: 'No senders'});
  assert.equal(await refused({from: undefined, messagingServiceSid: empty.sid}), 21704);
});

test('lists page by themselves while what they found is deleted', async () => {
  const number = '+15551239999';
  const created = await Promise.all(Array.from({length: 7}, () => send({to: number})));
  const seen = [];
  await client.messages.each({to: number, pageSize: 2, dateSentAfter: new Date(0), callback: (message) => seen.push(message)});
  assert.deepEqual(sids(seen), sids(created));
  const deleted = [];
  let page = await client.messages.page({to: number, pageSize: 2});
  while (page !== undefined) {
    for (const message of page.instances) {
      await simulator.setStatus(message.sid, 'delivered');
      await message.remove();
      deleted.push(message);
    }
    page = await page.nextPage();
  }
  assert.deepEqual(sids(deleted), sids(created));
  assert.deepEqual(await client.messages.list({to: number}), []);
  assert.deepEqual(await client.messages.list({dateSentBefore: new Date(0)}), []);
  assert.deepEqual(await client.messages.list({from: 'Nobody', dateSent: new Date()}), []);
});

test('a page leads back to the one before', async () => {
  await Promise.all(Array.from({length: 5}, () => send({to: '+15551238888'})));
  const first = await client.messages.page({to: '+15551238888', pageSize: 2});
  const second = await first.nextPage();
  assert.deepEqual(sids((await second.previousPage()).instances), sids(first.instances));
});

test('media are listed, fetched and removed', async () => {
  const message = await send({mediaUrl: ['http://127.0.0.1/a.png', 'http://127.0.0.1/b.pdf', 'http://127.0.0.1/c']});
  assert.match(message.sid, /^MM/);
  assert.equal(message.numMedia, '3');
  const media = await client.messages(message.sid).media.list({pageSize: 1});
  assert.deepEqual(media.map((medium) => medium.contentType).sort(), ['application/pdf', 'image/jpeg', 'image/png']);
  assert.equal((await media[0].fetch()).parentSid, message.sid);
  assert.equal(await media[0].remove(), true);
  assert.equal((await client.messages(message.sid).media.list({dateCreatedAfter: new Date(0)})).length, 2);
  assert.deepEqual(await refusal(media[0].fetch()), [404, 20404]);
});

test('feedback is given', async () => {
  const {sid: message} = await send();
  assert.equal((await client.messages(message).feedback.create()).outcome, 'confirmed');
  assert.equal((await client.messages(message).feedback.create({outcome: 'unconfirmed'})).outcome, 'unconfirmed');
  assert.deepEqual(await refusal(client.messages(message).feedback.create({outcome: 'maybe'})), [400, 20001]);
});

test('short codes of the account are listed, fetched and updated', async () => {
  const codes = await client.api.v2010.account.shortCodes.list({pageSize: 1});
  assert.equal(codes.length, 3);
  const [code] = await client.api.v2010.account.shortCodes.list({shortCode: '12342'});
  const updated = await code.update({friendlyName: 'Codes', smsUrl: 'http://127.0.0.1/sms', smsMethod: 'GET'});
  assert.equal(updated.smsUrl, 'http://127.0.0.1/sms');
  assert.equal((await code.fetch()).friendlyName, 'Codes');
  assert.deepEqual(await refusal(code.update({smsFallbackUrl: 'nowhere'})), [400, 21502]);
});

test('services are created, listed over pages, updated and removed', async () => {
  const {services} = client.messaging.v1;
  const wanted = {friendlyName: 'Codes', inboundRequestUrl: 'http://127.0.0.1/in', inboundMethod: 'GET', fallbackUrl: 'http://127.0.0.1/f',
                  fallbackMethod: 'GET', statusCallback: 'http://127.0.0.1/s', stickySender: false, mmsConverter: false, smartEncoding: false,
                  scanMessageContent: 'disable', areaCodeGeomatch: false, validityPeriod: 600, synchronousValidation: true,
                  usecase: 'notifications', useInboundWebhookOnNumber: true};
  const service = await services.create(wanted);
  for (const [name, value] of Object.entries(wanted)) assert.equal(service[name], value, name);
  assert.ok(service.dateCreated instanceof Date);
  assert.ok(service.links.alpha_senders.endsWith(`/v1/Services/${service.sid}/AlphaSenders`));
  assert.equal((await service.update({validityPeriod: 60})).friendlyName, 'Codes');
  assert.equal((await service.fetch()).validityPeriod, 60);
  for (let i = 0; i < 4; ++i) await services.create({friendlyName: `More ${i}`});
  const listed = await services.list({pageSize: 2});
  assert.ok(listed.length >= 5 && new Set(sids(listed)).size === listed.length);
  assert.equal(await service.remove(), true);
  assert.deepEqual(await refusal(service.fetch()), [404, 20404]);
  assert.deepEqual(await refusal(services.create({friendlyName: 'x'.repeat(65)})), [400, 20001]);
  assert.equal((await client.messaging.v1.usecases.fetch()).usecases.length, 6);
});

test('numbers, short codes and channels join one service each', async () => {
  const service = await client.messaging.v1.services.create({friendlyName: 'Codes'});
  const other = await client.messaging.v1.services.create({friendlyName: 'Other'});
  const kinds = [
    ['phoneNumbers', {phoneNumberSid: sid('PN', '2')}, 'phoneNumber'],
    ['shortCodes', {shortCodeSid: 'SC' + '1'.padStart(32, '0')}, 'shortCode'],
    ['channelSenders', {sid: sid('XE', '2')}, 'sender']
  ];
  for (const [list, form, member] of kinds) {
    const senders = client.messaging.v1.services(service.sid)[list];
    const joined = await senders.create(form);
    assert.ok(joined[member], list);
    assert.equal((await joined.fetch()).sid, joined.sid);
    assert.deepEqual(sids(await senders.list()), [joined.sid]);
    assert.deepEqual(await refusal(senders.create(form)), [409, 21710]);
    const elsewhere = client.messaging.v1.services(other.sid)[list];
    assert.deepEqual(await refusal(elsewhere.create(form)), [409, 21712]);
    assert.deepEqual(await refusal(elsewhere(joined.sid).remove()), [404, 21711]);
    assert.equal(await joined.remove(), true);
    assert.deepEqual(await senders.list(), []);
  }
});

test('alpha senders are one a service, and one a country', async () => {
  const service = await client.messaging.v1.services.create({friendlyName: 'Codes'});
  const {alphaSenders, destinationAlphaSenders} = client.messaging.v1.services(service.sid);
  const bank = await alphaSenders.create({alphaSender: 'My Bank'});
  assert.deepEqual(bank.capabilities, ['SMS']);
  assert.equal((await bank.fetch()).alphaSender, 'My Bank');
  assert.deepEqual(await refusal(alphaSenders.create({alphaSender: 'Other'})), [400, 21714]);
  assert.deepEqual(await refusal(alphaSenders.create({alphaSender: '123456'})), [400, 20001]);
  assert.equal((await alphaSenders.list()).length, 1);
  assert.equal(await bank.remove(), true);
  for (const isoCountryCode of ['FR', 'DE', 'GB', 'AU', 'NG']) {
    await destinationAlphaSenders.create({alphaSender: 'Bank', isoCountryCode});
  }
  assert.equal((await destinationAlphaSenders.list({pageSize: 2})).length, 5);
  const [french] = await destinationAlphaSenders.list({isoCountryCode: 'FR'});
  assert.equal((await french.fetch()).isoCountryCode, 'FR');
  assert.equal(await french.remove(), true);
});

test('deactivated numbers are found behind the redirection', async () => {
  const {redirectTo} = await client.messaging.v1.deactivations().fetch({date: new Date('2023-08-24T00:00:00Z')});
  const file = await fetch(redirectTo);
  assert.equal(file.headers.get('content-type'), 'text/plain');
  assert.deepEqual((await file.text()).trim().split('\n'), ['15552308241', '15552308242', '15552308243']);
  assert.deepEqual(await refusal(client.messaging.v1.deactivations().fetch()), [400, 20001]);
});

test('a domain of shortened links has a certificate, a configuration and services', async () => {
  const v1 = client.messaging.v1;
  const domain = sid('DN', '1');
  const service = await v1.services.create({friendlyName: 'Codes'});
  assert.deepEqual(await refusal(v1.domainCerts(domain).fetch()), [404, 20404]);
  const certificate = await v1.domainCerts(domain).update({tlsCert: '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----'});
  assert.equal((await v1.domainCerts(domain).fetch()).certificateSid, certificate.certificateSid);
  assert.equal((await v1.requestManagedCert(domain).update()).managed, true);
  assert.equal(await v1.domainCerts(domain).remove(), true);
  const config = await v1.domainConfig(domain).update({fallbackUrl: 'http://127.0.0.1/f', continueOnFailure: false, disableHttps: true});
  assert.equal(config.continueOnFailure, false);
  assert.equal((await v1.domainConfig(domain).fetch()).fallbackUrl, 'http://127.0.0.1/f');
  assert.equal((await v1.domainValidateDns(domain).fetch()).isValid, true);
  await v1.linkshorteningMessagingService(domain, service.sid).create();
  assert.equal((await v1.linkshorteningMessagingServiceDomainAssociation(service.sid).fetch()).domainSid, domain);
  assert.equal((await v1.domainConfigMessagingService(service.sid).fetch()).configSid, config.configSid);
  assert.equal(await v1.linkshorteningMessagingService(domain, service.sid).remove(), true);
  assert.deepEqual(await refusal(v1.linkshorteningMessagingServiceDomainAssociation(service.sid).fetch()), [404, 20404]);
});

test('prices are found by country', async () => {
  const countries = await client.pricing.v1.messaging.countries.list({pageSize: 3});
  assert.deepEqual(countries.map((country) => country.isoCountry), ['AU', 'CA', 'DE', 'FR', 'GB', 'NG', 'US']);
  const germany = await client.pricing.v1.messaging.countries('DE').fetch();
  assert.equal(germany.outboundSmsPrices[0].prices[0].current_price, '0.0885');
  assert.equal(germany.inboundSmsPrices[0].numberType, 'local');
  assert.deepEqual(await refusal(client.pricing.v1.messaging.countries('XX').fetch()), [404, 20404]);
});

test("the library's check accepts a posted callback, and refuses a forged one", async () => {
  const check = ({url, headers, body}) =>
    twilio.validateRequest(token, headers['x-twilio-signature'], url, Object.fromEntries(new URLSearchParams(body)));
  const message = await send({statusCallback: receiver.url});
  await simulator.setStatus(message.sid, 'undelivered', 30005);
  const [told] = await receiver.received(1);
  assert.equal(check(told), true);
  const form = new URLSearchParams(told.body);
  assert.equal(form.get('MessageSid'), message.sid);
  assert.equal(form.get('ErrorCode'), '30005');
  assert.equal(check({...told, body: told.body.replace('30005', '30006')}), false);
  await simulator.control('POST', 'callback-faults', {fault: 'forge'});
  await simulator.setStatus(message.sid, 'delivered');
  assert.equal(check((await receiver.received(1))[0]), false);
});

test("the library's check accepts a JSON callback by its hash", async () => {
  const message = await send({statusCallback: receiver.url});
  await simulator.control('POST', 'callback-faults', {fault: 'json'});
  await simulator.setStatus(message.sid, 'delivered');
  const [{url, headers, body}] = await receiver.received(1);
  assert.equal(twilio.validateRequestWithBody(token, headers['x-twilio-signature'], url, body), true);
  assert.equal(twilio.validateRequestWithBody(token, headers['x-twilio-signature'], url, body + ' '), false);
  assert.equal(JSON.parse(body).MessageStatus, 'delivered');
});

test('a message runs its course by itself, and tells each step', async () => {
  const living = await startSimulator('--step-ms', '20');
  try {
    const service = await living.client().messaging.v1.services.create({friendlyName: 'Codes', statusCallback: receiver.url});
    await service.phoneNumbers().create({phoneNumberSid: sid('PN', '3')});
    const form = {to: '+15550030003', body: 'x', messagingServiceSid: service.sid};
    const message = await living.client().messages.create(form);
    assert.equal(message.status, 'accepted');
    const told = (await receiver.received(4)).map(({body}) => new URLSearchParams(body));
    assert.deepEqual(told.map((callback) => callback.get('MessageStatus')), ['queued', 'sending', 'sent', 'undelivered']);
    assert.equal(told[3].get('ErrorCode'), '30003');
    const ended = await living.client().messages(message.sid).fetch();
    assert.equal(ended.status, 'undelivered');
    assert.match(ended.from, /^\+1555\d{7}$/);
    assert.equal(ended.price, '-0.00750');
  } finally {
    await living.stop();
  }
});

test('more messages in a second than allowed are refused', async () => {
  const strict = await startSimulator('--rate', '1');
  try {
    const many = Array.from({length: 20}, () => strict.client().messages.create({to, from, body: 'x'}));
    const refused = (await Promise.allSettled(many)).filter(({status}) => status === 'rejected');
    assert.ok(refused.length > 0);
    for (const {reason} of refused) assert.deepEqual([reason.status, reason.code], [429, 20429]);
  } finally {
    await strict.stop();
  }
});
