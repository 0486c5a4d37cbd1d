import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { registerAccountNotices } from './commands/accountNotices.ts';
import { registerAccounts } from './commands/accounts.ts';
import { registerBrowse } from './commands/browse.ts';
import { registerChange } from './commands/change.ts';
import type { CommandContext } from './commands/context.ts';
import { registerCopy } from './commands/copy.ts';
import { registerCreate } from './commands/create.ts';
import { registerDelete } from './commands/delete.ts';
import { registerExport } from './commands/export.ts';
import { registerDiagnostics } from './commands/diagnostics.ts';
import { registerFollowNotices } from './commands/followNotices.ts';
import { registerInspect } from './commands/inspect.ts';
import { registerOpen } from './commands/open.ts';
import { registerPower } from './commands/power.ts';
import { registerSignIn } from './commands/signIn.ts';
import { systemClock } from './core/clock.ts';
import { AppError } from './core/errors.ts';
import { DisposableStore } from './core/event.ts';
import type { Disposable } from './core/event.ts';
import { CommandRegistry } from './host/commandRegistry.ts';
import { ContextKeyOwner } from './host/contextKeys.ts';
import { JsonDocuments } from './host/jsonDocuments.ts';
import { openKeptFiles } from './host/keptFiles.ts';
import { Log } from './host/log.ts';
import { Messages } from './host/messages.ts';
import { forgetSampleAccount, startSampleAccount } from './host/sampleAccount.ts';
import { toSecretStore } from './host/secrets.ts';
import { Settings } from './host/settings.ts';
import { CreationNotices } from './panels/creationNotices.ts';
import { PanelDoor } from './panels/panelDoor.ts';
import { PanelWatch } from './panels/panelWatch.ts';
import { AccountStore } from './state/accountStore.ts';
import { Connector } from './state/connect.ts';
import { ErrorHistory } from './state/errorHistory.ts';
import { Follower } from './state/follower.ts';
import { ListKeeper } from './state/listKeeper.ts';
import { Poller } from './state/poller.ts';
import { ServerActions } from './state/serverActions.ts';
import { Sessions } from './state/sessions.ts';
import { ServersTree } from './tree/serversTree.ts';
import { ServersView } from './tree/serversView.ts';
import { ServersStatusBar } from './tree/statusBar.ts';
import { Tooltips } from './tree/tooltips.ts';

export interface App extends Disposable {
  /** Runs a command by its id. Never rejects: what goes wrong is told to the person. */
  run(id: string, args: readonly unknown[]): Promise<unknown>;
}

/** Makes every service once and ties them together. Disposing the result releases everything. */
export async function createApp(extension: vscode.ExtensionContext): Promise<App> {
  const app = new DisposableStore();
  const clock = systemClock;
  const log = app.add(new Log(() => accounts.accounts.map((account) => account.token).filter(Boolean)));
  const messages = new Messages();
  const settings = app.add(new Settings());
  app.add(settings.onDidFindProblem((text) => messages.warn(text, {
    title: vscode.l10n.t('Open Settings'),
    run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'vpsOrg'),
  })));
  const accounts = app.add(
    new AccountStore(toSecretStore(extension.secrets), randomUUID, (text) => log.warn(text)),
  );
  const loaded = loadAccounts(accounts, messages, log);

  const hasSample = (): boolean => accounts.accounts.some((account) => account.kind === 'sample');
  const { version } = extension.extension.packageJSON as { version: string };
  const connector = new Connector({
    load: () => import('./appApi.ts'),
    clock,
    log,
    timeoutMs: () => settings.requestTimeoutMs,
    userAgent: `vps-org-vscode/${version}`,
    startSample: () => startSampleAccount(extension.globalState, clock),
  });
  const errors = new ErrorHistory(clock);
  const sessions = app.add(
    new Sessions(accounts, (account) => connector.connect(account), clock, (error) => errors.note(error)),
  );
  const follower = app.add(new Follower(sessions, clock));
  const actions = app.add(new ServerActions(sessions, follower));
  const poller = app.add(
    new Poller({ sessions, clock, random: Math.random, intervalMs: () => settings.refreshIntervalMs }),
  );

  const tree = app.add(
    new ServersTree({
      sessions,
      actions,
      follower,
      tooltips: new Tooltips(sessions),
      grouping: () => settings.groupBy,
      ready: loaded,
    }),
  );
  const view = app.add(
    new ServersView({ tree, sessions, contextKeys: new ContextKeyOwner(), memento: extension.workspaceState }),
  );

  // The view is there while the secrets are read, which may ask a person to unlock them. All else comes when they are known.
  await loaded;
  app.add(
    new ListKeeper({
      sessions,
      files: openKeptFiles(vscode.Uri.joinPath(extension.globalStorageUri, 'lists')),
      clock,
      warn: (text, error) => log.warn(text, error),
    }),
  );
  const statusBar = app.add(new ServersStatusBar(sessions, () => settings.statusBar));
  const registry = new CommandRegistry(messages, log);
  const documents = app.add(new JsonDocuments(sessions));
  const context: CommandContext = {
    clock, registry, accounts, sessions, actions, follower, settings, messages, log, view,
  };
  registerSignIn(context, (apiUrl, token) => connector.makeApi(apiUrl, token));
  registerAccounts(context);
  registerBrowse(context);
  registerPower(context);
  registerChange(context);
  registerDelete(context);
  registerCopy(context);
  registerInspect(context, documents);
  registerDiagnostics(context, errors, version);
  registerExport(context);

  const watch = app.add(new PanelWatch());
  const notices = new CreationNotices(sessions, messages);
  const panels = app.add(
    new PanelDoor(async () => {
      const { makePanels } = await import('./appPanels.ts');
      return makePanels({ extension, context, clock, watch, notices });
    }),
  );
  app.add(sessions.onDidChangeAccounts(() => {
    panels.forgetAccounts().catch((error: unknown) => log.error('What was typed for old accounts could not be forgotten', error));
  }));
  registerOpen(context, (ref, options) => panels.openDetails(ref, options));
  registerCreate(context, (wish) => panels.openForm(wish));
  app.add(registerFollowNotices(context, (followed) => notices.tellEnd(followed)));

  const updateWatched = (): void => {
    const isWatched = view.isWatched || watch.isWatched;
    poller.setWatched(isWatched);
    follower.setWatched(isWatched);
  };
  app.add(view.onDidChangeWatched(updateWatched));
  app.add(watch.onDidChange(updateWatched));
  app.add(settings.onDidChange((key) => {
    if (key === 'groupBy') {
      tree.rebuild();
    } else if (key === 'statusBar') {
      statusBar.update();
    } else if (key === 'refreshInterval') {
      poller.reschedule();
    }
  }));
  app.add(registerAccountNotices(context));
  app.add(accounts.onDidChange(() => {
    if (!hasSample()) {
      void forgetSampleAccount(extension.globalState);
    }
  }));
  view.start();
  return { run: (id, args) => registry.run(id, args), dispose: () => app.dispose() };
}

/** A locked keychain must not keep the view from opening: it is told, and can be tried again. */
async function loadAccounts(accounts: AccountStore, messages: Messages, log: Log): Promise<void> {
  try {
    await accounts.load();
  } catch (error) {
    log.error('The accounts could not be read', error);
    messages.error(
      vscode.l10n.t('Your accounts could not be read from the secret storage of this computer: {0}', AppError.from(error).message),
      { title: vscode.l10n.t('Retry'), run: () => loadAccounts(accounts, messages, log) },
    );
  }
}
