import type { ExpectedRows } from '../table.ts';
import { all, followed, noMorePolling, none, outcome, silent, words } from './outcome.ts';

const withNew = 'all 7, new "new-01" provisioning';
const likely = (why: string): string =>
  `${why} But "new-01" is in the list now and was not before, so it was probably created. The request was not sent again.`;
const notListed = (why: string): string =>
  `${why} The list shows no new server of this name, but it may still come. ` +
  'The request was not sent again: look at VPS.org before you do that.';

const noCredit = 'There is not enough credit for this server. Nothing was created. VPS.org answered: Not enough credit.';
const notSent = (why: string): string => `${why} Nothing was sent to create the server.`;

/** The faults of `POST /servers/`, which costs money. The list is fetched before, and after an answer that was lost. */
export const createRows: ExpectedRows = {
  slow: outcome(none, silent, withNew, '1 POST, 1 GET in 5 s', followed),
  late: outcome('timeout', likely(words.late), withNew, '1 POST, 2 GET in 30 s'),
  hang: outcome('timeout', notListed(words.late), all, '1 POST, 4 GET in 38 s'),
  hangEffect: outcome('timeout', likely(words.late), withNew, '1 POST, 2 GET in 30 s'),
  cutBefore: outcome('network', notListed(words.cut), all, '1 POST, 4 GET in 8 s'),
  cutAfter: outcome('network', likely(words.cut), withNew, '1 POST, 2 GET'),
  halfBody: outcome('network', likely(words.cut), withNew, '1 POST, 2 GET'),
  badRequest: outcome('invalid', words.notPossible, all, '1 POST, 1 GET'),
  unauthorized: outcome('unauthorized', words.rejected, all, '1 POST, 1 GET', noMorePolling),
  noCredit: outcome('paymentRequired', noCredit, all, '1 POST, 1 GET'),
  forbidden: outcome('forbidden', words.forbidden, all, '1 POST, 1 GET'),
  notFound: outcome('notFound', words.nothingHere, all, '1 POST, 1 GET'),
  conflict: outcome('conflict', words.conflict, all, '1 POST, 1 GET'),
  busySeconds: outcome('rateLimited', words.busy('2 s'), all, '1 POST, 1 GET'),
  busyDate: outcome('rateLimited', words.busy('2 s'), all, '1 POST, 1 GET'),
  busyLong: outcome('rateLimited', words.busy('2 min'), all, '1 POST, 1 GET'),
  broken: outcome('server', notListed(words.broken), all, '1 POST, 4 GET in 8 s'),
  brokenEffect: outcome('server', likely(words.broken), withNew, '1 POST, 2 GET'),
  badGateway: outcome('server', notListed(words.badGateway), all, '1 POST, 4 GET in 8 s'),
  webPage: outcome('badResponse (notJson)', notListed(words.odd), all, '1 POST, 4 GET in 8 s'),
  truncated: outcome('badResponse (truncated)', likely(words.odd), withNew, '1 POST, 2 GET'),
  wrongShape: outcome('badResponse (wrongShape)', likely(words.odd), withNew, '1 POST, 2 GET'),
  empty: outcome('badResponse (empty)', likely(words.empty), withNew, '1 POST, 2 GET'),
  gzip: outcome(none, silent, withNew, '1 POST, 1 GET', followed),
  redirectCircle: outcome('badResponse (redirect)', notListed(words.away), all, '1 POST, 4 GET in 8 s'),
  redirectElsewhere: outcome('badResponse (redirect)', notListed(words.away), all, '1 POST, 4 GET in 8 s'),
  redirectKept: outcome('badResponse (redirect)', notListed(words.away), all, '1 POST, 4 GET in 8 s'),
  downgrade: outcome('badResponse (redirect)', notListed(words.away), all, '1 POST, 4 GET in 8 s'),
  large: outcome('badResponse (tooLarge)', notListed(words.large), all, '1 POST, 4 GET in 8 s'),
};

/** The faults of the list that a creation begins with: without it nothing is sent. */
export const beforeCreateRows: ExpectedRows = {
  hang: outcome('timeout', notSent(words.late), all, '2 GET in 60.25 s'),
  cutBefore: outcome('network', notSent(words.cut), all, '3 GET in 0.75 s'),
  unauthorized: outcome('unauthorized', notSent(words.rejected), all, '1 GET', noMorePolling),
  broken: outcome('server', notSent(words.broken), all, '1 GET'),
  webPage: outcome('badResponse (notJson)', notSent(words.odd), all, '1 GET'),
};
