import assert from 'node:assert/strict';
import type { QuickPickItem } from 'vscode';
import { noFilter } from '../../../src/core/filter.ts';
import type { ServerFilter } from '../../../src/core/filter.ts';
import { aList, aServer } from '../../support/builders.ts';
import { commandWorld } from './commandWorld.ts';

const vscode = await import('vscode');
const { editFilter } = await import('../../../src/commands/filter.ts');

describe('editFilter', () => {
  const create = vscode.window.createQuickPick;

  afterEach(() => {
    vscode.window.createQuickPick = create;
  });

  it('starts with the current filter, and its counts follow the text', async () => {
    const change = new vscode.EventEmitter<string>();
    const hide = new vscode.EventEmitter<void>();
    const pick = {
      items: [] as readonly QuickPickItem[],
      selectedItems: [] as readonly QuickPickItem[],
      value: '',
      onDidChangeValue: change.event,
      onDidChangeSelection: new vscode.EventEmitter<never>().event,
      onDidAccept: new vscode.EventEmitter<never>().event,
      onDidHide: hide.event,
      show: () => undefined,
      dispose: () => undefined,
    };
    vscode.window.createQuickPick = (() => pick) as unknown as typeof create;
    const { context } = await commandWorld({
      listServers: () =>
        Promise.resolve(
          aList(
            aServer({ id: '1', name: 'web-1', status: 'active', location: 'us-west' }),
            aServer({ id: '2', name: 'web-2', status: 'stopped', location: 'us-west' }),
            aServer({ id: '3', name: 'db-1', status: 'active', location: 'us-east' }),
          ),
        ),
    });
    let filter: ServerFilter = { ...noFilter, statuses: ['active'] };
    const view = {
      ...context.view,
      get filter() {
        return filter;
      },
      setFilter: (next: ServerFilter) => (filter = next),
    };
    const closed = editFilter({ ...context, view });
    const counts = () =>
      pick.items.flatMap(({ label, description }) =>
        description === undefined ? [] : [`${label} ${description}`],
      );
    assert.deepEqual(counts(), ['active 2', 'stopped 1', 'us-east 1', 'us-west 2']);
    change.fire('web-');
    assert.deepEqual(counts(), ['active 1', 'stopped 1', 'us-east 0', 'us-west 2']);
    assert.deepEqual(
      pick.selectedItems.map(({ label }) => label),
      ['active'],
    );
    assert.deepEqual(filter, { text: 'web-', statuses: ['active'], locations: [] });
    hide.fire();
    await closed;
  });
});
