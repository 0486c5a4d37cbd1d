import type { FaultScript } from '../sandbox/faults.ts';
import { faultDefinition } from './faultCatalog.ts';
import type { FaultEnvironment, FaultId } from './faultCatalog.ts';
import { changeRows } from './expected/change.ts';
import { beforeCreateRows, createRows } from './expected/create.ts';
import { deleteRows } from './expected/delete.ts';
import { listRows } from './expected/list.ts';
import { serverRows } from './expected/server.ts';
import { planRows } from './expected/plans.ts';
import { powerRows } from './expected/power.ts';

/** The request that a fault affects. */
export type RequestId =
  'list' | 'server' | 'plans' | 'power' | 'beforeCreate' | 'create' | 'delete' | 'rename' | 'save';

/** The consequences of a fault: cells of the table. Tests require the observed cells to be equal. */
export interface Outcome {
  /** Kind and reason of the client's error; `-` for success. */
  readonly error: string;
  /** The message that people see; `-` for none. */
  readonly message: string;
  /** The cached servers, and how they changed. */
  readonly servers: string;
  /** All requests until the message, and the time they took. */
  readonly requests: string;
  /** What the extension does next on its own. */
  readonly afterwards: string;
}

export type ExpectedRows = Readonly<Partial<Record<FaultId, Outcome>>>;

export interface FaultRow {
  readonly request: RequestId;
  readonly id: FaultId;
  readonly expected: Outcome;
  /** Whether `test/integration/faults.test.ts` also runs it in a real VS Code. */
  readonly inVscode: boolean;
}

/** The server that all requests are about. */
export const target = { id: '12345', name: 'web-server-01' };
/** Name of the server to create. */
export const newName = 'new-01';

export const requests: Readonly<
  Record<
    RequestId,
    {
      readonly title: string;
      readonly method: string;
      readonly path: string;
      readonly rows: ExpectedRows;
    }
  >
> = {
  list: { title: 'Refresh the list', method: 'GET', path: '/servers/', rows: listRows },
  server: {
    title: 'Fetch a server while waiting for its status',
    method: 'GET',
    path: `/servers/${target.id}/`,
    rows: serverRows,
  },
  plans: {
    title: 'Fetch the plans for the create form',
    method: 'GET',
    path: '/plans/',
    rows: planRows,
  },
  power: {
    title: 'Stop a server',
    method: 'POST',
    path: `/servers/${target.id}/stop/`,
    rows: powerRows,
  },
  beforeCreate: {
    title: 'Fetch the list before creating a server',
    method: 'GET',
    path: '/servers/',
    rows: beforeCreateRows,
  },
  create: { title: 'Create a server', method: 'POST', path: '/servers/', rows: createRows },
  delete: {
    title: 'Delete a server',
    method: 'DELETE',
    path: `/servers/${target.id}/`,
    rows: deleteRows,
  },
  rename: {
    title: 'Change one setting',
    method: 'PATCH',
    path: `/servers/${target.id}/`,
    rows: changeRows('PATCH'),
  },
  save: {
    title: 'Save all settings',
    method: 'PUT',
    path: `/servers/${target.id}/`,
    rows: changeRows('PUT'),
  },
};

/** Requests whose faults also run in VS Code. */
const requestsInVscode: readonly RequestId[] = ['list', 'power'];

export const requestIds = Object.keys(requests) as readonly RequestId[];

/** The fault table. */
export const table: readonly FaultRow[] = requestIds.flatMap((request) =>
  Object.entries(requests[request].rows).map(([key, expected]) => {
    const id = key as FaultId;
    // The extension host does not trust the self-signed certificate.
    const inVscode = requestsInVscode.includes(request) && faultDefinition(id).https === undefined;
    return { request, id, expected, inVscode };
  }),
);

/** The fault scripts of a row. `path` overrides the path of the request. */
export function scriptsOf(
  row: FaultRow,
  environment: FaultEnvironment,
  path = requests[row.request].path,
): readonly FaultScript[] {
  const { fault, once, secondPage, alsoOfAccount } = faultDefinition(row.id);
  const { method } = requests[row.request];
  return [
    ...(secondPage
      ? [{ match: { method, path: `${path}?page=2` }, times: Infinity, fault: secondPage }]
      : []),
    ...(alsoOfAccount
      ? [
          {
            match: { method: 'GET', path: '/account/me/' },
            times: Infinity,
            fault: fault(environment, path),
          },
        ]
      : []),
    { match: { method, path }, times: once ? 1 : Infinity, fault: fault(environment, path) },
  ];
}
