import type { ExpectedRows } from '../table.ts';
import { all, noMorePolling, none, outcome, refused, without, words } from './outcome.ts';

const deleted = '"web-server-01" was deleted.';
const stillThere = (why: string): string =>
  `${why} "web-server-01" still exists, with status "active". The deletion was not sent again.`;

/** The faults of `DELETE /servers/{id}/`. Sent once, whatever happens. */
export const deleteRows: ExpectedRows = {
  slow: outcome(none, deleted, without, '1 DELETE in 5 s'),
  late: outcome('timeout', deleted, without, '1 DELETE, 1 GET in 30 s'),
  hang: outcome('timeout', stillThere(words.late), all, '1 DELETE, 1 GET in 30 s'),
  hangEffect: outcome('timeout', deleted, without, '1 DELETE, 1 GET in 30 s'),
  cutBefore: outcome('network', stillThere(words.cut), all, '1 DELETE, 1 GET'),
  cutAfter: outcome('network', deleted, without, '1 DELETE, 1 GET'),
  halfBody: outcome('network', deleted, without, '1 DELETE, 1 GET'),
  badRequest: outcome('invalid', refused(words.notPossible), all, '1 DELETE, 1 GET'),
  unauthorized: outcome('unauthorized', refused(words.rejected), all, '1 DELETE', noMorePolling),
  forbidden: outcome('forbidden', refused(words.forbidden), all, '1 DELETE'),
  notFound: outcome('notFound', '"web-server-01" was deleted already.', without, '1 DELETE'),
  notFoundPage: outcome('badResponse (notJson)', stillThere(words.odd), all, '1 DELETE, 1 GET'),
  conflict: outcome('conflict', refused(words.conflict), all, '1 DELETE, 1 GET'),
  busySeconds: outcome('rateLimited', refused(words.busy('2 s')), all, '1 DELETE'),
  busyDate: outcome('rateLimited', refused(words.busy('2 s')), all, '1 DELETE'),
  busyLong: outcome('rateLimited', refused(words.busy('2 min')), all, '1 DELETE'),
  broken: outcome('server', stillThere(words.broken), all, '1 DELETE, 1 GET'),
  brokenEffect: outcome('server', deleted, without, '1 DELETE, 1 GET'),
  badGateway: outcome('server', stillThere(words.badGateway), all, '1 DELETE, 1 GET'),
  webPage: outcome('badResponse (notJson)', stillThere(words.odd), all, '1 DELETE, 1 GET'),
  wrongShape: outcome(none, deleted, without, '1 DELETE'),
  empty: outcome(none, deleted, without, '1 DELETE'),
  redirectCircle: outcome('badResponse (redirect)', stillThere(words.away), all, '1 DELETE, 1 GET'),
  redirectElsewhere: outcome('badResponse (redirect)', stillThere(words.away), all, '1 DELETE, 1 GET'),
  redirectKept: outcome('badResponse (redirect)', stillThere(words.away), all, '1 DELETE, 1 GET'),
  downgrade: outcome('badResponse (redirect)', stillThere(words.away), all, '1 DELETE, 1 GET'),
  large: outcome('badResponse (tooLarge)', stillThere(words.large), all, '1 DELETE, 1 GET'),
};
