import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { systemClock } from './core/clock.ts';
import { DisposableStore } from './core/event.ts';
import type { Disposable } from './core/event.ts';
import { lazy } from './core/lazy.ts';
import { connectActivity } from './connectActivity.ts';
import type { ConnectedActivity } from './connectActivity.ts';
import type { CommandContext } from './host/commandContext.ts';
import { CommandRegistry } from './host/commandRegistry.ts';
import { ContextKeyOwner } from './host/contextKeys.ts';
import { Log } from './host/log.ts';
import { Messages } from './host/messages.ts';
import { toSecretStore } from './host/secrets.ts';
import { Settings } from './host/settings.ts';
import { announceResults } from './announceResults.ts';
import { forgetWithAccounts } from './forgetWithAccounts.ts';
import { documentScheme } from './ids.ts';
import { lateServices } from './lateServices.ts';
import { startMarks } from './startMarks.ts';
import { AccountStore } from './state/accountStore.ts';
import { ChangedServers } from './state/changedServers.ts';
import { Connector } from './state/connector.ts';
import { ErrorHistory } from './state/errorHistory.ts';
import { Protection } from './state/protection.ts';
import { ServerActions } from './state/serverActions.ts';
import { Sessions } from './state/sessions.ts';
import { StatusWaiter } from './state/statusWaiter.ts';
import { configureTexts } from './text/l10n.ts';
import type { ServersStatusBar } from './tree/statusBar.ts';
import { ServersTree } from './tree/serversTree.ts';
import { ServersView } from './tree/serversView.ts';
import { LazyPanels } from './webviews/lazyPanels.ts';
import { PanelVisibility } from './webviews/panelVisibility.ts';

export { whileShowingSlow } from './host/slow.ts';

export interface App extends Disposable {
  /** Runs a command by its id. Never rejects: errors are shown. */
  run(id: string, args: readonly unknown[]): Promise<unknown>;
}

