import type { ExpectedRows } from '../table.ts';
import { all, pollingStops, none, outcome, refused, without, messages } from './outcome.ts';

const deleted = '"web-server-01" was deleted.';
const stillThere = (why: string): string =>
  `${why} "web-server-01" still exists (active). The deletion was not retried.`;

/** Faults of `DELETE /servers/{id}/`, which is never retried. */
export const deleteRows: ExpectedRows = {
  slow: outcome(none, deleted, without, '1 DELETE in 5 s'),
  late: outcome('timeout', deleted, without, '1 DELETE, 2 GET in 30 s'),
  hang: outcome('timeout', stillThere(messages.timeout), all, '1 DELETE, 1 GET in 30 s'),
  hangEffect: outcome('timeout', deleted, without, '1 DELETE, 2 GET in 30 s'),
  cutBefore: outcome('network', stillThere(messages.network), all, '1 DELETE, 1 GET'),
  cutAfter: outcome('network', deleted, without, '1 DELETE, 2 GET'),
  halfBody: outcome('network', deleted, without, '1 DELETE, 2 GET'),
  badRequest: outcome('invalid', refused('Deleting', messages.badRequest), all, '1 DELETE, 1 GET'),
  unauthorized: outcome(
    'unauthorized',
    refused('Deleting', messages.unauthorized),
    all,
    '1 DELETE, 1 GET',
    pollingStops,
  ),
  gatewayUnauthorized: outcome(
    'badResponse (intermediary)',
    stillThere(messages.intermediary('401): Invalid token.')),
    all,
    '1 DELETE, 2 GET',
  ),
  forbidden: outcome('forbidden', refused('Deleting', messages.forbidden), all, '1 DELETE'),
  notFound: outcome('notFound', stillThere(messages.notFoundServer), all, '1 DELETE, 1 GET'),
  notFoundPage: outcome(
    'badResponse (intermediary)',
    stillThere(messages.intermediary('404).')),
    all,
    '1 DELETE, 1 GET',
  ),
  notFoundText: outcome(
    'badResponse (intermediary)',
    stillThere(messages.intermediary('404): 404 page not found.')),
    all,
    '1 DELETE, 1 GET',
  ),
  notFoundGateway: outcome(
    'badResponse (intermediary)',
    stillThere(messages.intermediary('404): no Route matched with those values.')),
    all,
    '1 DELETE, 1 GET',
  ),
  unauthorizedPage: outcome(
    'badResponse (intermediary)',
    stillThere(messages.intermediary('401): Sign in to the proxy.')),
    all,
    '1 DELETE, 1 GET',
  ),
  proxySignIn: outcome(
    'badResponse (intermediary)',
    stillThere(messages.proxySignIn),
    all,
    '1 DELETE, 1 GET',
  ),
  locked: outcome('conflict', refused('Deleting', messages.locked), all, '1 DELETE, 1 GET'),
  conflict: outcome('conflict', refused('Deleting', messages.conflict), all, '1 DELETE, 1 GET'),
  rateLimitSeconds: outcome(
    'rateLimited',
    refused('Deleting', messages.rateLimited('2 seconds')),
    all,
    '1 DELETE',
  ),
  rateLimitDate: outcome(
    'rateLimited',
    refused('Deleting', messages.rateLimited('2 seconds')),
    all,
    '1 DELETE',
  ),
  rateLimitLong: outcome(
    'rateLimited',
    refused('Deleting', messages.rateLimited('2 minutes')),
    all,
    '1 DELETE',
  ),
  serverError: outcome('server', stillThere(messages.serverError), all, '1 DELETE, 1 GET'),
  serverErrorEffect: outcome('server', deleted, without, '1 DELETE, 2 GET'),
  badGateway: outcome('server', stillThere(messages.badGateway), all, '1 DELETE, 1 GET'),
  captivePortal: outcome(
    'badResponse (notJson)',
    stillThere(messages.unexpected),
    all,
    '1 DELETE, 1 GET',
  ),
  wrongShape: outcome(none, deleted, without, '1 DELETE'),
  empty: outcome(none, deleted, without, '1 DELETE'),
  redirectLoop: outcome(
    'badResponse (redirect)',
    stillThere(messages.redirect),
    all,
    '1 DELETE, 1 GET',
  ),
  redirectOtherOrigin: outcome(
    'badResponse (redirect)',
    stillThere(messages.redirect),
    all,
    '1 DELETE, 1 GET',
  ),
  redirect307: outcome(
    'badResponse (redirect)',
    stillThere(messages.redirect),
    all,
    '1 DELETE, 1 GET',
  ),
  downgrade: outcome(
    'badResponse (redirect)',
    stillThere(messages.redirect),
    all,
    '1 DELETE, 1 GET',
  ),
  large: outcome('badResponse (tooLarge)', stillThere(messages.tooLarge), all, '1 DELETE, 1 GET'),
};
