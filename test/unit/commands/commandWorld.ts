import { register } from 'node:module';
import type { ServersApi } from '../../../src/api/client.ts';
import type { CommandContext, CreateFormOptions } from '../../../src/host/commandContext.ts';
import { noFilter } from '../../../src/core/filter.ts';
import type { ActivityDocument } from '../../../src/host/activityDocument.ts';
import type { ServerRef } from '../../../src/core/refs.ts';
import type { StoredAccount } from '../../../src/state/accountStore.ts';
import { ErrorHistory } from '../../../src/state/errorHistory.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import { SshProfiles } from '../../../src/state/sshProfiles.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';
import type { Person } from '../../support/person.ts';
import { signedIn } from '../../support/world.ts';

register('../../support/withoutVscode.mjs', import.meta.url);

const { commands } = await import('../../../src/contributions.ts');
const { CommandRegistry } = await import('../../../src/host/commandRegistry.ts');
const { JsonDocuments } = await import('../../../src/host/jsonDocuments.ts');
const { Messages } = await import('../../../src/host/messages.ts');

/** The handlers, already loaded: tests with a fake clock rely on commands that start at once. */
const loaded = Object.fromEntries(
  await Promise.all(
    Object.entries(commands).map(async ([id, load]) => {
      const handler = await load();
      return [id, () => Promise.resolve(handler)] as const;
    }),
  ),
);

/** Arguments of a panel that a command opened. */
type OpenedPanel =
  | CreateFormOptions
  | { readonly ref: ServerRef; readonly keepsFocus?: boolean; readonly isPreview?: boolean };

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  show: () => undefined,
};

const sshSettings = { user: 'root', port: 22, identityFile: '', jumpHost: '', host: 'address' };
const settings = { deleteConfirmation: 'typeName', confirmStop: true, confirmReboot: true };

/** The context of commands with the given API replies, and a registry to run commands by id. The view is hidden. */
export async function commandWorld(
  answers: Partial<ServersApi>,
  accounts?: readonly StoredAccount[],
) {
  const world = await signedIn(answers, accounts);
  const log = silent as unknown as CommandContext['log'];
  const opened: OpenedPanel[] = [];
  const selection: unknown[] = [];
  const unsaved = new Set<string>();
  const recorded = new Set<string>();
  const activity = { hasEntries: (id: string) => Promise.resolve(recorded.has(id)) };
  const documents = new JsonDocuments(world.sessions);
  const profiles = new SshProfiles({
    memento: new MemoryMemento(),
    settings: {
      readSsh: (key) => sshSettings[key],
      onDidChange: () => ({ dispose: () => undefined }),
    },
    sessions: world.sessions,
  });
  const planCatalog = new PlanCatalog(world.clock);
  const services = {
    ...world,
    version: '1.2.3',
    log,
    messages: new Messages(),
    accounts: world.accountStore,
    errorHistory: new ErrorHistory(world.clock),
    settings: settings as unknown as CommandContext['settings'],
    documents: () => Promise.resolve(documents),
    plans: () => Promise.resolve(planCatalog),
    recordAction: () => () => undefined,
    activity: () => Promise.resolve(activity as unknown as ActivityDocument),
    waitForSsh: () => Promise.resolve(false),
    makeApi: () => Promise.resolve(world.api),
    ssh: () => Promise.resolve(profiles),
    hasUnsavedSettings: (accountId) => Promise.resolve(unsaved.has(accountId)),
    view: {
      isVisible: false,
      filter: noFilter,
      selection,
      setFilter: () => undefined,
      clearFilter: () => undefined,
      reveal: () => Promise.resolve(true),
      follow: () => Promise.resolve(),
    },
    panels: {
      openDetails: (ref, options) => {
        opened.push({ ref, ...options });
        return Promise.resolve();
      },
      keepOpen: () => Promise.resolve(),
      openForm: (options) => {
        opened.push(options);
        return Promise.resolve();
      },
    },
  } satisfies CommandContext & typeof world;
  const context = {
    ...services,
    registry: new CommandRegistry(() => Promise.resolve(loaded), services),
  };
  await world.session.refresh();
  return { ...world, context, opened, selection, unsaved, recorded };
}

const { aPerson } = await import('../../support/person.ts');

/** For `describe`: a new person in front of VS Code for each test. */
export function usePerson(): { readonly person: Person } {
  let current: ReturnType<typeof aPerson> | undefined;
  beforeEach(() => (current = aPerson()));
  afterEach(() => current?.leave());
  return {
    get person() {
      if (!current) throw new Error('There is a person only during a test.');
      return current.person;
    },
  };
}

/** A row as VS Code passes it to a command. */
export function aRow(
  serverId: string,
  accountId = 'account-1',
): { readonly accountId: string; readonly serverId: string } {
  return { accountId, serverId };
}
