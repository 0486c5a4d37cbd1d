import type { FaultScript } from '../../src/sandbox/faults.ts';
import { scriptable } from './catalogue.ts';
import type { FaultId, Place } from './catalogue.ts';
import { changeRows } from './expected/change.ts';
import { beforeCreateRows, createRows } from './expected/create.ts';
import { deleteRows } from './expected/delete.ts';
import { listRows } from './expected/list.ts';
import { oneRows } from './expected/one.ts';
import { powerRows } from './expected/power.ts';

/** Which request a fault hits. */
export type RequestId = 'list' | 'one' | 'power' | 'beforeCreate' | 'create' | 'delete' | 'rename' | 'save';

/** What comes of a fault: the cells of the table, compared as they stand with what was observed. */
export interface Outcome {
  /** The kind of the error that the client ends with, and its reason where it has one. `-`: it succeeds. */
  readonly error: string;
  /** The words for the person; `-`: nothing is said, the rows tell. */
  readonly shown: string;
  /** The servers that are known afterwards, and what changed about them. */
  readonly kept: string;
  /** All requests that were sent up to the words, and how long that took. */
  readonly requests: string;
  /** What happens by itself afterwards. */
  readonly then: string;
}

export type ExpectedRows = Readonly<Partial<Record<FaultId, Outcome>>>;

export interface FaultRow {
  readonly request: RequestId;
  readonly id: FaultId;
  readonly expected: Outcome;
  /** Whether `test/integration/faults.test.ts` plays it with the real extension in a real VS Code too. */
  readonly inVscode: boolean;
}

/** The server that everything is tried on: the sample that is documented. */
export const victim = { id: '12345', name: 'web-server-01' };
/** The name of the server that is created. */
export const newName = 'new-01';

export const requests: Readonly<
  Record<RequestId, { readonly title: string; readonly method: string; readonly path: string; readonly rows: ExpectedRows }>
> = {
  list: { title: 'Refreshing the list', method: 'GET', path: '/servers/', rows: listRows },
  one: { title: 'Looking at one server while it is followed', method: 'GET', path: `/servers/${victim.id}/`, rows: oneRows },
  power: { title: 'Stopping a server', method: 'POST', path: `/servers/${victim.id}/stop/`, rows: powerRows },
  beforeCreate: { title: 'The list that a creation begins with', method: 'GET', path: '/servers/', rows: beforeCreateRows },
  create: { title: 'Creating a server', method: 'POST', path: '/servers/', rows: createRows },
  delete: { title: 'Deleting a server', method: 'DELETE', path: `/servers/${victim.id}/`, rows: deleteRows },
  rename: { title: 'Changing one setting', method: 'PATCH', path: `/servers/${victim.id}/`, rows: changeRows('PATCH') },
  save: { title: 'Saving all settings', method: 'PUT', path: `/servers/${victim.id}/`, rows: changeRows('PUT') },
};

/** What a person does in VS Code with the faults of the table. */
const playedInVscode: readonly RequestId[] = ['list', 'power'];

export const requestIds = Object.keys(requests) as readonly RequestId[];

/** The fault table. */
export const table: readonly FaultRow[] = requestIds.flatMap((request) =>
  Object.entries(requests[request].rows).map(([key, expected]) => {
    const id = key as FaultId;
    // The extension host of a test trusts no certificate of our own making.
    const inVscode = playedInVscode.includes(request) && scriptable(id).https === undefined;
    return { request, id, expected, inVscode };
  }),
);

/** The faults of a row as the sandbox is told them. `path` where another server is the victim. */
export function scriptsOf(row: FaultRow, place: Place, path = requests[row.request].path): readonly FaultScript[] {
  const { fault, once, secondPage } = scriptable(row.id);
  const { method } = requests[row.request];
  return [
    ...(secondPage ? [{ match: { method, path: `${path}?page=2` }, times: Infinity, fault: secondPage }] : []),
    { match: { method, path }, times: once ? 1 : Infinity, fault: fault(place, path) },
  ];
}
