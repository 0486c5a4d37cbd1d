import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseDocument } from 'yaml';
import type { ScalarTag } from 'yaml';
import { toExportedServers } from '../../../src/export/exportedServer.ts';
import type { ExportedServer } from '../../../src/export/exportedServer.ts';
import { toExport } from '../../../src/export/formats.ts';
import { defaultProfile } from '../../../src/ssh/profile.ts';
import type { SshProfile } from '../../../src/ssh/profile.ts';
import { aServer, anAccount } from '../../support/builders.ts';
import { anyServers, exported, hostileText } from '../../support/exportedServers.ts';

/** Text that Ansible treats as literal and never as a template. */
class Unsafe {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
const unsafe: ScalarTag = {
  tag: '!unsafe',
  identify: (value) => value instanceof Unsafe,
  resolve: (text) => new Unsafe(text),
};

type Variables = Readonly<Record<string, unknown>>;
type Hosts = Readonly<Record<string, Variables>>;
interface Inventory {
  readonly all: {
    readonly hosts?: Hosts;
    readonly children?: Readonly<Record<string, { readonly hosts: Hosts }>>;
  };
}

/** Reads strict YAML 1.1, Ansible's version. */
function read(text: string): Inventory {
  const document = parseDocument(text, {
    version: '1.1',
    customTags: (tags) => [...tags, unsafe],
    uniqueKeys: true,
  });
  assert.deepEqual(
    [...document.errors, ...document.warnings].map(({ message }) => message),
    [],
  );
  return document.toJS() as Inventory;
}

const toAnsible = (servers: readonly ExportedServer[]): Inventory =>
  read(toExport('ansible', servers, []).text);
const groupsOf = ({ all }: Inventory): readonly string[] => Object.keys(all.children ?? {});
const hostsOf = ({ all }: Inventory): readonly (readonly [string, Variables])[] =>
  [all.hosts ?? {}, ...Object.values(all.children ?? {}).map(({ hosts }) => hosts)].flatMap(
    (hosts) => Object.entries(hosts),
  );
const aliasesOf = (inventory: Inventory): readonly string[] =>
  hostsOf(inventory)
    .map(([alias]) => alias)
    .sort();
const plain = (value: unknown): unknown => (value instanceof Unsafe ? value.text : value);

/** What `ansible-inventory --list` prints. */
interface Listed {
  readonly _meta: { readonly hostvars: Hosts };
}

/** A value without the mark that `ansible-inventory` adds to literal ones. */
const withoutMark = (value: unknown): unknown =>
  (value as { readonly __ansible_unsafe?: unknown } | null)?.__ansible_unsafe ?? value;

/** The variables of all hosts by alias, with each value as `toValue` returns it. */
function withValues(
  hosts: readonly (readonly [string, Variables])[],
  toValue: (value: unknown) => unknown,
): Hosts {
  const read = (variables: Variables): Variables =>
    Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, toValue(value)]));
  return Object.fromEntries(hosts.map(([alias, variables]) => [alias, read(variables)]));
}

/** A server with its SSH settings. */
function withSsh(profile: Partial<SshProfile>): readonly ExportedServer[] {
  return toExportedServers(
    [
      {
        account: anAccount(),
        servers: [aServer({ name: 'web-1', ipAddress: '192.34.56.10' })],
        listedAt: 0,
        ssh: {
          profileOf: () => ({ ...defaultProfile, ...profile }),
          aliasOf: () => undefined,
          hostBy: 'address',
        },
      },
    ],
    false,
  );
}

/** Only the variables that Ansible itself reads. */
function connectionOf(variables: Variables | undefined): Variables {
  return Object.fromEntries(
    Object.entries(variables ?? {}).filter(([name]) => name.startsWith('ansible_')),
  );
}

const allSettings: SshProfile = {
  user: 'deploy',
  port: 2222,
  identityFile: '~/.ssh/id key',
  jumpHost: 'me@gate.example.com:22,[2a01:db9::1]',
};
const allVariables: Variables = {
  ansible_host: '192.34.56.10',
  ansible_user: 'deploy',
  ansible_port: 2222,
  ansible_ssh_private_key_file: '~/.ssh/id key',
  ansible_ssh_common_args: '-o ProxyJump=me@gate.example.com:22,[2a01:db9::1]',
};

