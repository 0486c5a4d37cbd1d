import type { CommandLoader } from './host/commandRegistry.ts';

/** Every command of package.json, with the loader of its handler. A handler's code is loaded when its command first runs. */
export const commands = {
  'vpsOrg.signIn': async () => (await import('./commands/signIn.ts')).signIn,
  'vpsOrg.signInView': async () => (await import('./commands/signIn.ts')).signInFromView,
  'vpsOrg.signOut': async () => (await import('./commands/signOut.ts')).signOut,
  'vpsOrg.signOutView': async () => (await import('./commands/signOut.ts')).signOutFromView,
  'vpsOrg.useSampleServers': async () =>
    (await import('./commands/useSampleServers.ts')).useSampleServers,

  'vpsOrg.refresh': async () => (await import('./commands/refresh.ts')).refreshAll,
  'vpsOrg.refreshAccount': async () => (await import('./commands/refresh.ts')).refreshAccount,
  'vpsOrg.filter': async () => (await import('./commands/filter.ts')).editFilter,
  'vpsOrg.clearFilter': async () => (await import('./commands/filter.ts')).clearFilter,
  'vpsOrg.groupBy': async () => (await import('./commands/groupBy.ts')).chooseGrouping,

  'vpsOrg.server.create': async () => (await import('./commands/create.ts')).createServer,
  'vpsOrg.server.clone': async () => (await import('./commands/create.ts')).cloneServer,
  'vpsOrg.server.open': async () => (await import('./commands/open.ts')).openDetails,
  'vpsOrg.server.keepOpen': async () => (await import('./commands/open.ts')).keepOpen,
  'vpsOrg.server.start': async () => (await import('./commands/power.ts')).startServers,
  'vpsOrg.server.stop': async () => (await import('./commands/power.ts')).stopServers,
  'vpsOrg.server.reboot': async () => (await import('./commands/power.ts')).rebootServers,
  'vpsOrg.server.stopWaiting': async () => (await import('./commands/power.ts')).stopWaiting,
  'vpsOrg.server.rename': async () => (await import('./commands/rename.ts')).renameServer,
  'vpsOrg.server.protect': async () => (await import('./commands/protect.ts')).protectServers,
  'vpsOrg.server.unprotect': async () => (await import('./commands/protect.ts')).unprotectServers,
  'vpsOrg.server.setBackups': async () => (await import('./commands/backups.ts')).setBackups,
  'vpsOrg.server.pin': async () => (await import('./commands/organize.ts')).pinServers,
  'vpsOrg.server.unpin': async () => (await import('./commands/organize.ts')).unpinServers,
  'vpsOrg.server.editNote': async () => (await import('./commands/organize.ts')).editNote,
  'vpsOrg.server.setColor': async () => (await import('./commands/organize.ts')).setColor,
  'vpsOrg.server.delete': async () => (await import('./commands/delete.ts')).deleteServers,
  'vpsOrg.server.copyIp': async () => (await import('./commands/copy.ts')).copyIpAddresses,
  'vpsOrg.server.copyIpv6': async () => (await import('./commands/copy.ts')).copyIpv6Addresses,
  'vpsOrg.server.copyHostname': async () => (await import('./commands/copy.ts')).copyHostnames,
  'vpsOrg.server.copyId': async () => (await import('./commands/copy.ts')).copyIds,
  'vpsOrg.server.refresh': async () => (await import('./commands/refresh.ts')).refreshServers,
  'vpsOrg.server.openWeb': async () => (await import('./commands/openWeb.ts')).openWeb,
  'vpsOrg.server.showJson': async () => (await import('./commands/showJson.ts')).showJson,

  'vpsOrg.server.openTerminal': async () => (await import('./ssh/openTerminal.ts')).openTerminals,
  'vpsOrg.server.openRemote': async () => (await import('./ssh/openRemote.ts')).openRemote,
  'vpsOrg.server.copySshCommand': async () =>
    (await import('./ssh/copySshCommand.ts')).copySshCommands,
  'vpsOrg.server.editSsh': async () => (await import('./ssh/editSsh.ts')).editSsh,
  'vpsOrg.ssh.manageConfig': async () => (await import('./ssh/manageConfig.ts')).manageConfig,
  'vpsOrg.server.checkConnection': async () =>
    (await import('./ssh/checkCommand.ts')).checkServerConnection,

  'vpsOrg.export': async () => (await import('./export/exportServers.ts')).exportServers,
  'vpsOrg.exportView': async () => (await import('./export/exportServers.ts')).exportFromView,
  'vpsOrg.openSettings': async () => (await import('./commands/diagnostics.ts')).openSettings,
  'vpsOrg.showActivity': async () => (await import('./commands/showActivity.ts')).showActivity,
  'vpsOrg.showLog': async () => (await import('./commands/diagnostics.ts')).showLog,
  'vpsOrg.copyDiagnostics': async () => (await import('./commands/diagnostics.ts')).copyDiagnostics,
} satisfies Readonly<Record<`vpsOrg.${string}`, CommandLoader>>;

export type CommandId = keyof typeof commands;
