import type { ExpectedRows } from '../table.ts';
import { all, pollingStops, none, outcome, refused, unconfirmed, messages } from './outcome.ts';

const changed = '"web-server-01" was changed.';
const renamed = 'all 7, "web-server-01" renamed to "renamed-01"';

/** Faults of `PATCH /servers/{id}/` and of PUT, which have the same outcomes. Neither is retried. */
export const changeRows = (method: 'PATCH' | 'PUT'): ExpectedRows => ({
  slow: outcome(none, changed, renamed, `1 ${method} in 5 s`),
  late: outcome(
    'timeout',
    unconfirmed(messages.timeout, 'renamed-01'),
    renamed,
    `1 ${method}, 1 GET in 30 s`,
  ),
  hang: outcome('timeout', unconfirmed(messages.timeout), all, `1 ${method}, 1 GET in 30 s`),
  hangEffect: outcome(
    'timeout',
    unconfirmed(messages.timeout, 'renamed-01'),
    renamed,
    `1 ${method}, 1 GET in 30 s`,
  ),
  cutBefore: outcome('network', unconfirmed(messages.network), all, `1 ${method}, 1 GET`),
  cutAfter: outcome(
    'network',
    unconfirmed(messages.network, 'renamed-01'),
    renamed,
    `1 ${method}, 1 GET`,
  ),
  halfBody: outcome(none, changed, renamed, `1 ${method}, 1 GET`),
  badRequest: outcome(
    'invalid',
    refused('Changing', messages.badRequest),
    all,
    `1 ${method}, 1 GET`,
  ),
  unauthorized: outcome(
    'unauthorized',
    refused('Changing', messages.unauthorized),
    all,
    `1 ${method}, 1 GET`,
    pollingStops,
  ),
  forbidden: outcome('forbidden', refused('Changing', messages.forbidden), all, `1 ${method}`),
  notFound: outcome('notFound', unconfirmed(messages.notFoundServer), all, `1 ${method}, 1 GET`),
  notFoundPage: outcome(
    'badResponse (intermediary)',
    unconfirmed(messages.intermediary('404).')),
    all,
    `1 ${method}, 1 GET`,
  ),
  conflict: outcome('conflict', refused('Changing', messages.conflict), all, `1 ${method}, 1 GET`),
  rateLimitSeconds: outcome(
    'rateLimited',
    refused('Changing', messages.rateLimited('2 seconds')),
    all,
    `1 ${method}`,
  ),
  rateLimitDate: outcome(
    'rateLimited',
    refused('Changing', messages.rateLimited('2 seconds')),
    all,
    `1 ${method}`,
  ),
  rateLimitLong: outcome(
    'rateLimited',
    refused('Changing', messages.rateLimited('2 minutes')),
    all,
    `1 ${method}`,
  ),
  serverError: outcome('server', unconfirmed(messages.serverError), all, `1 ${method}, 1 GET`),
  serverErrorEffect: outcome(
    'server',
    unconfirmed(messages.serverError, 'renamed-01'),
    renamed,
    `1 ${method}, 1 GET`,
  ),
  badGateway: outcome('server', unconfirmed(messages.badGateway), all, `1 ${method}, 1 GET`),
  captivePortal: outcome(
    'badResponse (notJson)',
    unconfirmed(messages.unexpected),
    all,
    `1 ${method}, 1 GET`,
  ),
  truncated: outcome(none, changed, renamed, `1 ${method}, 1 GET`),
  wrongShape: outcome(none, changed, renamed, `1 ${method}, 1 GET`),
  empty: outcome(none, changed, renamed, `1 ${method}, 1 GET`),
  gzip: outcome(none, changed, renamed, `1 ${method}`),
  redirectLoop: outcome(
    'badResponse (redirect)',
    unconfirmed(messages.redirect),
    all,
    `1 ${method}, 1 GET`,
  ),
  redirectOtherOrigin: outcome(
    'badResponse (redirect)',
    unconfirmed(messages.redirect),
    all,
    `1 ${method}, 1 GET`,
  ),
  redirect307: outcome(
    'badResponse (redirect)',
    unconfirmed(messages.redirect),
    all,
    `1 ${method}, 1 GET`,
  ),
  downgrade: outcome(
    'badResponse (redirect)',
    unconfirmed(messages.redirect),
    all,
    `1 ${method}, 1 GET`,
  ),
  large: outcome(
    'badResponse (tooLarge)',
    unconfirmed(messages.tooLarge),
    all,
    `1 ${method}, 1 GET`,
  ),
});
