import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { commandIds, containerId, defaultApiUrl, screens, settingKeys, viewId } from '../../src/ids.ts';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}
interface Setting {
  readonly scope?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
}
interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly license: string;
  readonly engines: { readonly vscode: string };
  readonly extensionKind: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: unknown;
  readonly dependencies?: unknown;
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly title: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const manifestText = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
const { contributes } = manifest;
const resolve = (text: string): string => text.replace(/^%(.+)%$/u, (_all, key: string) => texts[key] ?? text);

/** product.md, section 2: ids and titles are fixed, people script them. */
const titles: Readonly<Record<string, string>> = {
  'vpsOrg.signIn': 'Sign In...',
  'vpsOrg.signOut': 'Sign Out...',
  'vpsOrg.useSampleServers': 'Try with Sample Servers',
  'vpsOrg.refresh': 'Refresh',
  'vpsOrg.filter': 'Filter Servers...',
  'vpsOrg.clearFilter': 'Clear Filter',
  'vpsOrg.groupBy': 'Group Servers By...',
  'vpsOrg.server.create': 'Create Server...',
  'vpsOrg.server.clone': 'Create a Server Like This One...',
  'vpsOrg.server.open': 'Show Details',
  'vpsOrg.server.start': 'Start',
  'vpsOrg.server.stop': 'Stop...',
  'vpsOrg.server.reboot': 'Reboot...',
  'vpsOrg.server.stopWaiting': 'Stop Waiting',
  'vpsOrg.server.rename': 'Rename...',
  'vpsOrg.server.setBackups': 'Turn Automatic Backups On or Off...',
  'vpsOrg.server.delete': 'Delete...',
  'vpsOrg.server.copyIp': 'Copy IP Address',
  'vpsOrg.server.copyHostname': 'Copy Hostname',
  'vpsOrg.server.copyId': 'Copy ID',
  'vpsOrg.server.refresh': 'Refresh This Server',
  'vpsOrg.server.showJson': 'Show as JSON',
  'vpsOrg.export': 'Export Server List...',
  'vpsOrg.exportView': 'Export Server List...',
  'vpsOrg.signInView': 'Sign In...',
  'vpsOrg.signOutView': 'Sign Out...',
  'vpsOrg.refreshAccount': 'Refresh',
  'vpsOrg.showLog': 'Show Log',
  'vpsOrg.copyDiagnostics': 'Copy Diagnostics',
};

describe('the manifest', () => {
  it('is of the extension that people know', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, 'vps-org-tools.vps-org');
    assert.equal(manifest.license, 'MIT');
    assert.equal(manifest.engines.vscode, '^1.100.0');
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.deepEqual(manifest.capabilities, {
      untrustedWorkspaces: { supported: true },
      virtualWorkspaces: true,
    });
  });

  it('starts nothing on start-up and ships no dependency that is not bundled', () => {
    // VS Code makes the events for views and commands itself; panels that were open before a reload need these.
    assert.deepEqual(manifest.activationEvents, ['onWebviewPanel:vpsOrg.details', 'onWebviewPanel:vpsOrg.create']);
    assert.equal(manifest.dependencies, undefined);
  });

  it('has the container and the view by their names', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id, title }) => [id, resolve(title)]),
      [[containerId, 'VPS.org']],
    );
    assert.deepEqual(
      contributes.views[containerId]?.map(({ id, name }) => [id, resolve(name)]),
      [[viewId, 'Servers']],
    );
  });

  it('declares exactly the commands that the code knows, each with its title', () => {
    const declared = contributes.commands.map(({ command }) => command);
    assert.deepEqual([...declared].sort(), [...commandIds].sort());
    for (const { command, title, category } of contributes.commands) {
      assert.equal(resolve(title), titles[command], command);
      assert.equal(category, 'VPS.org');
    }
  });

  it('has something behind each command', () => {
    const handlers = readdirSync('src/commands').map((file) => readFileSync(join('src/commands', file), 'utf8')).join('\n');
    for (const id of commandIds) {
      assert.match(handlers, new RegExp(`(?:register\\(|command: )'${id.replaceAll('.', '\\.')}'`, 'u'), id);
    }
  });

  it('uses no command or menu that is not declared', () => {
    const known = new Set<string>(commandIds);
    const used = [
      ...Object.values(contributes.menus).flatMap((items) => items.flatMap((item) => item.command ?? [])),
      ...contributes.viewsWelcome.flatMap(({ contents }) =>
        [...resolve(contents).matchAll(/command:([\w.]+)/gu)].map((match) => match[1] ?? ''),
      ),
    ];
    assert.ok(used.length > 30);
    assert.deepEqual(used.filter((id) => !known.has(id)), []);
  });

  it('declares the settings with their defaults, out of reach of a workspace', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(Object.keys(properties).sort(), settingKeys.map((key) => `vpsOrg.${key}`).sort());
    for (const [key, setting] of Object.entries(properties)) {
      assert.ok(setting.scope === 'application' || setting.scope === 'machine', key);
    }
    assert.deepEqual(Object.fromEntries(Object.entries(properties).map(([key, setting]) => [key, setting.default])), {
      'vpsOrg.apiUrl': defaultApiUrl,
      'vpsOrg.refreshInterval': 60,
      'vpsOrg.requestTimeout': 30,
      'vpsOrg.groupBy': 'location',
      'vpsOrg.confirmStop': true,
      'vpsOrg.confirmReboot': true,
      'vpsOrg.deleteConfirmation': 'typeName',
      'vpsOrg.statusBar': false,
    });
    assert.deepEqual(properties['vpsOrg.groupBy']?.enum, ['location', 'status', 'plan', 'os', 'none']);
    assert.deepEqual(properties['vpsOrg.deleteConfirmation']?.enum, ['typeName', 'click']);
  });

  it('has a screen for every state without rows, except while loading', () => {
    const shown = contributes.viewsWelcome.map(({ when }) => when.replace('vpsOrg.screen == ', ''));
    assert.deepEqual([...shown].sort(), screens.filter((screen) => screen !== 'list' && screen !== 'loading').sort());
  });

  it('has every text in package.nls.json, and none there that is not used', () => {
    const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/gu)].map((match) => match[1]));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
    const bare = [...manifestText.matchAll(/"(?:title|label|description|markdownDescription|contents)": "([^%][^"]*)"/gu)];
    assert.deepEqual(bare.map((match) => match[1]), []);
  });
});
