import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { CommandContext } from '../../../src/host/commandContext.ts';
import type { CommandLoader } from '../../../src/host/commandRegistry.ts';
import type { MessageButton } from '../../../src/host/messages.ts';
import { AppError } from '../../../src/core/errors.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { CommandRegistry } = await import('../../../src/host/commandRegistry.ts');

describe('CommandRegistry', () => {
  let shown: string[];
  let logged: string[];

  const context = {
    view: { selection: [] },
    messages: { error: (text: string) => shown.push(text) },
    log: { error: (text: string) => logged.push(text), show: () => undefined },
  } as unknown as CommandContext;
  const registryOf = (loaders: Readonly<Record<string, CommandLoader>>, used = context) =>
    new CommandRegistry(() => Promise.resolve(loaders), used);
  const run = (handler: () => unknown, id = 'vpsOrg.test'): Promise<unknown> =>
    registryOf({ 'vpsOrg.test': () => Promise.resolve(handler) }).run(id, []);

  beforeEach(() => {
    shown = [];
    logged = [];
  });

  it('loads a handler on its first use, and passes context and arguments', async () => {
    let loads = 0;
    const calls: unknown[][] = [];
    const registry = registryOf({
      'vpsOrg.test': () => {
        loads++;
        return Promise.resolve((...args: unknown[]) => calls.push(args));
      },
    });
    assert.equal(loads, 0);
    await registry.run('vpsOrg.test', ['row']);
    assert.equal(loads, 1);
    assert.deepEqual(calls, [[context, ['row']]]);
  });

  it('names the task that failed, and repeats it on request where that only reads', async () => {
    let runs = 0;
    const pressed: string[] = [];
    const buttons: (readonly MessageButton[])[] = [];
    const messages = {
      error: (text: string, ...given: readonly MessageButton[]) => {
        pressed.push(text);
        buttons.push(given);
      },
    };
    const fail = () => {
      runs++;
      return Promise.reject(new AppError('timeout', 'slow'));
    };
    const registry = registryOf(
      {
        'vpsOrg.refresh': () => Promise.resolve(fail),
        'vpsOrg.server.stop': () => Promise.resolve(fail),
      },
      { ...context, messages } as unknown as CommandContext,
    );
    await registry.run('vpsOrg.refresh', []);
    await buttons[0]?.[0]?.run();
    await registry.run('vpsOrg.server.stop', []);
    assert.deepEqual(pressed, [
      'Refreshing failed: VPS.org did not answer in time.',
      'Refreshing failed: VPS.org did not answer in time.',
      'Stopping failed: VPS.org did not answer in time.',
    ]);
    assert.equal(runs, 3);
    assert.deepEqual(
      buttons.map((each) => each.map(({ title }) => title)),
      [['Retry', 'Show Log'], ['Retry', 'Show Log'], ['Show Log']],
    );
  });

  it('resolves with the result of the handler', async () => {
    assert.equal(await run(() => Promise.resolve(3)), 3);
  });

  it('shows and logs an error once', async () => {
    await run(() => Promise.reject(new AppError('timeout', 'slow')));
    assert.equal(shown.length, 1);
    assert.deepEqual(logged, ['vpsOrg.test failed']);
  });

  it('shows an error of a handler that could not be loaded', async () => {
    const registry = registryOf({ 'vpsOrg.test': () => Promise.reject(new Error('no such file')) });
    await registry.run('vpsOrg.test', []);
    assert.equal(shown.length, 1);
  });

  it('shows nothing where a command is cancelled', async () => {
    await run(() => Promise.reject(new AppError('cancelled', 'closed')));
    assert.deepEqual([...shown, ...logged], []);
  });

  it('leaves a rejected token to its own notification', async () => {
    await run(() => Promise.reject(new AppError('unauthorized', '401')));
    assert.deepEqual(shown, []);
    assert.deepEqual(logged, ['vpsOrg.test failed']);
  });

  it('ignores ids without a handler', async () => {
    assert.equal(await run(() => 3, 'toString'), undefined);
  });
});
