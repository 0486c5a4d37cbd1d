/** Every name that VS Code, people's settings and scripts know the extension by. Held against package.json by a contract test. */

export const containerId = 'vpsOrg';
export const viewId = 'vpsOrg.servers';

/** View types of the webviews, by which VS Code restores them. */
export const detailsViewType = 'vpsOrg.details';
export const createViewType = 'vpsOrg.create';

export const commandIds = [
  'vpsOrg.signIn',
  'vpsOrg.signOut',
  'vpsOrg.useSampleServers',
  'vpsOrg.refresh',
  'vpsOrg.filter',
  'vpsOrg.clearFilter',
  'vpsOrg.groupBy',
  'vpsOrg.server.create',
  'vpsOrg.server.clone',
  'vpsOrg.server.open',
  'vpsOrg.server.start',
  'vpsOrg.server.stop',
  'vpsOrg.server.reboot',
  'vpsOrg.server.stopWaiting',
  'vpsOrg.server.rename',
  'vpsOrg.server.setBackups',
  'vpsOrg.server.delete',
  'vpsOrg.server.copyIp',
  'vpsOrg.server.copyHostname',
  'vpsOrg.server.copyId',
  'vpsOrg.server.refresh',
  'vpsOrg.server.showJson',
  'vpsOrg.export',
  'vpsOrg.exportView',
  'vpsOrg.signInView',
  'vpsOrg.signOutView',
  'vpsOrg.refreshAccount',
  'vpsOrg.showLog',
  'vpsOrg.copyDiagnostics',
] as const;
export type CommandId = (typeof commandIds)[number];

export const settingKeys = [
  'apiUrl',
  'refreshInterval',
  'requestTimeout',
  'groupBy',
  'confirmStop',
  'confirmReboot',
  'deleteConfirmation',
  'statusBar',
] as const;
export type SettingKey = (typeof settingKeys)[number];

/**
 * Second argument of a command that a click on a row runs. A click looks at something, as in the Explorer: the keyboard stays
 * in the tree.
 */
export const rowClick = 'rowClick';

/** What the view shows in place of rows, or `list` for the rows. */
export const screens = ['signedOut', 'loading', 'empty', 'noMatch', 'rejected', 'unreachable', 'list'] as const;
export type Screen = (typeof screens)[number];

/** Context keys for `when` clauses, with the type of their values. */
export interface ContextKeys {
  'vpsOrg.screen': Screen;
  'vpsOrg.signedIn': boolean;
  'vpsOrg.filtered': boolean;
}

/** Where tokens are made, shown once (api.md, section 1). */
export const tokenPageUrl = 'https://admin.vps.org/account/developers/';
/** VPS.org's web panel: credit and bills. */
export const webPanelUrl = 'https://admin.vps.org/';
export const defaultApiUrl = 'https://admin.vps.org/api/v1';
