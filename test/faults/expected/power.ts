import type { ExpectedRows } from '../table.ts';
import {
  all,
  waiting,
  pollingStops,
  none,
  outcome,
  refused,
  unclear,
  messages,
} from './outcome.ts';

const stops = '"web-server-01" is stopping.';
const stopsAsAnswered = `${stops} VPS.org answered: Server is stopping.`;
const stopping = 'all 7, "web-server-01" stopping';
const stopped = 'all 7, "web-server-01" stopped';

/** Faults of `POST /servers/{id}/stop/`, which is never retried. */
export const powerRows: ExpectedRows = {
  slow: outcome(none, stopsAsAnswered, stopping, '1 POST in 5 s', waiting),
  late: outcome('timeout', unclear(messages.timeout, 'stopped'), stopped, '1 POST, 1 GET in 30 s'),
  hang: outcome('timeout', unclear(messages.timeout), all, '1 POST, 1 GET in 30 s'),
  hangEffect: outcome(
    'timeout',
    unclear(messages.timeout, 'stopped'),
    stopped,
    '1 POST, 1 GET in 30 s',
  ),
  cutBefore: outcome('network', unclear(messages.network), all, '1 POST, 1 GET'),
  cutAfter: outcome(
    'network',
    unclear(messages.network, 'stopping'),
    stopping,
    '1 POST, 1 GET',
    waiting,
  ),
  halfBody: outcome(none, stops, stopping, '1 POST, 1 GET', waiting),
  badRequest: outcome('invalid', refused('Stopping', messages.badRequest), all, '1 POST, 1 GET'),
  unauthorized: outcome(
    'unauthorized',
    refused('Stopping', messages.unauthorized),
    all,
    '1 POST, 1 GET',
    pollingStops,
  ),
  gatewayUnauthorized: outcome(
    'badResponse (intermediary)',
    unclear(messages.intermediary('401): Invalid token.')),
    all,
    '1 POST, 2 GET',
  ),
  forbidden: outcome('forbidden', refused('Stopping', messages.forbidden), all, '1 POST'),
  notFound: outcome('notFound', unclear(messages.notFoundServer), all, '1 POST, 1 GET'),
  notFoundPage: outcome(
    'badResponse (intermediary)',
    unclear(messages.intermediary('404).')),
    all,
    '1 POST, 1 GET',
  ),
  notFoundText: outcome(
    'badResponse (intermediary)',
    unclear(messages.intermediary('404): 404 page not found.')),
    all,
    '1 POST, 1 GET',
  ),
  notFoundGateway: outcome(
    'badResponse (intermediary)',
    unclear(messages.intermediary('404): no Route matched with those values.')),
    all,
    '1 POST, 1 GET',
  ),
  unauthorizedPage: outcome(
    'badResponse (intermediary)',
    unclear(messages.intermediary('401): Sign in to the proxy.')),
    all,
    '1 POST, 1 GET',
  ),
  proxySignIn: outcome(
    'badResponse (intermediary)',
    unclear(messages.proxySignIn),
    all,
    '1 POST, 1 GET',
  ),
  locked: outcome('conflict', refused('Stopping', messages.locked), all, '1 POST, 1 GET'),
  conflict: outcome('conflict', refused('Stopping', messages.conflict), all, '1 POST, 1 GET'),
  rateLimitSeconds: outcome(
    'rateLimited',
    refused('Stopping', messages.rateLimited('2 seconds')),
    all,
    '1 POST',
  ),
  rateLimitDate: outcome(
    'rateLimited',
    refused('Stopping', messages.rateLimited('2 seconds')),
    all,
    '1 POST',
  ),
  rateLimitLong: outcome(
    'rateLimited',
    refused('Stopping', messages.rateLimited('2 minutes')),
    all,
    '1 POST',
  ),
  serverError: outcome('server', unclear(messages.serverError), all, '1 POST, 1 GET'),
  serverErrorEffect: outcome(
    'server',
    unclear(messages.serverError, 'stopping'),
    stopping,
    '1 POST, 1 GET',
    waiting,
  ),
  badGateway: outcome('server', unclear(messages.badGateway), all, '1 POST, 1 GET'),
  captivePortal: outcome(
    'badResponse (notJson)',
    unclear(messages.unexpected),
    all,
    '1 POST, 1 GET',
  ),
  truncated: outcome(none, stops, stopping, '1 POST, 1 GET', waiting),
  wrongShape: outcome(none, stops, stopping, '1 POST, 1 GET', waiting),
  empty: outcome(none, stops, stopping, '1 POST, 1 GET', waiting),
  gzip: outcome(none, stopsAsAnswered, stopping, '1 POST', waiting),
  redirectLoop: outcome('badResponse (redirect)', unclear(messages.redirect), all, '1 POST, 1 GET'),
  redirectOtherOrigin: outcome(
    'badResponse (redirect)',
    unclear(messages.redirect),
    all,
    '1 POST, 1 GET',
  ),
  redirect307: outcome('badResponse (redirect)', unclear(messages.redirect), all, '1 POST, 1 GET'),
  downgrade: outcome('badResponse (redirect)', unclear(messages.redirect), all, '1 POST, 1 GET'),
  large: outcome('badResponse (tooLarge)', unclear(messages.tooLarge), all, '1 POST, 1 GET'),
};
