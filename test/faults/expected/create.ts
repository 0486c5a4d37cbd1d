import type { ExpectedRows } from '../table.ts';
import { all, waiting, pollingStops, none, outcome, silent, messages } from './outcome.ts';

const withNew = 'all 7, new "new-01" provisioning';
const probable = (why: string): string =>
  `${why} However, "new-01" is new in the list, so it was probably created. The request was not retried.`;
const notListed = (why: string): string =>
  `${why} There is no new server with this name in the list, but it may still appear. ` +
  'The request was not retried. Check VPS.org before you try again.';

const noCredit =
  'There is not enough credit for this server. Nothing was created. VPS.org answered: Not enough credit.';
const notSent = (why: string): string => `${why} The create request was not sent.`;

/** Faults of `POST /servers/`, which costs money. The list is fetched before it, and again after a lost response. */
export const createRows: ExpectedRows = {
  slow: outcome(none, silent, withNew, '1 POST, 1 GET in 5 s', waiting),
  late: outcome('timeout', probable(messages.timeout), withNew, '1 POST, 2 GET in 30 s'),
  hang: outcome('timeout', notListed(messages.timeout), all, '1 POST, 4 GET in 38 s'),
  hangEffect: outcome('timeout', probable(messages.timeout), withNew, '1 POST, 2 GET in 30 s'),
  cutBefore: outcome('network', notListed(messages.network), all, '1 POST, 4 GET in 8 s'),
  cutAfter: outcome('network', probable(messages.network), withNew, '1 POST, 2 GET'),
  halfBody: outcome('network', probable(messages.network), withNew, '1 POST, 2 GET'),
  badRequest: outcome('invalid', messages.badRequest, all, '1 POST, 1 GET'),
  unauthorized: outcome('unauthorized', messages.unauthorized, all, '1 POST, 2 GET', pollingStops),
  noCredit: outcome('paymentRequired', noCredit, all, '1 POST, 1 GET'),
  forbidden: outcome('forbidden', messages.forbidden, all, '1 POST, 1 GET'),
  notFound: outcome('notFound', messages.notFound, all, '1 POST, 1 GET'),
  conflict: outcome('conflict', messages.conflict, all, '1 POST, 1 GET'),
  rateLimitSeconds: outcome('rateLimited', messages.rateLimited('2 seconds'), all, '1 POST, 1 GET'),
  rateLimitDate: outcome('rateLimited', messages.rateLimited('2 seconds'), all, '1 POST, 1 GET'),
  rateLimitLong: outcome('rateLimited', messages.rateLimited('2 minutes'), all, '1 POST, 1 GET'),
  serverError: outcome('server', notListed(messages.serverError), all, '1 POST, 4 GET in 8 s'),
  serverErrorEffect: outcome('server', probable(messages.serverError), withNew, '1 POST, 2 GET'),
  badGateway: outcome('server', notListed(messages.badGateway), all, '1 POST, 4 GET in 8 s'),
  captivePortal: outcome(
    'badResponse (notJson)',
    notListed(messages.unexpected),
    all,
    '1 POST, 4 GET in 8 s',
  ),
  truncated: outcome(
    'badResponse (truncated)',
    probable(messages.unexpected),
    withNew,
    '1 POST, 2 GET',
  ),
  wrongShape: outcome(
    'badResponse (wrongShape)',
    probable(messages.unexpected),
    withNew,
    '1 POST, 2 GET',
  ),
  empty: outcome('badResponse (empty)', probable(messages.empty), withNew, '1 POST, 2 GET'),
  gzip: outcome(none, silent, withNew, '1 POST, 1 GET', waiting),
  redirectLoop: outcome(
    'badResponse (redirect)',
    notListed(messages.redirect),
    all,
    '1 POST, 4 GET in 8 s',
  ),
  redirectOtherOrigin: outcome(
    'badResponse (redirect)',
    notListed(messages.redirect),
    all,
    '1 POST, 4 GET in 8 s',
  ),
  redirect307: outcome(
    'badResponse (redirect)',
    notListed(messages.redirect),
    all,
    '1 POST, 4 GET in 8 s',
  ),
  downgrade: outcome(
    'badResponse (redirect)',
    notListed(messages.redirect),
    all,
    '1 POST, 4 GET in 8 s',
  ),
  large: outcome(
    'badResponse (tooLarge)',
    notListed(messages.tooLarge),
    all,
    '1 POST, 4 GET in 8 s',
  ),
};

/** Faults of the list that is fetched before `POST /servers/`. Without the list nothing is sent. */
export const beforeCreateRows: ExpectedRows = {
  hang: outcome('timeout', notSent(messages.timeout), all, '2 GET in 60.25 s'),
  cutBefore: outcome('network', notSent(messages.network), all, '3 GET in 0.75 s'),
  unauthorized: outcome('unauthorized', notSent(messages.unauthorized), all, '2 GET', pollingStops),
  serverError: outcome('server', notSent(messages.serverError), all, '1 GET'),
  captivePortal: outcome('badResponse (notJson)', notSent(messages.unexpected), all, '1 GET'),
};
