// SPDX-License-Identifier: Apache-2.0
// What texts take on the air, beside Twilio's own calculator, which follows Unicode 10. Newer Unicode joins more into one
// cluster (a skin tone behind anything, emoji that are newer than 2017); the count of units is the same, and only a text
// whose cluster of that kind stands on a part's border can count otherwise. The random texts have none; one test names them.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import calculator from 'sms-segments-calculator';
import {startHost} from './host.mjs';

const {SegmentedMessage} = calculator;

const key = 'a-key-of-the-segments-test';
let host;
let messenger;

async function call(path, body) {
  const answer = await fetch(host.url + path, {
    method: 'POST', body: JSON.stringify(body), headers: {'Authorization': key, 'Content-Type': 'application/json'}
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}

before(async () => {
  host = await startHost(key);
  messenger = (await call('/api/messenger', {messenger: {
    type: 'Twilio', name: 'Twilio', url: host.provider, accountSID: 'AC0123456789abcdef0123456789abcdef',
    authToken: 'a secret', fromPhoneNumber: '+15005550006', connectTimeout: 1000, readTimeout: 1000
  }})).messenger;
});

after(async () => assert.deepEqual(await host.stop(), {code: 0, signal: null}));

/** What the plugin's operation says of a text, through the host. */
async function preview(body) {
  const {operation} = await call(`/api/messenger/${messenger.id}/operation/preview`, {operation: {input: {body}}});
  assert.equal(operation.outcome, 'OK', JSON.stringify(operation));
  return operation.outputs[0];
}

/** What our counter says of each text. */
function ours(texts) {
  const input = texts.map((text) => JSON.stringify(text)).join('\n');
  const output = execFileSync(join(process.env.MESSENGER_BIN_DIR, 'text-counter'), {input, maxBuffer: 1 << 28});
  const answers = output.toString().trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, texts.length);
  return answers;
}

/** What Twilio's calculator says of a text, in our words. */
function theirs(text, smart = false) {
  const message = new SegmentedMessage(text, 'auto', smart);
  const bits = message.encodingName === 'GSM-7' ? 7 : 16;
  const outside = new Set(message.getNonGsmCharacters().join(''));
  const isGsm = (character) => new SegmentedMessage(character).encodingName === 'GSM-7';
  return {
    encoding: message.encodingName,
    parts: message.segmentsCount,
    units: message.messageSize / bits,
    remaining: Math.max(0, Math.floor(message.segments.at(-1).freeSizeInBits() / bits)),
    outside: [...outside].filter((character) => !isGsm(character)).slice(0, 16).map((character) => character.codePointAt(0))
  };
}

/** The same numbers from 0 to 1 in every run (mulberry32). */
function numbers(seed) {
  return () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const plain = [...'abcXYZ019 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&\'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà', '\n', '\r', '\r\n'];
const escaped = [...'^{}\\[~]|€', '\f'];
const forcing = [...'`çЖя你好日本ابעב', '\t', '\u0001', '\u00A0', '\u200B', '\u00AD', '\uFEFF'];
const emoji = ['😀', '❤️', '☎', '1️⃣', '👍🏽', '🤦🏻‍♀️', '👨‍👩‍👧‍👦', '👩‍❤️‍💋‍👨', '👩🏿‍🚀', '🏳️‍🌈', '👁️‍🗨️', '🏴\u{E0067}\u{E0062}\u{E007F}', '🇩🇪', '🇫🇷', '🇺🇸🇬🇧🇨🇭', '🇩'];
const marks = ['e\u0301', 'a\u0308\u0323', 'ö\u0304', 'ש\u05C1\u05BC', 'بِّ', 'กำ', 'நி', 'का', 'q' + '\u0300'.repeat(9), '\u0301', 'x\u200Dy'];
const hangul = ['한', '가', '각', '\u1100\u1161', '\u1112\u1161\u11AB', '\u1100\u1100\u1161', '각\u11A8', '\u11AB', '\u1161'];
const look = [...'«»“”‘’–—…\u2028\u3000½¼！Ａ\u0302\u0332\u2060‼•'];

const alphabets = [plain, [...plain, ...escaped], escaped, [...plain, ...forcing], emoji, marks, hangul, look,
                   [...plain, ...look], [...plain, ...emoji], [...hangul, ...marks], [...emoji, ...marks, ...hangul],
                   [...plain, ...escaped, ...forcing, ...emoji, ...marks, ...hangul, ...look]];
const borders = [0, 1, 66, 67, 68, 70, 71, 134, 135, 152, 153, 154, 159, 160, 161, 201, 202, 306, 307, 459, 460];

/** A text of one alphabet whose length in UTF-16 is about a part's border or anything. */
function randomText(random) {
  const alphabet = alphabets[Math.floor(random() * alphabets.length)];
  const border = borders[Math.floor(random() * borders.length)] - 3 + Math.floor(random() * 7);
  const length = random() < 0.75 ? border : Math.floor(random() * 480);
  let text = random() < 0.3 ? plain[3].repeat(Math.max(0, length - 6)) : '';
  while (text.length < length) {
    text += alphabet[Math.floor(random() * alphabet.length)];
  }
  return text;
}

function compare(texts) {
  const counted = ours(texts);
  texts.forEach((text, i) => {
    const {smart, ...asIs} = counted[i];
    assert.deepEqual(asIs, theirs(text), JSON.stringify(text));
    assert.deepEqual(smart, theirs(text, true), `smart encoding of ${JSON.stringify(text)}`);
  });
}

const random = numbers(20230824);
const texts = Array.from({length: 6000}, () => randomText(random));

test('6000 random texts count as with Twilio\'s calculator, as they are and after smart encoding', () => {
  compare(texts);
  const parts = new Set(texts.map((text) => new SegmentedMessage(text).segmentsCount));
  assert.ok(parts.has(1) && parts.has(2) && parts.has(3) && parts.has(7), [...parts].join());
});

test('the preview operation counts the same texts alike', async () => {
  const left = texts.entries();
  const worker = async () => {
    for (const [, text] of left) {
      const {encoding, parts, units, remaining, warnings} = await preview(text);
      const {outside, ...expected} = theirs(text);
      assert.deepEqual({encoding, parts, units, remaining}, expected, JSON.stringify(text));
      assert.equal(warnings.some((warning) => warning.includes('UCS-2')), outside.length > 0, JSON.stringify(text));
    }
  };
  await Promise.all(Array.from({length: 8}, worker));
});

test('every character of the basic plane and some behind it count as with Twilio\'s calculator', () => {
  const characters = [''];
  for (let code = 0; code < 0x20000; code += code < 0x10000 ? 1 : 97) {
    if (code < 0xD800 || code > 0xDFFF) characters.push(String.fromCodePoint(code));
  }
  compare(characters);
});

test('a cluster that only newer Unicode joins is not cut, where Twilio\'s calculator cuts it', () => {
  const differences = [
    ['a🏽', 'a skin tone behind a letter'],
    ['❤️‍🔥', 'an emoji of 2020'],
    ['🧑‍🤝‍🧑', 'an emoji of 2019']
  ];
  const at = (cluster, before) => 'a'.repeat(before) + cluster + 'a'.repeat(67 - cluster.length);
  for (const [cluster, what] of differences) {
    const [first, ...rest] = new SegmentedMessage(cluster).graphemes;
    assert.ok(rest.length > 0, what);
    const cut = at(cluster, 67 - first.length);  // their first piece just fills the part
    const [whole] = ours([cut]);
    const split = theirs(cut);
    assert.equal(whole.units, split.units, what);
    assert.equal(split.remaining - whole.remaining, first.length, what);
    const inside = at(cluster, 30);
    assert.equal(ours([inside])[0].remaining, theirs(inside).remaining, what);
  }
});
