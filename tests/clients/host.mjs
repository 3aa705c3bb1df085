// SPDX-License-Identifier: Apache-2.0
// The real host and a provider on this machine, for as long as a test needs them.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

const bin = process.env.MESSENGER_BIN_DIR;

/** Starts a program of ours and waits for the line with its URL. */
export async function start(name, args, environment = {}) {
  const child = spawn(join(bin, name), args, {env: {...process.env, ...environment}, stdio: ['ignore', 'pipe', 'pipe']});
  let log = '';
  child.stderr.on('data', (data) => log += data);
  const exited = new Promise((resolve) => child.on('exit', (code, signal) => resolve({code, signal})));
  const line = await Promise.race([
    new Promise((resolve) => createInterface({input: child.stdout}).once('line', resolve)),
    exited.then(() => { throw new Error(`${name} ended: ${log}`); })
  ]);
  return {
    url: line.match(/http:\/\/\S+/)[0],
    log: () => log,
    async stop() {
      child.kill('SIGTERM');
      return exited;
    }
  };
}

/** Starts a provider and a host with the API key `key`; stop() gives how the host ended. */
export async function startHost(key) {
  const directory = mkdtempSync(join(tmpdir(), 'messenger-clients-'));
  const provider = await start('provider-simulator', []);
  const host = await start('messenger-host', ['serve', '--allow-ranges', '127.0.0.0/8', '--http-ranges', '127.0.0.0/8', '--listen', '127.0.0.1:0', '--database', `sqlite:${directory}/host.db`],
                           {MESSENGER_HOST_API_KEY: key});
  return {
    url: host.url,
    provider: provider.url,
    log: host.log,
    async stop() {
      const ended = await host.stop();
      await provider.stop();
      rmSync(directory, {recursive: true});
      return ended;
    }
  };
}
