// SPDX-License-Identifier: Apache-2.0
// The last net: an error that nothing caught stops the program in order, is logged by its kind alone, and the service manager sees that it failed.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../support/embedded.ts';

const projects = `- { project: alpha, title: Alpha, policy: minimal, sender: { name: Alpha, address: reports@alpha.example } }\n`;
const canary = 'Canary-uncaught';

/** Runs in the program beside everything else, and fails once the file is there. */
function planted(file: string, how: string): string {
  const code = `import { existsSync } from 'node:fs';
    const look = setInterval(() => { if (existsSync(${JSON.stringify(file)})) { clearInterval(look); ${how} } }, 20).unref();`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}

const ways: Readonly<Record<string, string>> = {
  uncaughtException: `throw new RangeError('${canary}');`,
  unhandledRejection: `Promise.reject(new RangeError('${canary}'));`,
};

for (const [origin, how] of Object.entries(ways))
  test(`L-28 L-29 an error that nothing caught (${origin}) ends the server in order, says no word of its message, and gives exit code 1`, async (t) => {
    const data = await mkdtemp(join(tmpdir(), 'daylight-net-'));
    const file = join(data, 'fall');
    await writeFile(join(data, 'projects.yaml'), projects);
    const child = spawn(process.execPath, [planted(file, how), join(projectRoot, 'dist', 'src', 'main.js'), 'serve'], {
      env: { PATH: process.env['PATH'], DAYLIGHT_DATA: data, DAYLIGHT_PORT: '0', DAYLIGHT_RELAY: 'smtp://127.0.0.1:9' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    t.after(async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(data, { recursive: true, force: true });
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    while (!said.includes('"event":"ready"')) {
      assert.equal(child.exitCode, null, said);
      await pause(20);
    }
    const gone = once(child, 'exit');
    writeFileSync(file, '');
    const [code, signal] = await gone;
    assert.deepEqual({ code, signal }, { code: 1, signal: null }, said);
    const [line = '{}'] = said.split('\n').filter((one) => one.includes('"event":"uncaught"'));
    const { at, ...logged } = JSON.parse(line) as Record<string, string>;
    assert.deepEqual(logged, { event: 'uncaught', error: 'RangeError', origin });
    assert.ok(!said.includes(canary) && !said.includes('    at '), said);
    const left = readdirSync(join(data, 'postgres'), { recursive: true }).map(String);
    assert.ok(
      left.some((name) => name.endsWith('PG_VERSION')) && !left.some((name) => name.endsWith('postmaster.pid')),
      'PostgreSQL was stopped',
    );
  });
