import { posix } from 'node:path';

/**
 * The layers of src and what each may import. The one table that lint and the import test read; docs/architecture.md shows
 * it as a picture.
 *
 * A layer is a folder or a file. The longest matching name decides, so `webviews/create/page` has rules of its own.
 * Every layer may import itself.
 *
 * @typedef {object} Layer
 * @property {readonly string[]} imports layers and files it may import
 * @property {readonly string[]} [types] layers of which it may import types only
 * @property {boolean} [isVscodeFree] runs without VS Code: imports nothing from `vscode`
 * @property {boolean} [isNodeFree] runs in a webview too: imports nothing from Node
 */

const feature = {
  imports: ['core', 'api', 'state', 'text', 'host', 'ids.ts', 'ssh/profile.ts'],
  types: ['contributions.ts'],
};

/** @satisfies {Record<string, Layer>} */
const table = {
  'ids.ts': { imports: [], isVscodeFree: true, isNodeFree: true },
  core: { imports: [], isVscodeFree: true, isNodeFree: true },
  api: { imports: ['core'], isVscodeFree: true },
  // How to connect is one decision, which the SSH feature, the export and the details panel share.
  'ssh/profile.ts': { imports: ['core', 'ssh/sampleAddress.ts'], isVscodeFree: true },
  'ssh/sampleAddress.ts': { imports: [], isVscodeFree: true },
  state: { imports: ['core', 'api', 'ssh/profile.ts'], isVscodeFree: true },
  text: {
    imports: ['core'],
    types: ['api', 'state', 'ssh/profile.ts'],
    isVscodeFree: true,
    isNodeFree: true,
  },
  sandbox: { imports: ['core'], isVscodeFree: true },
  host: { imports: ['core', 'text', 'ids.ts', 'state/targets.ts'], types: ['api', 'state'] },
  tree: feature,
  commands: feature,
  notifications: feature,
  export: feature,
  ssh: { ...feature, imports: [...feature.imports, 'ssh/sampleAddress.ts'] },
  webviews: feature,
  'webviews/page': { imports: ['core', 'text'], isVscodeFree: true, isNodeFree: true },
  'webviews/create/page': {
    imports: ['core', 'text', 'webviews/page', 'webviews/create/protocol.ts'],
    isVscodeFree: true,
    isNodeFree: true,
  },
  'webviews/details/page': {
    imports: ['core', 'text', 'webviews/page', 'webviews/details/protocol.ts'],
    isVscodeFree: true,
    isNodeFree: true,
  },
};

/** @type {Readonly<Record<string, Layer>>} */
export const layers = table;

/**
 * @param {string} path below src, e.g. `state/poller.ts`
 * @param {string} layer
 */
function isIn(path, layer) {
  return path === layer || path.startsWith(`${layer}/`);
}

/**
 * The layer of a file; undefined for the composition root (`app.ts`, `extension.ts` and their parts), which may import all.
 *
 * @param {string} path below src
 */
export function layerOf(path) {
  return Object.keys(layers)
    .filter((layer) => isIn(path, layer))
    .toSorted((a, b) => b.length - a.length)[0];
}

/**
 * Why a file must not import something; undefined where it may.
 *
 * @param {string} path the importing file below src, with `/`
 * @param {string} specifier as written in the import
 * @param {boolean} isTypeOnly
 * @returns {string | undefined}
 */
export function importProblem(path, specifier, isTypeOnly) {
  const name = layerOf(path);
  const layer = name === undefined ? undefined : layers[name];
  if (!layer || name === undefined) return undefined;
  if (specifier === 'vscode')
    return layer.isVscodeFree ? `${name} runs without VS Code.` : undefined;
  if (specifier.startsWith('node:')) {
    return layer.isNodeFree ? `${name} runs in a webview too, where there is no Node.` : undefined;
  }
  if (!specifier.startsWith('.')) return undefined;
  // Setting keys are typed from the manifest. A value import would bundle it.
  if (isTypeOnly && specifier.endsWith('/package.json')) return undefined;
  const target = posix.join(posix.dirname(path), specifier);
  const targetLayer = layerOf(target);
  if (targetLayer === name && isIn(target, name)) return undefined;
  const allowed = [...layer.imports, ...(isTypeOnly ? (layer.types ?? []) : [])];
  // A layer inside another one must be named itself: `webviews` does not stand for its pages.
  if (
    allowed.some(
      (each) => isIn(target, each) && (targetLayer === undefined || isIn(each, targetLayer)),
    )
  ) {
    return undefined;
  }
  return `${name} may import ${[name, ...layer.imports].join(', ')}${
    layer.types ? `, and types of ${layer.types.join(', ')}` : ''
  }; not ${target}.`;
}
