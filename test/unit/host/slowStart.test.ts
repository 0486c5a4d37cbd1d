import assert from 'node:assert/strict';
import { register } from 'node:module';
import { mock } from 'node:test';
import type { Mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as vscodeTypes from 'vscode';
import { settle } from '../../support/fakeClock.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
register('../../support/withoutApp.mjs', import.meta.url);
const vscode = await import('vscode');
const { activate } = await import('../../../src/extension.ts');
const { toSecretStore } = await import('../../../src/host/secrets.ts');

type Task = (progress: unknown, token: unknown) => unknown;

/** A keychain that a person never unlocks keeps the accounts from being loaded, for which all commands wait. */
describe('A secret storage that does not answer', () => {
  const { withProgress, registerTerminalProfileProvider } = vscode.window;
  const { registerCommand } = vscode.commands;
  const handlers = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  let titles: string[];
  let cancel: () => void;
  let timers: Mock<typeof setTimeout>;

  beforeEach(() => {
    titles = [];
    mock.timers.enable({ apis: ['setTimeout'] });
    timers = mock.method(globalThis, 'setTimeout');
    Object.assign(vscode.window, {
      withProgress: ({ title }: { title: string }, task: Task) => {
        titles.push(title);
        const token = { onCancellationRequested: (listener: () => void) => (cancel = listener) };
        return task(undefined, token);
      },
      registerTerminalProfileProvider: () => ({ dispose: () => undefined }),
    });
    Object.assign(vscode.commands, {
      registerCommand: (id: string, handler: () => Promise<unknown>) => handlers.set(id, handler),
    });
  });
  afterEach(() => {
    timers.mock.restore();
    mock.timers.reset();
    Object.assign(vscode.window, { withProgress, registerTerminalProfileProvider });
    Object.assign(vscode.commands, { registerCommand });
  });

  /** Lets 5 seconds pass, and what they start begin. */
  async function waitForProgress(): Promise<void> {
    // Commands begin to wait as soon as the code of the app is loaded.
    while (timers.mock.callCount() === 0) {
      await settle();
    }
    assert.deepEqual(titles, []);
    mock.timers.tick(4_999);
    await settle();
    assert.deepEqual(titles, []);
    mock.timers.tick(1);
    // The progress is loaded on first use.
    while (titles.length === 0) {
      await settle();
    }
    assert.deepEqual(titles, ['Waiting for the secret storage of this computer...']);
  }

  it('is reported by the commands, which end without an error when cancelled', async () => {
    const manifest = { contributes: { commands: [{ command: 'a' }], terminal: { profiles: [] } } };
    activate({
      extension: { packageJSON: manifest },
      subscriptions: [],
    } as unknown as vscodeTypes.ExtensionContext);
    const command = handlers.get('a')?.();
    await waitForProgress();
    cancel();
    assert.equal(await command, undefined);
  });

  it('is reported by later operations, which reject when cancelled', async () => {
    let isLocked = false;
    const store = toSecretStore({
      get: () => (isLocked ? new Promise(() => undefined) : Promise.resolve('[]')),
    } as unknown as vscodeTypes.SecretStorage);
    assert.equal(await store.get('accounts'), '[]');
    isLocked = true;
    const second = store.get('accounts');
    const rejected = assert.rejects(second, { kind: 'cancelled' });
    await waitForProgress();
    cancel();
    await rejected;
  });
});
