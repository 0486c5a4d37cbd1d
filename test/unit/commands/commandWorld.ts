import { register } from 'node:module';
import type { ServersApi } from '../../../src/api/api.ts';
import type { CommandContext } from '../../../src/commands/context.ts';
import { noFilter } from '../../../src/core/filter.ts';
import type { StoredAccount } from '../../../src/state/accountStore.ts';
import type { Person } from '../../support/person.ts';
import { signedIn } from '../../support/world.ts';

register('../../support/withoutVscode.mjs', import.meta.url);

const { Messages } = await import('../../../src/host/messages.ts');
const { CommandRegistry } = await import('../../../src/host/commandRegistry.ts');

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined, show: () => undefined };

const settings = { deleteConfirmation: 'typeName', confirmStop: true, confirmReboot: true };

/** Everything that commands are made of, around an API whose answers a test writes. The view is hidden. */
export async function commandWorld(answers: Partial<ServersApi>, accounts?: readonly StoredAccount[]) {
  const world = await signedIn(answers, accounts);
  const log = silent as unknown as CommandContext['log'];
  const messages = new Messages();
  const context = {
    ...world,
    ...{ log, messages, registry: new CommandRegistry(messages, log), accounts: world.accountStore },
    settings: settings as unknown as CommandContext['settings'],
    view: {
      ...{ isVisible: false, filter: noFilter, setFilter: () => undefined, clearFilter: () => undefined },
      reveal: () => Promise.resolve(true),
    },
  } satisfies CommandContext & typeof world;
  await world.session.refresh();
  return { ...world, context };
}

const { aPerson } = await import('../../support/person.ts');

/** For `describe`: a person in front of VS Code, with nothing said yet when a test begins. */
export function usePerson(): { readonly person: Person } {
  let current: ReturnType<typeof aPerson> | undefined;
  beforeEach(() => (current = aPerson()));
  afterEach(() => current?.leave());
  return {
    get person() {
      if (!current) throw new Error('Nobody is there before the test begins.');
      return current.person;
    },
  };
}

/** A row as VS Code hands it to a command. */
export function aRow(serverId: string, accountId = 'account-1'): { readonly accountId: string; readonly serverId: string } {
  return { accountId, serverId };
}