describe('toAnsible', () => {
  it('groups hosts by location, with addresses and variables', () => {
    const inventory = toAnsible(
      exported(
        { name: 'web-1' },
        { name: 'db-1', location: 'eu-central', ipAddress: '192.34.56.11' },
        { name: 'lost', location: undefined },
      ),
    );
    assert.deepEqual(groupsOf(inventory), ['eu_central', 'us_west']);
    assert.deepEqual(inventory.all.children?.us_west?.hosts, {
      'web-1.vps': {
        ansible_host: '192.34.56.10',
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
    assert.equal(inventory.all.hosts?.['lost.vps']?.ansible_host, '192.34.56.10');
  });

  it('has the SSH settings of each server', () => {
    const first = (profile: Partial<SshProfile>): Variables | undefined =>
      hostsOf(toAnsible(withSsh(profile)))[0]?.[1];
    assert.deepEqual(connectionOf(first({})), {
      ansible_host: '192.34.56.10',
      ansible_user: 'root',
    });
    assert.deepEqual(connectionOf(first(allSettings)), allVariables);
  });

  it('leaves out SSH settings that cannot be used, and says so', () => {
    const servers = withSsh({ user: '{{ lookup("pipe", "id") }}' });
    assert.deepEqual(connectionOf(hostsOf(toAnsible(servers))[0]?.[1]), {
      ansible_host: '192.34.56.10',
    });
    assert.match(toExport('ansible', servers, []).text, /^# Set ansible_user/mu);
    assert.doesNotMatch(toExport('ansible', withSsh({}), []).text, /Set ansible_user/u);
  });

  it('is read by ansible-inventory as it was written, where that is installed', function () {
    // It imports all of Ansible, which takes a busy machine half a minute.
    this.timeout(120_000);
    const names = fc.sample(hostileText, { numRuns: 100, seed: 1 });
    const nameAt = (index: number): string => names[index % names.length] ?? '';
    const hostile = names.map((name, index) => ({
      name,
      hostname: nameAt(index * 7),
      status: nameAt(index * 3),
      location: nameAt(index * 9),
    }));
    const servers = [...withSsh(allSettings), ...exported(...hostile)];
    const { text } = toExport('ansible', servers, ['A note.']);
    const dir = mkdtempSync(join(tmpdir(), 'vps-org-inventory-'));
    try {
      const file = join(dir, 'inventory.yml');
      writeFileSync(file, text);
      const { error, status, stdout, stderr } = spawnSync(
        'ansible-inventory',
        ['--inventory', file, '--list'],
        { encoding: 'utf8', env: { ...process.env, HOME: dir } },
      );
      if (error) {
        this.skip();
      }
      assert.equal(status, 0, stderr);
      const { hostvars } = (JSON.parse(stdout) as Listed)._meta;
      const listed = withValues(Object.entries(hostvars), withoutMark);
      assert.equal(Object.keys(listed).length, servers.length);
      // Ansible would run what these contain, if it did not know them as literal.
      const templates = Object.values(hostvars)
        .flatMap((variables) => Object.values(variables))
        .filter((value) => typeof value === 'string' && /\{[{%#]/u.test(value));
      assert.deepEqual(templates, []);
      assert.deepEqual(listed, withValues(hostsOf(read(text)), plain));
      assert.deepEqual(connectionOf(listed['web-1.vps']), allVariables);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('returns an inventory without hosts where no server has an address', () => {
    assert.deepEqual(toAnsible(exported({ ipAddress: null })), { all: { hosts: {} } });
  });

  it('puts a server without an address in a comment only, and counts it', () => {
    const { text, skipped } = toExport(
      'ansible',
      exported({ name: 'new-one', ipAddress: null, status: 'provisioning' }, {}),
      [],
    );
    assert.equal(skipped.length, 1);
    assert.ok(
      text.includes(
        '\n# Skipped because they have no usable address:\n# - new-one, 1, provisioning\nall:\n',
      ),
      text,
    );
  });

  it('distinguishes servers that share a name by their ids', () => {
    const inventory = toAnsible(
      exported({ id: '7', name: 'web' }, { id: '8', name: 'Web' }, { id: '9', name: 'web-7' }),
    );
    assert.deepEqual(aliasesOf(inventory), ['web-7.vps', 'web-8.vps', 'web.vps']);
    assert.equal(hostsOf(inventory).find(([alias]) => alias === 'web.vps')?.[1].vps_id, '7');
  });

  it('makes aliases valid, and keeps the name as a variable', () => {
    const names = [
      'b\u00fcro 1',
      'web[01:50]',
      '-l all',
      'all',
      'localhost',
      '\u0441\u0435\u0440\u0432\u0435\u0440',
      'a.b.c',
    ];
    const inventory = toAnsible(exported(...names.map((name) => ({ name }))));
    assert.deepEqual(aliasesOf(inventory), [
      'a-b-c.vps',
      'all.vps',
      'buro-1.vps',
      'l-all.vps',
      'localhost.vps',
      'server.vps',
      'web-01-50.vps',
    ]);
    assert.deepEqual(
      hostsOf(inventory)
        .map(([, { vps_name: name }]) => name)
        .sort(),
      [...names].sort(),
    );
  });

  it('makes group names valid and different from hosts', () => {
    const locations = [
      'us-west',
      'us_west',
      'US West',
      '1st',
      'all',
      'hosts',
      'web',
      'no',
      '\u043c\u043e\u0441\u043a\u0432\u0430',
    ];
    const inventory = toAnsible(
      exported(...locations.map((location) => ({ name: 'web', location }))),
    );
    assert.deepEqual([...groupsOf(inventory)].sort(), [
      'location',
      'location_1st',
      'location_all',
      'location_hosts',
      'no',
      'us_west',
      'us_west_2',
      'us_west_3',
      'web',
    ]);
  });

  it('passes no template to Ansible', () => {
    const name = "{{ lookup('pipe', 'id') }}";
    const { text } = toExport('ansible', exported({ name, hostname: 'fine.example.com' }), []);
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

  it('contains every server with an address once, in its group, with any name', () => {
    fc.assert(
      fc.property(anyServers, (servers) => {
        const { text, skipped } = toExport('ansible', servers, []);
        const inventory = read(text);
        const hosts = hostsOf(inventory);
        assert.equal(hosts.length + skipped.length, servers.length);
        assert.equal(new Set(hosts.map(([alias]) => alias.toLowerCase())).size, hosts.length);
        const known = servers.map(({ id, name }) => JSON.stringify([id, name]));
        for (const [, { vps_id: id, vps_name: name }] of hosts) {
          assert.ok(known.includes(JSON.stringify([plain(id), plain(name ?? '')])));
        }
        for (const { hosts: members } of Object.values(inventory.all.children ?? {})) {
          assert.equal(
            new Set(Object.values(members).map(({ vps_location: location }) => plain(location)))
              .size,
            1,
          );
        }
        for (const { vps_location: location } of Object.values(inventory.all.hosts ?? {})) {
          assert.equal(location, undefined);
        }
      }),
    );
  });

  it('returns valid names and literal values for any input', () => {
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
          assert.match(alias, /^[a-z0-9][\w-]*\.vps$/u);
          assert.ok(!['all', 'ungrouped', 'localhost'].includes(alias.toLowerCase()));
          assert.deepEqual(
            Object.keys(variables).filter(
              (key) => key !== 'ansible_host' && !key.startsWith('vps_'),
            ),
            [],
          );
          assert.match(String(variables.ansible_host), /^[\da-z.:-]+$/iu);
          for (const value of Object.values(variables)) {
            assert.ok(typeof value !== 'string' || !value.includes('{'));
            assert.ok(['string', 'number', 'boolean'].includes(typeof plain(value)));
          }
        }
      }),
    );
  });

  it('keeps any notes in comments', () => {
    fc.assert(
      fc.property(hostileText, (note) => {
        const { text } = toExport('ansible', exported({}), [note]);
        assert.deepEqual(read(text), toAnsible(exported({})));
      }),
    );
  });
});
