import * as l10n from '@vscode/l10n';

/** A failure of a command: its task, and whether it only reads, so that it may be repeated. */
interface FailureText {
  readonly text: string;
  readonly canRetry: boolean;
}

/** Names the task of the command that failed. Loaded with the first failure. */
export function commandFailureText(command: string, reason: string): FailureText {
  const reading = (text: string): FailureText => ({ text, canRetry: true });
  const changing = (text: string): FailureText => ({ text, canRetry: false });
  switch (command.replace(/^vpsOrg\./u, '')) {
    case 'refresh':
    case 'refreshAccount':
    case 'server.refresh':
      return reading(l10n.t('Refreshing failed: {0}', reason));
    case 'server.showJson':
      return reading(l10n.t('Showing the server as JSON failed: {0}', reason));
    case 'server.open':
      return reading(l10n.t('Showing the details failed: {0}', reason));
    case 'server.create':
    case 'server.clone':
      return reading(l10n.t('Opening the form failed: {0}', reason));
    case 'server.copyIp':
    case 'server.copyHostname':
    case 'server.copyId':
      return reading(l10n.t('Copying failed: {0}', reason));
    case 'export':
    case 'exportView':
      return reading(l10n.t('Exporting failed: {0}', reason));
    case 'filter':
    case 'clearFilter':
      return reading(l10n.t('Filtering failed: {0}', reason));
    case 'groupBy':
      return reading(l10n.t('Grouping failed: {0}', reason));
    case 'copyDiagnostics':
      return reading(l10n.t('Copying the diagnostics failed: {0}', reason));
    case 'signIn':
    case 'signInView':
      return changing(l10n.t('Signing in failed: {0}', reason));
    case 'signOut':
    case 'signOutView':
      return changing(l10n.t('Signing out failed: {0}', reason));
    case 'useSampleServers':
      return changing(l10n.t('Adding the sample servers failed: {0}', reason));
    case 'server.start':
      return changing(l10n.t('Starting failed: {0}', reason));
    case 'server.stop':
      return changing(l10n.t('Stopping failed: {0}', reason));
    case 'server.reboot':
      return changing(l10n.t('Rebooting failed: {0}', reason));
    case 'server.delete':
      return changing(l10n.t('Deleting failed: {0}', reason));
    case 'server.rename':
      return changing(l10n.t('Renaming failed: {0}', reason));
    case 'server.setBackups':
      return changing(l10n.t('Changing automatic backups failed: {0}', reason));
    default:
      return changing(l10n.t('The command failed: {0}', reason));
  }
}
