/** Module hooks for `module.register` that resolve 'vscode' to the stub beside this file. */

const stub = new URL('./vscodeStub.ts', import.meta.url).href;

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  return next(specifier === 'vscode' ? stub : specifier, context);
}
