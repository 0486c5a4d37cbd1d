import type { ExpectedRows } from '../table.ts';
import { all, none, outcome, silent, without, words } from './outcome.ts';

const toTheEnd = 'followed: settled';

/** The faults of `GET /servers/{id}/`, asked while the server is followed after a reboot. They strike the first look. */
export const oneRows: ExpectedRows = {
  slow: outcome(none, silent, all, '1 GET in 5 s', toTheEnd),
  late: outcome('timeout', words.late, all, '2 GET in 60.25 s', toTheEnd),
  hang: outcome('timeout', words.late, all, '2 GET in 60.25 s', toTheEnd),
  hangOnce: outcome(none, silent, 'all 7, "web-server-01" active', '2 GET in 30.25 s', toTheEnd),
  cutBefore: outcome('network', words.cut, all, '3 GET in 0.75 s', toTheEnd),
  cutOnce: outcome(none, silent, all, '2 GET in 0.25 s', toTheEnd),
  cutAfter: outcome('network', words.cut, all, '3 GET in 0.75 s', toTheEnd),
  halfBody: outcome('network', words.cut, all, '3 GET in 0.75 s', toTheEnd),
  unauthorized: outcome('unauthorized', words.rejected, all, '1 GET', 'followed: unreachable'),
  forbidden: outcome('forbidden', words.forbidden, all, '1 GET', 'followed: unreachable'),
  notFound: outcome('notFound', words.gone, without, '1 GET', 'followed: gone'),
  notFoundPage: outcome('badResponse (notJson)', words.odd, all, '1 GET', toTheEnd),
  conflict: outcome('conflict', words.conflict, all, '1 GET', toTheEnd),
  busySeconds: outcome('rateLimited', words.busy('2 s'), all, '3 GET in 4 s', toTheEnd),
  busyDate: outcome('rateLimited', words.busy('1 min'), all, '3 GET in 0.75 s', toTheEnd),
  busyLong: outcome('rateLimited', words.busy('2 min'), all, '1 GET', toTheEnd),
  broken: outcome('server', words.broken, all, '1 GET', toTheEnd),
  badGateway: outcome('server', words.badGateway, all, '3 GET in 0.75 s', toTheEnd),
  webPage: outcome('badResponse (notJson)', words.odd, all, '1 GET', toTheEnd),
  truncated: outcome('badResponse (truncated)', words.odd, all, '1 GET', toTheEnd),
  wrongShape: outcome('badResponse (wrongShape)', words.odd, all, '1 GET', toTheEnd),
  empty: outcome('badResponse (empty)', words.empty, all, '1 GET', toTheEnd),
  gzip: outcome(none, silent, all, '1 GET', toTheEnd),
  redirectOnce: outcome(none, silent, all, '2 GET', toTheEnd),
  redirectCircle: outcome('badResponse (redirect)', words.away, all, '6 GET', toTheEnd),
  redirectElsewhere: outcome('badResponse (redirect)', words.away, all, '1 GET', toTheEnd),
  redirectOtherName: outcome('badResponse (redirect)', words.away, all, '1 GET', toTheEnd),
  downgrade: outcome('badResponse (redirect)', words.away, all, '1 GET', toTheEnd),
  large: outcome('badResponse (tooLarge)', words.large, all, '1 GET', toTheEnd),
};
