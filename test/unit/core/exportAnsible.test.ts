import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseDocument } from 'yaml';
import type { ScalarTag } from 'yaml';
import { toExport } from '../../../src/core/export/formats.ts';
import type { ExportedServer } from '../../../src/core/export/exportedServer.ts';
import { anyServers, aText, exported, hostileText } from '../../support/exportedServers.ts';

/** Text that Ansible takes as it is and never for a template. */
class Unsafe {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
const unsafe: ScalarTag = { tag: '!unsafe', identify: (value) => value instanceof Unsafe, resolve: (text) => new Unsafe(text) };

type Variables = Readonly<Record<string, unknown>>;
type Hosts = Readonly<Record<string, Variables>>;
interface Inventory {
  readonly all: {
    readonly hosts?: Hosts;
    readonly children?: Readonly<Record<string, { readonly hosts: Hosts }>>;
  };
}

/** Reads YAML 1.1, which is Ansible's, and forgives nothing. */
function read(text: string): Inventory {
  const document = parseDocument(text, { version: '1.1', customTags: (tags) => [...tags, unsafe], uniqueKeys: true });
  assert.deepEqual([...document.errors, ...document.warnings].map(({ message }) => message), []);
  return document.toJS() as Inventory;
}

const toAnsible = (servers: readonly ExportedServer[]): Inventory => read(toExport('ansible', servers, aText()).text);
const groupsOf = ({ all }: Inventory): readonly string[] => Object.keys(all.children ?? {});
const hostsOf = ({ all }: Inventory): readonly (readonly [string, Variables])[] =>
  [all.hosts ?? {}, ...Object.values(all.children ?? {}).map(({ hosts }) => hosts)].flatMap((hosts) => Object.entries(hosts));
const aliasesOf = (inventory: Inventory): readonly string[] => hostsOf(inventory).map(([alias]) => alias).sort();
const plain = (value: unknown): unknown => (value instanceof Unsafe ? value.text : value);

describe('an export to an Ansible inventory', () => {
  it('groups hosts by location, with their addresses and facts', () => {
    const inventory = toAnsible(exported({ name: 'web-1' }, { name: 'db-1', location: 'eu-central', ipAddress: '203.0.113.11' }, { name: 'lost', location: undefined }));
    assert.deepEqual(groupsOf(inventory), ['eu_central', 'us_west']);
    assert.deepEqual(inventory.all.children?.us_west?.hosts, {
      'web-1': {
        ansible_host: '203.0.113.10',
        vps_id: '1',
        vps_name: 'web-1',
        vps_hostname: 'web01.example.com',
        vps_status: 'active',
        vps_location: 'us-west',
        vps_plan: 'Standard VPS',
        vps_vcpus: 2,
        vps_memory_mib: 4096,
        vps_storage_gb: 80,
        vps_os: 'Ubuntu 22.04 LTS',
      },
    });
    assert.equal(inventory.all.hosts?.lost?.ansible_host, '203.0.113.10');
  });

  it('is an inventory without hosts where no server has an address', () => {
    assert.deepEqual(toAnsible(exported({ ipAddress: null })), { all: { hosts: {} } });
  });

  it('has a server without an address in a comment only, and counts it', () => {
    const { text, leftOut } = toExport('ansible', exported({ name: 'new-one', ipAddress: null, status: 'provisioning' }, {}), aText());
    assert.equal(leftOut, 1);
    assert.ok(text.startsWith('# No address:\n# - new-one, 1, provisioning\nall:\n'), text);
  });

  it('tells apart servers that share a name, by their ids', () => {
    const inventory = toAnsible(exported({ id: '7', name: 'web' }, { id: '8', name: 'Web' }, { id: '9', name: 'web-7' }));
    assert.deepEqual(aliasesOf(inventory), ['Web-8', 'web-7', 'web-7-2']);
    assert.equal(hostsOf(inventory).find(([alias]) => alias === 'web-7')?.[1].vps_id, '9');
  });

  it('makes names valid, and keeps the real one as a variable', () => {
    const names = ['b\u00fcro 1', 'web[01:50]', '-l all', 'all', 'localhost', '\u0441\u0435\u0440\u0432\u0435\u0440', 'a.b.c'];
    const inventory = toAnsible(exported(...names.map((name) => ({ name }))));
    assert.deepEqual(aliasesOf(inventory), ['a-b-c', 'all-4', 'buro-1', 'l-all', 'localhost-5', 'server-6', 'web-01-50']);
    assert.deepEqual(hostsOf(inventory).map(([, { vps_name: name }]) => name).sort(), [...names].sort());
  });

  it('makes names of groups valid and different from hosts', () => {
    const locations = ['us-west', 'us_west', 'US West', '1st', 'all', 'hosts', 'web', 'no', '\u043c\u043e\u0441\u043a\u0432\u0430'];
    const inventory = toAnsible(exported(...locations.map((location) => ({ name: 'web', location }))));
    assert.deepEqual(
      [...groupsOf(inventory)].sort(),
      ['location', 'location_1st', 'location_all', 'location_hosts', 'no', 'us_west', 'us_west_2', 'us_west_3', 'web'],
    );
    assert.ok(groupsOf(toAnsible(exported({ name: 'web', location: 'web' }))).includes('location_web'));
  });

  it('hands Ansible no template', () => {
    const name = "{{ lookup('pipe', 'id') }}";
    const { text } = toExport('ansible', exported({ name, hostname: 'fine.example.com' }), aText());
    assert.ok(text.includes(`vps_name: !unsafe ${JSON.stringify(name)}\n`), text);
    assert.ok(text.includes('vps_hostname: "fine.example.com"\n'), text);
  });

  it('marks sample servers, and names accounts where there are several', () => {
    fc.assert(
      fc.property(anyServers, (servers) => {
        const isSample = new Map(servers.map((server) => [server.account, server.isSample]));
        for (const [, variables] of hostsOf(toAnsible(servers))) {
          const account = plain(variables.vps_account ?? null) as string | null;
          assert.ok(isSample.has(account));
          if (account === 'Sample servers') {
            assert.equal(variables.vps_is_sample, true);
          }
        }
      }),
    );
  });

  it('holds every server with an address once, in its group, whatever it is called', () => {
    fc.assert(
      fc.property(anyServers, (servers) => {
        const { text, leftOut } = toExport('ansible', servers, aText());
        const inventory = read(text);
        const hosts = hostsOf(inventory);
        assert.equal(hosts.length + leftOut, servers.length);
        assert.equal(new Set(hosts.map(([alias]) => alias.toLowerCase())).size, hosts.length);
        const known = servers.map(({ id, name }) => JSON.stringify([id, name]));
        for (const [, { vps_id: id, vps_name: name }] of hosts) {
          assert.ok(known.includes(JSON.stringify([plain(id), plain(name ?? '')])));
        }
        for (const { hosts: members } of Object.values(inventory.all.children ?? {})) {
          assert.equal(new Set(Object.values(members).map(({ vps_location: location }) => plain(location))).size, 1);
        }
        for (const { vps_location: location } of Object.values(inventory.all.hosts ?? {})) {
          assert.equal(location, undefined);
        }
      }),
    );
  });

  it('gives Ansible names that are valid and values that are only values, whatever they are', () => {
    fc.assert(
      fc.property(anyServers, (servers) => {
        const inventory = toAnsible(servers);
        const [hosts, groups] = [hostsOf(inventory), groupsOf(inventory)];
        for (const name of groups) {
          assert.match(name, /^[a-z][a-z0-9_]*$/u);
          assert.ok(!['all', 'ungrouped', 'hosts', 'children', 'vars'].includes(name));
          assert.ok(!hosts.some(([alias]) => alias.toLowerCase() === name));
        }
        for (const [alias, variables] of hosts) {
          assert.match(alias, /^[A-Za-z0-9][\w-]*$/u);
          assert.ok(!['all', 'ungrouped', 'localhost'].includes(alias.toLowerCase()));
          assert.deepEqual(Object.keys(variables).filter((key) => key !== 'ansible_host' && !key.startsWith('vps_')), []);
          assert.match(String(variables.ansible_host), /^[\da-z.:-]+$/iu);
          for (const value of Object.values(variables)) {
            assert.ok(typeof value !== 'string' || !value.includes('{'));
            assert.ok(['string', 'number', 'boolean'].includes(typeof plain(value)));
          }
        }
      }),
    );
  });

  it('keeps notes in comments, whatever they say', () => {
    fc.assert(
      fc.property(hostileText, (note) => {
        const { text } = toExport('ansible', exported({}), aText({ notes: [note], ansible: [note] }));
        assert.deepEqual(read(text), toAnsible(exported({})));
      }),
    );
  });
});
