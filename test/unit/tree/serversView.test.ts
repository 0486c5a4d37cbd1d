import assert from 'node:assert/strict';
import { register } from 'node:module';
import { describe, it } from 'mocha';
import type { TreeView } from 'vscode';
import { noFilter } from '../../../src/core/filter.ts';
import type { Node } from '../../../src/tree/nodes.ts';
import type { ServersViewOptions } from '../../../src/tree/serversView.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const vscode = await import('vscode');
const { ServersView } = await import('../../../src/tree/serversView.ts');

const ref = { accountId: 'account-1', serverId: '7' };
const row: Node = { kind: 'server', ...ref, isPinned: false, parent: undefined };
const never = () => ({ dispose: () => undefined });

/** A view with one row, of which VS Code cannot select a row the first times. */
function viewThatFails(times: number, isListed = true) {
  const attempts: unknown[] = [];
  const warnings: string[] = [];
  const view = {
    visible: true,
    selection: [],
    onDidChangeSelection: never,
    onDidChangeVisibility: never,
    reveal: (node: unknown, options: unknown) => {
      attempts.push([node, options]);
      return attempts.length <= times
        ? Promise.reject(new Error('Cannot resolve tree item for element 1/server/account-1/7'))
        : Promise.resolve();
    },
    dispose: () => undefined,
  } as unknown as TreeView<Node>;
  Object.assign(vscode.window, { createTreeView: () => view });
  const servers = new ServersView({
    tree: {
      setFilter: () => Promise.resolve(),
      setSelection: () => undefined,
      onDidChangeStructure: never,
      findServer: () => (isListed ? row : undefined),
      filter: noFilter,
    },
    sessions: { setQuery: () => undefined, onDidChange: never, all: [] },
    contextKeys: { set: () => undefined },
    memento: new MemoryMemento(),
    warn: (text: string) => warnings.push(text),
  } as unknown as ServersViewOptions);
  return { servers, attempts, warnings };
}

describe('ServersView.reveal', () => {
  it('selects the row, again where VS Code was drawing it', async () => {
    for (const times of [0, 1, 2]) {
      const { servers, attempts, warnings } = viewThatFails(times);
      assert.equal(await servers.reveal(ref), true);
      assert.equal(attempts.length, times + 1);
      assert.deepEqual(attempts.at(-1), [row, { select: true, focus: false }]);
      assert.deepEqual(warnings, []);
    }
  });

  it('never fails what a person does: a new server opens though its row cannot be selected', async () => {
    const { servers, attempts, warnings } = viewThatFails(Infinity);
    assert.equal(await servers.reveal(ref), true);
    assert.deepEqual([attempts.length, warnings.length], [3, 1]);
  });

  it('says where the filter hides the row', async () => {
    const { servers, attempts } = viewThatFails(0, false);
    assert.equal(await servers.reveal(ref), false);
    assert.equal(attempts.length, 0);
  });
});
