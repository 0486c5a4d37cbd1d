import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { Plan } from '../../../src/core/plan.ts';
import type { Log } from '../../../src/host/log.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import type { Fact } from '../../../src/webviews/details/protocol.ts';
import { aChangedServers, aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';
import { openedPanels, window } from '../../support/vscodeStub.ts';
import { signedIn } from '../../support/world.ts';
import { aPlan } from './plans.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { Messages } = await import('../../../src/host/messages.ts');
const { SettingsDraftStore } = await import('../../../src/webviews/details/draftStore.ts');
const { DetailsPanels } = await import('../../../src/webviews/details/panels.ts');
const { PanelVisibility } = await import('../../../src/webviews/panelVisibility.ts');
const { SettingsSaver } = await import('../../../src/webviews/details/settingsSaver.ts');

describe('DetailsPanel: price', () => {
  afterEach(() => {
    window.state.focused = true;
  });

  /** A panel of the server, and the price that it shows. */
  async function opened(listPlans: () => Promise<readonly Plan[]>) {
    const server = aServer();
    const { session, sessions, actions, clock, calls, marks } = await signedIn({
      listServers: () => Promise.resolve(aList(server)),
      getServer: () => Promise.resolve(server),
      listPlans,
    });
    await session.refresh();
    const messages = new Messages();
    const fail = (text: string): never => assert.fail(text);
    const planCatalog = new PlanCatalog(clock);
    const details = new DetailsPanels({
      extensionUri: 'extension' as never,
      sessions,
      changedServers: aChangedServers(),
      actions,
      clock,
      messages,
      log: { warn: fail, error: fail } as unknown as Log,
      visibility: new PanelVisibility(),
      saver: new SettingsSaver({ sessions, actions, messages }),
      drafts: new SettingsDraftStore(new MemoryMemento(), fail),
      planCatalog,
      marks,
      profiles: { targetOf: () => 'noAddress', onDidChange: () => ({ dispose: () => undefined }) },
      onDidActivate: () => undefined,
      setPreviewing: () => undefined,
    });
    details.open({ accountId: 'account-1', serverId: server.id });
    const panel = openedPanels.at(-1);
    assert.ok(panel);
    panel.post({ type: 'ready' });
    await clock.advance(0);
    return {
      clock,
      session,
      planCatalog,
      requests: () => calls.filter(({ method }) => method === 'listPlans').length,
      shown: () =>
        (panel.state.facts as readonly Fact[]).find(({ label }) => label === 'Price')?.value,
      close: () => details.dispose(),
    };
  }

  it('is shown when the plans arrive, with one request however long the panel is open', async () => {
    const plans = deferred<readonly Plan[]>();
    const { clock, shown, requests, close } = await opened(() => plans.promise);
    assert.equal(shown(), 'Loading...');
    plans.resolve([aPlan()]);
    await settle();
    assert.equal(shown(), '$12.00 a month, $0.018 an hour (list price)');
    await clock.advance(10 * 60_000);
    assert.equal(requests(), 1);
    close();
  });

  it('is unknown for a plan with other specs', async () => {
    const { shown, close } = await opened(() => Promise.resolve([aPlan({ storageGB: 81 })]));
    await settle();
    assert.equal(shown(), undefined);
    close();
  });

  it('sends no request while the window is in the background', async () => {
    window.state.focused = false;
    const { clock, requests, shown, planCatalog, session, close } = await opened(() =>
      Promise.resolve([aPlan()]),
    );
    await clock.advance(10 * 60_000);
    assert.equal(requests(), 0);
    assert.equal(shown(), undefined);
    // Loaded for another place, the price shows here too.
    await planCatalog.request(session);
    await settle();
    assert.match(shown() ?? '', /list price/u);
    close();
  });
});
