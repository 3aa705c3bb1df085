// SPDX-License-Identifier: Apache-2.0
// Twilio's official library against a provider simulator of this machine.
import {createServer} from 'node:http';
import twilio from 'twilio';
import {start} from './host.mjs';

export const account = 'AC0123456789abcdef0123456789abcdef';
export const token = 'the-auth-token';
export const key = {sid: 'SK0123456789abcdef0123456789abcdef', secret: 'the-key-secret'};
export const from = '+15005550006';
export const to = '+15551230001';
export const sid = (prefix, digit) => prefix + digit.repeat(32);

/** The library's own HTTP client, led to the simulator; it remembers what went by. */
class LedClient extends twilio.RequestClient {
  exchanges = [];

  constructor(url) {
    super();
    this.url = url;
  }

  async request(options) {
    const uri = options.uri.replace(/^https:\/\/(api|messaging|pricing)\.twilio\.com/, this.url);
    const answer = await super.request({...options, uri});
    const method = options.method.toLowerCase();
    const form = options.data && Object.fromEntries(Object.entries(options.data).filter(([, value]) => value !== undefined));
    this.exchanges.push({method, path: new URL(uri).pathname, query: options.params, form, ...answer});
    return answer;
  }
}

/** Starts a simulator with one account; client() logs in with a user and a password. */
export async function startSimulator(...options) {
  const credentials = ['--account', `${account}:${token}`, '--api-key', `${key.sid}:${key.secret}@${account}`];
  const simulator = await start('provider-simulator', [...credentials, ...options]);
  return {
    ...simulator,
    client: (user = account, password = token) =>
      twilio(user, password, {accountSid: account, httpClient: new LedClient(simulator.url)}),
    async control(method, path, body) {
      const answer = await fetch(`${simulator.url}/simulator/${path}`, {method, body: body && JSON.stringify(body)});
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return answer.status === 204 ? undefined : answer.json();
    },
    setStatus(message, status, errorCode = 0) {
      return this.control('POST', `messages/${message}`, {status, errorCode});
    }
  };
}

/** A server that keeps what is posted to it. */
export async function startReceiver() {
  const requests = [];
  const waiting = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    response.end();
    requests.push({url: `http://${request.headers.host}${request.url}`, headers: request.headers, body});
    for (const check of waiting.splice(0)) check();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/status?tenant=a%20b`,
    /** The first `count` requests, once there are so many. */
    async received(count) {
      while (requests.length < count) {
        await new Promise((resolve, reject) => {
          waiting.push(resolve);
          setTimeout(() => reject(new Error(`${requests.length} of ${count} callbacks came`)), 20_000).unref();
        });
      }
      return requests.splice(0, count);
    },
    stop: () => new Promise((resolve) => server.close(resolve))
  };
}

/** What a call of the library is refused with: [HTTP status, code]. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return [error.status, error.code];
  }
  throw new Error('it was not refused');
}
