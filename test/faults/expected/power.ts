import type { ExpectedRows } from '../table.ts';
import { all, followed, noMorePolling, none, outcome, refused, unclear, without, words } from './outcome.ts';

const stops = '"web-server-01" is stopping.';
const stopping = 'all 7, "web-server-01" stopping';
const stopped = 'all 7, "web-server-01" stopped';

/** The faults of `POST /servers/{id}/stop/`. Sent once, whatever happens. */
export const powerRows: ExpectedRows = {
  slow: outcome(none, stops, stopping, '1 POST in 5 s', followed),
  late: outcome('timeout', unclear(words.late, 'stopped'), stopped, '1 POST, 1 GET in 30 s'),
  hang: outcome('timeout', unclear(words.late), all, '1 POST, 1 GET in 30 s'),
  hangEffect: outcome('timeout', unclear(words.late, 'stopped'), stopped, '1 POST, 1 GET in 30 s'),
  cutBefore: outcome('network', unclear(words.cut), all, '1 POST, 1 GET'),
  cutAfter: outcome('network', unclear(words.cut, 'stopping'), stopping, '1 POST, 1 GET', followed),
  halfBody: outcome(none, stops, stopping, '1 POST, 1 GET', followed),
  badRequest: outcome('invalid', refused(words.notPossible), all, '1 POST, 1 GET'),
  unauthorized: outcome('unauthorized', refused(words.rejected), all, '1 POST', noMorePolling),
  forbidden: outcome('forbidden', refused(words.forbidden), all, '1 POST'),
  notFound: outcome('notFound', words.gone, without, '1 POST'),
  notFoundPage: outcome('badResponse (notJson)', unclear(words.odd), all, '1 POST, 1 GET'),
  conflict: outcome('conflict', refused(words.conflict), all, '1 POST, 1 GET'),
  busySeconds: outcome('rateLimited', refused(words.busy('2 s')), all, '1 POST'),
  busyDate: outcome('rateLimited', refused(words.busy('2 s')), all, '1 POST'),
  busyLong: outcome('rateLimited', refused(words.busy('2 min')), all, '1 POST'),
  broken: outcome('server', unclear(words.broken), all, '1 POST, 1 GET'),
  brokenEffect: outcome('server', unclear(words.broken, 'stopping'), stopping, '1 POST, 1 GET', followed),
  badGateway: outcome('server', unclear(words.badGateway), all, '1 POST, 1 GET'),
  webPage: outcome('badResponse (notJson)', unclear(words.odd), all, '1 POST, 1 GET'),
  truncated: outcome(none, stops, stopping, '1 POST, 1 GET', followed),
  wrongShape: outcome(none, stops, stopping, '1 POST, 1 GET', followed),
  empty: outcome(none, stops, stopping, '1 POST, 1 GET', followed),
  gzip: outcome(none, stops, stopping, '1 POST', followed),
  redirectCircle: outcome('badResponse (redirect)', unclear(words.away), all, '1 POST, 1 GET'),
  redirectElsewhere: outcome('badResponse (redirect)', unclear(words.away), all, '1 POST, 1 GET'),
  redirectKept: outcome('badResponse (redirect)', unclear(words.away), all, '1 POST, 1 GET'),
  downgrade: outcome('badResponse (redirect)', unclear(words.away), all, '1 POST, 1 GET'),
  large: outcome('badResponse (tooLarge)', unclear(words.large), all, '1 POST, 1 GET'),
};
