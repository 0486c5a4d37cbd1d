import assert from 'node:assert/strict';
import type { ServersApi } from '../../../src/api/api.ts';
import type { CreateValues } from '../../../src/core/createForm.ts';
import { CreateForm } from '../../../src/panels/createForm.ts';
import type { CreateFormOptions, CreateStart, FormTexts } from '../../../src/panels/createForm.ts';
import { CreateMemory } from '../../../src/panels/createMemory.ts';
import type { CreateDraft } from '../../../src/panels/createMemory.ts';
import { ServerCreation } from '../../../src/state/serverCreation.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';
import { MemoryMemento } from './memoryMemento.ts';

const noWarning = (text: string): never => assert.fail(text);

const texts: FormTexts = {
  error: ({ kind }) => `[${kind}]`,
  nameExists: 'exists',
  busy: 'busy',
  notSent: (why) => `${why} not sent`,
  notEnoughCredit: () => 'no credit',
  likely: (why, name) => `${why} likely ${name}`,
  notFound: (why) => `${why} not found`,
  notKnown: (why) => `${why} not known`,
  problems: (problems) => problems,
  account: ({ label, kind }) => (kind === 'sample' ? `${label} (sample)` : label),
  facts: ({ status }) => status,
  otherAccount: 'other account',
};
export const made = aServer({ id: '99', name: 'web-9', status: 'provisioning' });

/** A form that was opened, in the first of two accounts. */
export async function opened(
  answers: Partial<ServersApi> = {},
  start: CreateStart | CreateDraft = { accountId: 'account-1' },
  options: Partial<CreateFormOptions> = {},
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
  const memory = new CreateMemory(new MemoryMemento(), new MemoryMemento(), noWarning);
  const questions: string[] = [];
  const form = new CreateForm(
    {
      sessions: world.sessions,
      creation: new ServerCreation(world.follower, world.clock),
      memory,
      clock: world.clock,
      texts: () => texts,
      wantsSameName: (_session, { name }) => {
        questions.push(name);
        return Promise.resolve(true);
      },
      ...options,
    },
    start,
  );
  await settle();
  const posts = () => world.calls.filter(({ method }) => method === 'createServer');
  return { ...world, form, memory, questions, posts };
}

/** What a person has filled in. */
export const filled = (facts: Partial<CreateValues> = {}): CreateValues => ({
  accountId: 'account-1',
  name: 'web-9',
  location: 'us-west',
  planId: '1',
  osId: '5',
  hostname: '',
  sshKeyId: '7',
  backupsEnabled: false,
  ...facts,
});
