import assert from 'node:assert/strict';
import type { ServersApi } from '../../../src/api/client.ts';
import type { CreateValues } from '../../../src/core/createFields.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import { ServerCreation } from '../../../src/state/serverCreation.ts';
import type { CreateDraft } from '../../../src/webviews/create/drafts.ts';
import { DraftStore } from '../../../src/webviews/create/drafts.ts';
import { UsedIds } from '../../../src/webviews/create/usedIds.ts';
import { CreateForm } from '../../../src/webviews/create/form.ts';
import type {
  CreateFormDependencies,
  CreateStart,
} from '../../../src/webviews/create/formOptions.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';

const failOnWarning = (text: string): never => assert.fail(text);

export const made = aServer({ id: '99', name: 'web-9', status: 'provisioning' });

/** Opens a form, by default in the first of two accounts. */
export async function opened(
  answers: Partial<ServersApi> = {},
  start: CreateStart | CreateDraft = { accountId: 'account-1' },
  options: Partial<CreateFormDependencies> = {},
) {
  const world = await signedIn(
    {
      listServers: () => Promise.resolve(aList(aServer())),
      listPlans: () => Promise.resolve(undefined),
      createServer: () => Promise.resolve({ server: made, message: undefined }),
      ...answers,
    },
    [anAccount(), anAccount({ id: 'account-2', label: 'second', token: 'token-2', owner: 'b' })],
  );
  const drafts = new DraftStore(new MemoryMemento(), failOnWarning);
  const usedIds = new UsedIds(new MemoryMemento(), failOnWarning);
  const questions: string[] = [];
  const form = new CreateForm(
    {
      sessions: world.sessions,
      creation: new ServerCreation(world.statusWaiter, world.clock),
      planCatalog: new PlanCatalog(world.clock),
      drafts,
      usedIds,
      clock: world.clock,
      confirmSameName: (_session, { name }) => {
        questions.push(name);
        return Promise.resolve(true);
      },
      ...options,
    },
    start,
  );
  await settle();
  const posts = () => world.calls.filter(({ method }) => method === 'createServer');
  return { ...world, form, drafts, usedIds, questions, posts };
}

/** Values as a person enters them. */
export const filled = (changes: Partial<CreateValues> = {}): CreateValues => ({
  accountId: 'account-1',
  name: 'web-9',
  location: 'us-west',
  planId: '1',
  osId: '5',
  hostname: '',
  sshKeyId: '7',
  backupsEnabled: false,
  ...changes,
});
