import type { ExpectedRows } from '../table.ts';
import { all, none, outcome, silent, words } from './outcome.ts';

const asUsual = 'again after 60 s';
/** The interval doubles with every failure. */
const slower = 'again after 120 s';

/** The faults of `GET /servers/`, asked for by the poller every 60 seconds. */
export const listRows: ExpectedRows = {
  slow: outcome(none, silent, all, '1 GET in 5 s', 'again after 65 s'),
  late: outcome('timeout', words.late, all, '2 GET in 60.25 s', slower),
  hang: outcome('timeout', words.late, all, '2 GET in 60.25 s', slower),
  hangOnce: outcome(none, silent, all, '2 GET in 30.25 s', 'again after 90.25 s'),
  cutBefore: outcome('network', words.cut, all, '3 GET in 0.75 s', slower),
  cutOnce: outcome(none, silent, all, '2 GET in 0.25 s', 'again after 60.25 s'),
  cutAfter: outcome('network', words.cut, all, '3 GET in 0.75 s', slower),
  halfBody: outcome('network', words.cut, all, '3 GET in 0.75 s', slower),
  badRequest: outcome('invalid', words.notPossible, all, '1 GET', slower),
  unauthorized: outcome('unauthorized', words.rejected, all, '1 GET', 'not again by itself'),
  forbidden: outcome('forbidden', words.forbidden, all, '1 GET', slower),
  notFound: outcome('notFound', words.nothingHere, all, '1 GET', slower),
  conflict: outcome('conflict', words.conflict, all, '1 GET', slower),
  busySeconds: outcome('rateLimited', words.busy('2 s'), all, '3 GET in 4 s', slower),
  busyOnce: outcome(none, silent, all, '2 GET in 2 s', 'again after 62 s'),
  busyDate: outcome('rateLimited', words.busy('1 min'), all, '3 GET in 1.5 s', slower),
  busyLong: outcome('rateLimited', words.busy('2 min'), all, '1 GET', slower),
  broken: outcome('server', words.broken, all, '1 GET', slower),
  badGateway: outcome('server', words.badGateway, all, '3 GET in 0.75 s', slower),
  badGatewayOnce: outcome(none, silent, all, '2 GET in 0.25 s', 'again after 60.25 s'),
  webPage: outcome('badResponse (notJson)', words.odd, all, '1 GET', slower),
  truncated: outcome('badResponse (truncated)', words.odd, all, '1 GET', slower),
  wrongShape: outcome('badResponse (wrongShape)', words.odd, all, '1 GET', slower),
  empty: outcome('badResponse (empty)', words.empty, all, '1 GET', slower),
  odd: outcome(none, silent, 'all 7, 14 more, VPS.org counts 29', '1 GET', asUsual),
  twice: outcome(none, silent, all, '1 GET', asUsual),
  gzip: outcome(none, silent, all, '1 GET', asUsual),
  pages: outcome(none, silent, all, '3 GET', asUsual),
  secondPage: outcome('server', words.broken, all, '2 GET', slower),
  pageElsewhere: outcome(none, silent, all, '1 GET', asUsual),
  pageCircle: outcome(none, silent, all, '2 GET', asUsual),
  redirectOnce: outcome(none, silent, all, '2 GET', asUsual),
  redirectCircle: outcome('badResponse (redirect)', words.away, all, '6 GET', slower),
  redirectElsewhere: outcome('badResponse (redirect)', words.away, all, '1 GET', slower),
  redirectOtherName: outcome('badResponse (redirect)', words.away, all, '1 GET', slower),
  downgrade: outcome('badResponse (redirect)', words.away, all, '1 GET', slower),
  large: outcome('badResponse (tooLarge)', words.large, all, '1 GET', slower),
};