/** Creates every service once and connects them. Disposing the result releases everything. */
export async function createApp(extension: vscode.ExtensionContext): Promise<App> {
  configureTexts(vscode.env.language, vscode.l10n.bundle);
  const app = new DisposableStore();
  const clock = systemClock;
  const log = app.add(
    new Log(() => accounts.accounts.map((account) => account.token).filter(Boolean)),
  );
  const messages = new Messages();
  const settings = app.add(new Settings());
  app.add(
    settings.onDidFindProblem((text) =>
      messages.warn(text, {
        title: vscode.l10n.t('Open Settings'),
        run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'vpsOrg'),
      }),
    ),
  );
  const accounts = app.add(
    new AccountStore(toSecretStore(extension.secrets), randomUUID, (text) => log.warn(text)),
  );
  // Never rejects, because the view must open with a locked keychain too.
  const loaded = accounts
    .load()
    .catch(async (error: unknown) =>
      (await import('./lockedAccounts.ts')).reportLockedAccounts(accounts, messages, log, error),
    );

  const { version } = extension.extension.packageJSON as { version: string };
  const connector = new Connector({
    load: () => import('./lazyApi.ts'),
    clock,
    log,
    timeoutMs: () => settings.requestTimeoutMs,
    userAgent: `vps-org-vscode/${version}`,
    startSample: async () =>
      (await import('./sampleAccount.ts')).startSampleAccount(extension.globalState, clock),
  });
  const errorHistory = new ErrorHistory(clock);
  const sessions = app.add(
    new Sessions(
      accounts,
      (account) => connector.connect(account),
      clock,
      (error) => errorHistory.add(error),
    ),
  );
  const marks = startMarks(app, extension, sessions, log);
  const protection = app.add(new Protection(marks));
  const statusWaiter = app.add(new StatusWaiter(sessions, clock));
  const changedServers = new ChangedServers(extension.workspaceState, (text) => log.warn(text));
  const activity: ConnectedActivity = app.add(
    connectActivity(sessions, clock, log, async () => {
      const { startActivity } = await import('./startActivity.ts');
      const views = { changedServers, view, visibility };
      return startActivity(app, extension.globalStorageUri, context, views);
    }),
  );
  const actions = app.add(new ServerActions(sessions, statusWaiter, protection, activity.record));
  const { plans, ssh, documents, waitForSsh, creationResults } = lateServices(app, {
    extension,
    clock,
    sessions,
    settings,
    messages,
    context: () => context,
  });
  const tree = app.add(
    new ServersTree({
      sessions,
      actions,
      statusWaiter,
      marks,
      changedServers,
      loadMatcher: async () => (await import('./core/search.ts')).matcher,
      loadTooltips: async () => {
        const { Tooltips } = await import('./tree/tooltips.ts');
        const [planCatalog, profiles] = [await plans(), await ssh()];
        return new Tooltips({ sessions, marks, protection, plans: planCatalog, profiles });
      },
      grouping: () => settings.groupBy,
      ready: loaded,
    }),
  );
  const contextKeys = new ContextKeyOwner();
  app.add(
    statusWaiter.onDidChange(() => contextKeys.set('vpsOrg.waiting', statusWaiter.count > 0)),
  );
  const view = app.add(
    new ServersView({
      tree,
      sessions,
      contextKeys,
      memento: extension.workspaceState,
      warn: (text, error) => log.warn(text, error),
    }),
  );

  const updatePatterns = async (): Promise<void> => {
    const { readProtectSetting } = await import('./host/protectSetting.ts');
    protection.setPatterns(readProtectSetting(settings));
  };
  // Most people have no patterns. Where there are any, no command may run before they are known.
  if (String(settings.protect) !== '') {
    await updatePatterns();
  }

  // The view exists while the secrets are read, which may need a person to unlock them. Everything else needs the accounts.
  await loaded;
  const { startListCache } = await import('./startListCache.ts');
  startListCache(app, extension.globalStorageUri, sessions, clock, log);
  // Off by default: its code is loaded when the setting is turned on.
  let statusBar: Promise<ServersStatusBar> | undefined;
  const updateStatusBar = async (): Promise<void> => {
    if (settings.statusBar) {
      statusBar ??= import('./tree/statusBar.ts').then((loaded) =>
        app.add(new loaded.ServersStatusBar(sessions, () => settings.statusBar)),
      );
    }
    (await statusBar)?.update();
  };
  void updateStatusBar();
  const visibility = app.add(new PanelVisibility());
  const panels = app.add(
    new LazyPanels(async () => {
      // Only the panels create servers so far; the service is created once, with the first panel.
      const [{ makePanels }, { ServerCreation }, planCatalog, results] = await Promise.all([
        import('./webviews/makePanels.ts'),
        import('./state/serverCreation.ts'),
        plans(),
        creationResults(),
      ]);
      return makePanels({
        extension,
        context,
        clock,
        creation: new ServerCreation(statusWaiter, clock, activity.record),
        changedServers,
        planCatalog,
        visibility,
        contextKeys,
        profiles: await ssh(),
        onDidCreate: (ref, server, message) => results.reportCreated(ref, server, message),
        onDidShowProbableMatch: (ref) => results.await(ref),
      });
    }),
  );
  const context: CommandContext = {
    version,
    clock,
    accounts,
    sessions,
    marks,
    actions,
    statusWaiter,
    errorHistory,
    settings,
    messages,
    log,
    view,
    panels,
    documents,
    plans,
    recordAction: activity.record,
    activity: async () => (await activity.load()).document,
    ssh,
    hasUnsavedSettings: async (accountId) => {
      const { hasSettingsDrafts } = await import('./webviews/storedInput.ts');
      return hasSettingsDrafts(extension.workspaceState, accountId);
    },
    waitForSsh,
    makeApi: (apiUrl, token) => connector.makeApi(apiUrl, token),
  };
  // Off by default, like the status bar.
  let sshConfig: Promise<Disposable> | undefined;
  const updateSshConfig = (isNew: boolean): void => {
    if (settings.sshConfigFile) {
      sshConfig ??= import('./ssh/startConfigUpdater.ts').then(async ({ startConfigUpdater }) =>
        app.add(await startConfigUpdater(context, isNew)),
      );
    }
  };
  updateSshConfig(false);
  // Documents of the last session, which VS Code restores, need their provider.
  const isOurs = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.scheme.startsWith(documentScheme);
  if (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isOurs))) {
    void documents();
    void activity.load();
  } else if (!changedServers.isEmpty) {
    // Notices when a person looks at one of them.
    void activity.load();
  }
  const registry = new CommandRegistry(
    async () => (await import('./contributions.ts')).commands,
    context,
  );
  // No list is polled and no price shows before a person sees the view or a panel.
  const poller = lazy(async () => {
    const { Poller } = await import('./state/poller.ts');
    const intervalMs = (): number => settings.refreshIntervalMs;
    return app.add(new Poller({ sessions, clock, random: Math.random, intervalMs }));
  });
  const viewPrices = lazy(async () => {
    const loaded = await import('./tree/viewPrices.ts');
    return app.add(new loaded.ViewPrices({ tree, view, sessions, settings, plans: await plans() }));
  });
  const updateViewed = (): void => {
    if (view.isViewed && settings.showPrices) {
      void viewPrices();
    }
    const isViewed = (): boolean => view.isViewed || visibility.isViewed;
    statusWaiter.setViewed(isViewed());
    void poller().then((loaded) => loaded.setViewed(isViewed()));
  };
  app.add(view.onDidChangeViewed(updateViewed));
  app.add(visibility.onDidChange(updateViewed));
  app.add(
    settings.onDidChange((key) => {
      if (key === 'groupBy') {
        tree.rebuild();
      } else if (key === 'protect') {
        void updatePatterns();
      } else if (key === 'statusBar') {
        void updateStatusBar();
      } else if (key === 'showPrices') {
        updateViewed();
      } else if (key === 'refreshInterval') {
        void poller().then((loaded) => loaded.reschedule());
      } else if (key === 'ssh.configFile') {
        updateSshConfig(true);
      }
    }),
  );
  announceResults(app, context, creationResults);
  app.add(forgetWithAccounts(extension, sessions, changedServers, log));
  view.start();
  return { run: (id, args) => registry.run(id, args), dispose: () => app.dispose() };
}
