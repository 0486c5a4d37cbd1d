/** Names that several modules and package.json share, and links. A contract test compares them with package.json. */

export const containerId = 'vpsOrg';
export const viewId = 'vpsOrg.servers';

/** View types of the webviews, by which VS Code restores them. */
export const detailsViewType = 'vpsOrg.details';
export const createViewType = 'vpsOrg.create';

/** The entry in the `+` menu of the terminal, and the argument with which "Open SSH Terminal" returns its profile. */
export const terminalProfileId = 'vpsOrg.server';

/**
 * Second argument of a command that a click on a row runs. It previews the server and the keyboard focus stays in the tree, as in
 * the Explorer.
 */
export const rowClick = 'rowClick';

/** Global memento key of the simulated servers. */
export const sampleServersKey = 'vpsOrg.sampleServers';

/** URI scheme of the read-only documents. */
export const documentScheme = 'vps-org';

/** URI scheme of the activity document. Begins as `documentScheme`, by which a start finds restored documents. */
export const activityScheme = 'vps-org-activity';

/** The color of an active server's icon, declared in package.json. */
export const activeColor = 'vpsOrg.activeServer';

/** The colors of marked servers' icons, declared in package.json. */
export const markColorIds = {
  red: 'vpsOrg.markRed',
  orange: 'vpsOrg.markOrange',
  yellow: 'vpsOrg.markYellow',
  green: 'vpsOrg.markGreen',
  blue: 'vpsOrg.markBlue',
  purple: 'vpsOrg.markPurple',
} as const;

/** What the view shows: one of the welcome screens, or the rows (`list`). */
export const screens = [
  'signedOut',
  'loading',
  'empty',
  'noMatch',
  'rejected',
  'unreachable',
  'list',
] as const;
export type Screen = (typeof screens)[number];

/** Why the list could not be loaded, on the screen `unreachable`. Each has its text in package.json. */
export const unreachableReasons = [
  'network',
  'certificate',
  'timeout',
  'server',
  'rateLimited',
  'forbidden',
  'badResponse',
  'refused',
] as const;
export type UnreachableReason = (typeof unreachableReasons)[number];

/** Context keys for `when` clauses, with the types of their values. */
export interface ContextKeys {
  'vpsOrg.screen': Screen;
  'vpsOrg.reason': UnreachableReason | undefined;
  'vpsOrg.signedIn': boolean;
  'vpsOrg.filtered': boolean;
  /** Whether any server is being waited for. */
  'vpsOrg.waiting': boolean;
  /** The active editor shows a server that the next previewed one replaces. */
  'vpsOrg.previewing': boolean;
}

/** The page of VPS.org that creates tokens and shows each once. */
export const tokenPageUrl = 'https://admin.vps.org/account/developers/';
