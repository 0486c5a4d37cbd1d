import type { CommandContext } from './context.ts';

/**
 * Export Server List...: of the rows that it was started with, otherwise of what the view shows. VS Code passes the row with
 * the focus to the view's own menu too, where all servers are meant: that is why its entry is a command of its own.
 */
export function registerExport(context: CommandContext): void {
  const run = async (args: readonly unknown[]): Promise<void> => {
    const { exportServers } = await import('./exportServers.ts');
    await exportServers(context, args);
  };
  context.registry.register('vpsOrg.export', (...args) => run(args));
  context.registry.register('vpsOrg.exportView', () => run([]));
}
