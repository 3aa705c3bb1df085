// SPDX-License-Identifier: Apache-2.0
// Twilio's npm helper against the benchmark's server. Prints the CPU microseconds of a send, after a warm-up of half as
// many: node twilio_helper.cjs NODE_MODULES URL ACCOUNT TOKEN FROM TO TEXT IN_FLIGHT SENDS
const http = require('node:http');
const path = require('node:path');
const [modules, url, account, token, from, to, body, inFlight, sends] = process.argv.slice(2);
const twilio = require(path.join(path.resolve(modules), 'twilio'));

/** The helper's own HTTP client with an agent that keeps connections, led to the benchmark's server. */
class LedClient extends twilio.RequestClient {
  constructor() {
    super();
    const agent = {keepAlive: true, maxSockets: Number(inFlight), maxFreeSockets: Number(inFlight)};
    this.axios.defaults.httpAgent = new http.Agent(agent);
  }

  request(options) {
    return super.request({...options, uri: options.uri.replace('https://api.twilio.com', url)});
  }
}

const client = twilio(account, token, {httpClient: new LedClient()});

async function send(count) {
  let left = count;
  const work = async () => {
    while (left-- > 0) {
      const message = await client.messages.create({to, from, body});
      if (message.status !== 'queued') throw new Error('a send failed');
    }
  };
  await Promise.all(Array.from({length: Number(inFlight)}, work));
}

const cpu = () => {
  const {userCPUTime, systemCPUTime} = process.resourceUsage();
  return userCPUTime + systemCPUTime;
};

(async () => {
  await send(Math.ceil(Number(sends) / 2));
  const before = cpu();
  await send(Number(sends));
  console.log((cpu() - before) / Number(sends));
  process.exit(0);
})();
