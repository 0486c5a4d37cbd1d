/** Module hooks for `module.register` that give src/extension.ts an app whose start never ends. */

const slow = new URL('../../src/host/slow.ts', import.meta.url).href;
const app = `data:text/javascript,${encodeURIComponent(`
  export { whileShowingSlow } from '${slow}';
  export const createApp = () => new Promise(() => undefined);
`)}`;

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  const isApp = specifier === './app.js' && context.parentURL?.endsWith('/src/extension.ts');
  return isApp ? { url: app, shortCircuit: true } : next(specifier, context);
}
