import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { commands } from '../../src/contributions.ts';
import { groupings } from '../../src/core/grouping.ts';
import {
  activeColor,
  markColorIds,
  containerId,
  createViewType,
  detailsViewType,
  screens,
  unreachableReasons,
  viewId,
} from '../../src/ids.ts';

register('../support/withoutVscode.mjs', import.meta.url);
const { deleteConfirmations, reachabilityWaits, settingDefaults } =
  await import('../../src/host/settings.ts');

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
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
  readonly contributes: {
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly title: string }[];
    };
    readonly views: Readonly<
      Record<string, readonly { readonly id: string; readonly name: string }[]>
    >;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly colors: readonly {
      readonly id: string;
      readonly defaults: Readonly<Record<string, string>>;
    }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly when: string;
      readonly args: unknown;
    }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const manifestText = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<
  Record<string, string>
>;
const { contributes } = manifest;
const commandIds = Object.keys(commands);
const resolve = (text: string): string =>
  text.replace(/^%(.+)%$/u, (_all, key: string) => texts[key] ?? text);
const missingFrom = (known: readonly string[], used: readonly string[]): readonly string[] =>
  used.filter((id) => !known.includes(id));

/** The relative luminance of a color such as "#2e7d32", as defined by WCAG. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => parseInt(color.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe('package.json', () => {
  it('names the published extension', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, 'vps-org-tools.vps-org');
    assert.equal(manifest.license, 'MIT');
    assert.equal(manifest.engines.vscode, '^1.100.0');
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.deepEqual(manifest.capabilities, {
      untrustedWorkspaces: { supported: true },
      virtualWorkspaces: true,
    });
  });

  it('activates the extension on use only', () => {
    // VS Code derives the events for views and commands. Panels that were open before a reload need theirs.
    assert.deepEqual(
      manifest.activationEvents,
      [detailsViewType, createViewType].map((type) => `onWebviewPanel:${type}`),
    );
  });

  it('declares the container and the view', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id, title }) => [id, resolve(title)]),
      [[containerId, 'VPS.org']],
    );
    assert.deepEqual(
      contributes.views[containerId]?.map(({ id, name }) => [id, resolve(name)]),
      [[viewId, 'Servers']],
    );
  });

  it('declares exactly the commands that have a handler', () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      [...commandIds].sort(),
    );
    for (const { command, category } of contributes.commands) {
      assert.equal(category, 'VPS.org', command);
    }
  });

  it('writes command titles in Title Case', () => {
    const minor = ['a', 'as', 'by', 'for', 'in', 'on', 'or', 'to', 'with'];
    for (const { title } of contributes.commands) {
      for (const word of resolve(title).split(' ')) {
        assert.ok(/^\(?[A-Z]/u.test(word) || minor.includes(word), resolve(title));
      }
    }
  });

  it('says "Server" in the title of every server command that acts, so that the palette finds it', () => {
    const acting = ['open', 'start', 'stop', 'reboot', 'stopWaiting', 'rename', 'delete'];
    for (const name of acting) {
      const command = contributes.commands.find(
        ({ command: id }) => id === `vpsOrg.server.${name}`,
      );
      assert.match(resolve(command?.title ?? ''), /\bServer\b/u, name);
    }
  });

  it('offers to stop waiting only while something is waited for, and not under the pointer', () => {
    const items = Object.entries(contributes.menus).flatMap(([menu, entries]) =>
      entries
        .filter(({ command }) => command === 'vpsOrg.server.stopWaiting')
        .map((entry) => ({ menu, ...entry })),
    );
    assert.deepEqual(
      items.map(({ menu, group }) => [menu, group]),
      [
        ['view/item/context', '2_power@4'],
        ['commandPalette', undefined],
      ],
    );
    assert.equal(items[1]?.when, 'vpsOrg.waiting');
  });

  it('refers only to declared commands and menus', () => {
    const items = Object.values(contributes.menus).flat();
    const inWelcome = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...resolve(contents).matchAll(/command:([\w.]+)/gu)].map((match) => match[1] ?? ''),
    );
    const used = [
      ...items.flatMap(({ command }) => command ?? []),
      ...contributes.keybindings.map(({ command }) => command),
      ...inWelcome,
    ];
    assert.ok(used.length > 30);
    assert.deepEqual(missingFrom(commandIds, used), []);
    const submenus = contributes.submenus.map(({ id }) => id);
    assert.deepEqual(
      missingFrom(
        submenus,
        items.flatMap(({ submenu }) => submenu ?? []),
      ),
      [],
    );
  });

  it('declares the commands that the sources run', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join('src', file), 'utf8'));
    const used = sources.flatMap((source) =>
      [...source.matchAll(/executeCommand\(\s*'(vpsOrg\.[\w.]+)'/gu)].map(
        (match) => match[1] ?? '',
      ),
    );
    assert.ok(used.length > 3);
    assert.deepEqual(missingFrom(commandIds, used), []);
  });

  it('uses only capability words in menus that rows have', () => {
    const rows = readFileSync('src/tree/rows.ts', 'utf8');
    const words = Object.values(contributes.menus)
      .flat()
      .flatMap(({ when = '' }) => [...when.matchAll(/\\b((?:can|is|has)[A-Z]\w*)/gu)])
      .map((match) => match[1] ?? '');
    assert.ok(words.length > 10);
    for (const word of new Set(words)) {
      assert.ok(rows.includes(word), word);
    }
  });

  it('declares icon colors with a contrast of at least 3:1 to the side bar', () => {
    // The side bars of the default themes, and those of the Visual Studio themes.
    const backgrounds: Readonly<Record<string, readonly string[]>> = {
      light: ['#f8f8f8', '#f3f3f3', '#ffffff'],
      dark: ['#181818', '#252526', '#1e1e1e'],
      highContrast: ['#000000'],
      highContrastLight: ['#ffffff'],
    };
    assert.deepEqual(
      contributes.colors.map(({ id }) => id),
      [activeColor, ...Object.values(markColorIds)],
    );
    for (const { defaults } of contributes.colors) {
      assert.deepEqual(Object.keys(defaults).sort(), Object.keys(backgrounds).sort());
      for (const [theme, color] of Object.entries(defaults)) {
        for (const background of backgrounds[theme] ?? []) {
          assert.ok(contrast(color, background) >= 3, `${color} on ${background}`);
        }
      }
    }
  });

  it('binds keys only while a row of the view has the focus, and passes that row', () => {
    assert.deepEqual(
      contributes.keybindings.map(({ command, key }) => [key, command]),
      [
        ['enter', 'vpsOrg.server.open'],
        ['f2', 'vpsOrg.server.rename'],
        ['delete', 'vpsOrg.server.delete'],
        ['ctrl+c', 'vpsOrg.server.copyIp'],
      ],
    );
    for (const { when, args, key } of contributes.keybindings) {
      // Enter expands and collapses groups, as in every tree.
      const leavesOnly =
        key === 'enter' ? ' && !treeElementCanExpand && !treeElementCanCollapse' : '';
      assert.equal(when, `focusedView == ${viewId} && listFocus && !inputFocus${leavesOnly}`);
      assert.deepEqual(args, [{ $treeViewId: viewId, $focusedTreeItem: true }]);
    }
  });

  it('keeps settings out of reach of a workspace', () => {
    for (const [key, { scope }] of Object.entries(contributes.configuration.properties)) {
      assert.ok(key.startsWith('vpsOrg.'), key);
      assert.equal(scope, 'application', key);
    }
  });

  it('declares the settings with the defaults and choices of the code', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(properties).map(([key, setting]) => [key, setting.default]),
      ),
      Object.fromEntries(
        Object.entries(settingDefaults).map(([key, value]) => [`vpsOrg.${key}`, value]),
      ),
    );
    assert.deepEqual(properties['vpsOrg.groupBy']?.enum, groupings);
    assert.deepEqual(properties['vpsOrg.deleteConfirmation']?.enum, deleteConfirmations);
    assert.deepEqual(properties['vpsOrg.ssh.waitUntilReachable']?.enum, reachabilityWaits);
  });

  it('has a welcome screen for every state without rows, except while loading', () => {
    const conditions = contributes.viewsWelcome.map(({ when }) => when);
    const shown = conditions.flatMap((when) => /^vpsOrg\.screen == (\w+)/u.exec(when)?.[1] ?? []);
    assert.deepEqual(
      [...new Set(shown)].sort(),
      screens.filter((screen) => screen !== 'list' && screen !== 'loading').sort(),
    );
    assert.deepEqual(
      conditions.flatMap((when) => /&& vpsOrg\.reason == (\w+)$/u.exec(when)?.[1] ?? []),
      unreachableReasons,
    );
  });

  it('has all its texts in package.nls.json, which has no others', () => {
    const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/gu)].map((match) => match[1]));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
    const bare = [
      ...manifestText.matchAll(
        /"(?:title|label|description|markdownDescription|contents)": "([^%][^"]*)"/gu,
      ),
    ];
    assert.deepEqual(
      bare.map((match) => match[1]),
      [],
    );
  });
});
