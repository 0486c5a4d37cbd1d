import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

/** A token that no pattern of ours recognises: only redaction by value removes it. */
const token = 'e2e-Secret.Token/0123456789+abcdef=';

/** Forms in which a token could appear. */
const forms: readonly string[] = [
  token,
  encodeURIComponent(token),
  Buffer.from(token).toString('base64').replace(/=+$/u, ''),
  Buffer.from(token).toString('base64url'),
];

describe('Log', () => {
  const account = useAccount({ token }, {}, () => ({ logLevel: 'debug' }));

  /** The files of the server and its extension host, by path. */
  async function filesOnDisk(): Promise<readonly string[]> {
    const entries = await readdir(account.workbench.dataDir, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  }

  async function logText(): Promise<string> {
    const files = (await filesOnDisk()).filter((file) => file.endsWith('VPS.org.log'));
    return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
  }

  before('check the logger', function () {
    assert.ok(
      account.workbench.hasLogger,
      'VS Code writes no log here, so nothing can be found in it: its logger @vscode/spdlog is not built. ' +
        'Run "node scripts/vscodeInstall.mjs" to see why; it needs Python, make and a C++ compiler.',
    );
  });

  it('contains the requests and errors of a sign-in, but not the token', async () => {
    const { window, sandbox, tree } = account;
    await signIn(window, token);
    await tree.row('web-server-01').waitFor();
    sandbox.faults.add({ match: { method: 'GET' }, fault: { kind: 'status', status: 500 } });
    await window.viewAction('Refresh');
    await waitUntil(async () => (await logText()).includes('500 server'), 'the error in the log');
    sandbox.faults.add({
      match: { method: 'POST' },
      fault: { kind: 'status', status: 400, body: { detail: `Refused: ${forms.join(' ')} end` } },
    });
    await tree.contextMenu('web-server-01', 'Stop Server...');
    await (await window.dialog('Stop "web-server-01"?')).press('Stop');
    await (await window.notification('Refused:')).dismiss();
    const text = await waitUntil(async () => {
      const found = await logText();
      return /stop: .*Refused:/u.test(found) && found;
    }, 'the refusal in the log');
    assert.match(text, /GET .*\/servers\//u);
    for (const form of forms) assert.ok(!text.includes(form), `the log contains "${form}"`);
  });

  it('is shown by Show Log', async () => {
    const { window } = account;
    await window.palette('VPS.org: Show Log');
    const output = window.page.locator('.part.panel .view-lines');
    await output
      .getByText(/Refused/u)
      .first()
      .waitFor();
    const text = await output.innerText();
    for (const form of forms) assert.ok(!text.includes(form), `the log shows "${form}"`);
  });

  it('leaves the token in no file and no console output', async () => {
    for (const file of await filesOnDisk()) {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0));
      for (const form of forms) assert.ok(!bytes.includes(form), `"${form}" is in ${file}`);
    }
    for (const form of forms) assert.ok(!account.workbench.consoleText().includes(form), form);
  });

  it('is private, as all data of VS Code', async function () {
    if (process.platform === 'win32') this.skip();
    const { dataDir } = account.workbench;
    for (const path of [dataDir, ...(await filesOnDisk())]) {
      const info = await stat(path).catch(() => undefined);
      assert.equal((info?.mode ?? 0) & 0o077, 0, path);
    }
  });
});
