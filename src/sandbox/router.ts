import { plans } from './catalog.ts';
import type { Reply } from './reply.ts';
import { created, detailed, fragment, listed } from './serializers.ts';
import { checkNewServer, checkSettings } from './validation.ts';
import type { World } from './world.ts';

/** A request as the endpoints need it. */
export interface Call {
  readonly method: string;
  /** Relative to the base URL, without query: `/servers/12345/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  /** Text of the body, empty when there is none; undefined when it is too large. */
  readonly body: string | undefined;
}

type Handler = (world: World, call: Call, ...captured: readonly string[]) => Reply;

const ok = (body: unknown): Reply => ({ status: 200, body });
const failed = (status: number, detail: string, headers?: Reply['headers']): Reply => ({
  status,
  body: { detail },
  ...(headers && { headers }),
});
const notFound = failed(404, 'Not found.');

/** The endpoints, each with its handlers by method. */
const routes: readonly (readonly [RegExp, Readonly<Record<string, Handler>>])[] = [
  [/^\/servers\/$/u, { GET: listServers, POST: createServer }],
  [
    /^\/servers\/([^/]+)\/$/u,
    { GET: showServer, PUT: changeServer, PATCH: changeServer, DELETE: deleteServer },
  ],
  [/^\/servers\/([^/]+)\/(start|stop|reboot)\/$/u, { POST: power }],
  [/^\/plans\/$/u, { GET: listPlans }],
  [/^\/account\/me\/$/u, { GET: showAccount }],
];

/** Handles one request with the right token: checks path, method and body, in this order. */
export function answer(world: World, call: Call): Reply {
  const find = (path: string) => routes.find(([pattern]) => pattern.test(path));
  const route = find(call.path);
  if (!route) {
    return find(`${call.path}/`) ? missingSlash(call) : notFound;
  }
  const [pattern, methods] = route;
  const handler = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
  if (!handler) {
    return failed(405, `Method "${call.method}" not allowed.`, {
      Allow: Object.keys(methods).join(', '),
    });
  }
  return handler(world, call, ...(pattern.exec(call.path)?.slice(1) ?? []));
}

/** Redirects a GET. Other methods would lose their body on the way. */
function missingSlash({ method, path, query }: Call): Reply {
  if (method !== 'GET') {
    return failed(404, 'Not found. Every path ends in a slash.');
  }
  return {
    status: 301,
    headers: { Location: `/api/v1${path}/${query.size > 0 ? `?${query.toString()}` : ''}` },
  };
}

/** Parses the body as a JSON object and passes it to `use`. */
function withBody(call: Call, use: (body: Readonly<Record<string, unknown>>) => Reply): Reply {
  if (call.body === undefined) {
    return failed(413, 'Request body is larger than 1 MB.');
  }
  if (call.body === '') {
    return use({});
  }
  if (!/^application\/json\s*(?:;|$)/iu.test(call.contentType)) {
    return failed(415, `Unsupported media type "${call.contentType}" in request.`);
  }
  let body: unknown;
  try {
    body = JSON.parse(call.body);
  } catch (error) {
    return failed(400, `JSON parse error - ${(error as Error).message}`);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { status: 400, body: { non_field_errors: ['Invalid data. Expected a dictionary.'] } };
  }
  return use(body as Readonly<Record<string, unknown>>);
}

function listServers(world: World, { query }: Call): Reply {
  const status = query.get('status');
  const location = query.get('location');
  const results = world.servers
    .filter(
      (each) => (!status || each.status === status) && (!location || each.location === location),
    )
    .map((each) => listed(each));
  return ok({ count: results.length, results });
}

function createServer(world: World, call: Call): Reply {
  return withBody(call, (body) => {
    const checked = checkNewServer(body);
    if ('errors' in checked) {
      return { status: 400, body: checked.errors };
    }
    const record = world.create(checked.value);
    if (!record) {
      const left = `$${world.credit.toFixed(2)}`;
      return failed(
        402,
        `Not enough sample credit (${left} left). Deleting a server gives back its price.`,
      );
    }
    return { status: 201, body: created(record) };
  });
}

function showServer(world: World, _call: Call, id = ''): Reply {
  const record = world.get(id);
  return record ? ok(detailed(world, record)) : notFound;
}

function changeServer(world: World, call: Call, id = ''): Reply {
  if (!world.get(id)) {
    return notFound;
  }
  return withBody(call, (body) => {
    const checked = checkSettings(body, call.method === 'PUT');
    if ('errors' in checked) {
      return { status: 400, body: checked.errors };
    }
    if (Object.keys(checked.value).length > 0) {
      world.update(id, checked.value);
    }
    return showServer(world, call, id);
  });
}

function deleteServer(world: World, _call: Call, id = ''): Reply {
  return world.remove(id) ? { status: 204 } : notFound;
}

const powerRules: Readonly<Record<string, { from: string; to: string; refusal: string }>> = {
  start: { from: 'stopped', to: 'starting', refusal: 'Server is already running' },
  stop: { from: 'active', to: 'stopping', refusal: 'Server is already stopped' },
  reboot: { from: 'active', to: 'rebooting', refusal: 'Server is not running' },
};

function power(world: World, _call: Call, id = '', action = ''): Reply {
  const record = world.get(id);
  const rule = powerRules[action];
  if (!record || !rule) {
    return notFound;
  }
  const { status } = record;
  if (status === 'suspended') {
    return failed(400, 'Server is suspended. Please contact support.');
  }
  if (status !== 'active' && status !== 'stopped') {
    return failed(400, `Server is busy (${status}). Try again when it has settled.`);
  }
  const changed = status === rule.from && world.setStatus(id, rule.to);
  return changed
    ? ok({ status: 'success', message: `Server is ${rule.to}`, server: fragment(changed) })
    : failed(400, rule.refusal);
}

function listPlans(_world: World, { query }: Call): Reply {
  const location = query.get('location');
  const results = plans.filter((each) => !location || each.locations.includes(location));
  return ok({ count: results.length, results });
}

function showAccount(): Reply {
  return ok({
    account: {
      email: 'sample@example.com',
      first_name: 'Sam',
      last_name: 'Ample',
      company_name: 'Sample account',
      created_at: '2024-06-20T08:00:00Z',
    },
    token: { name: 'Sample token', permissions: ['servers:read', 'servers:write', 'plans:read'] },
  });
}
