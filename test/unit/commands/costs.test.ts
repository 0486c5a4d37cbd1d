import assert from 'node:assert/strict';
import { aList, aServer } from '../../support/builders.ts';
import { aPlan } from '../webviews/plans.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

describe('questions about costs', () => {
  const front = usePerson();
  const unpriced = aServer({ id: '3', name: 'odd-1', plan: { ...aServer().plan!, vcpus: 3 } });
  const servers = [
    aServer({ id: '1', name: 'web-1' }),
    aServer({ id: '2', name: 'web-2' }),
    unpriced,
  ];

  async function asked(
    command: 'stop' | 'reboot' | 'delete' | 'start',
    ids: readonly string[],
    listPlans = () => Promise.resolve([aPlan({ priceMonthly: 10 })]),
  ) {
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
      getServer: (id) => Promise.resolve(servers.find((server) => server.id === id) ?? aServer()),
      listPlans,
    });
    const rows = ids.map((id) => aRow(id));
    await context.registry.run(`vpsOrg.server.${command}`, [rows[0], rows]);
    return {
      text: front.person.heard.at(-1) ?? '',
      requests: calls.filter(({ method }) => method === 'listPlans').length,
    };
  }

  it('say what a stopped server keeps costing', async () => {
    const { text, requests } = await asked('stop', ['1']);
    assert.match(text, /^Stop "web-1"\?/u);
    assert.ok(
      text.endsWith(
        "You're still charged for a stopped server until you delete it. It keeps costing $10.00 a month while stopped (list price).",
      ),
      text,
    );
    assert.equal(requests, 1);
  });

  it('add up many servers and name how many are left out', async () => {
    assert.match(
      (await asked('stop', ['1', '2', '3'])).text,
      /Together they keep costing \$20\.00 a month while stopped \(list price\)\. The price of 1 server is unknown/u,
    );
    assert.match(
      (await asked('delete', ['1', '2', '3'])).text,
      /Together this saves \$20\.00 a month \(list price\)\. The price of 1 server is unknown/u,
    );
  });

  it('say what a deletion saves', async () => {
    const { text } = await asked('delete', ['1']);
    assert.match(text, /^Delete "web-1"\?/u);
    assert.match(text, /\n\nThis saves \$10\.00 a month \(list price\)\.\n\n/u);
    assert.match(text, /This cannot be undone\.$/u);
  });

  it('name no price that is not certain, and ask all the same', async () => {
    for (const command of ['stop', 'delete'] as const) {
      const { text } = await asked(command, ['3']);
      assert.match(text, /^\w+ "odd-1"\?/u);
      assert.doesNotMatch(text, /\$/u);
      const failing = await asked(command, ['1'], () => Promise.reject(new Error('down')));
      assert.match(failing.text, /^\w+ "web-1"\?/u);
      assert.doesNotMatch(failing.text, /\$/u);
    }
  });

  it('send no request for prices where none would show', async () => {
    const { text, requests } = await asked('reboot', ['1']);
    assert.match(text, /^Reboot "web-1"\?/u);
    assert.equal(requests, 0);
  });
});
