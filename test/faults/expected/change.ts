import type { ExpectedRows } from '../table.ts';
import { all, noMorePolling, none, outcome, refused, unclear, without, words } from './outcome.ts';

const changed = '"web-server-01" was changed.';
const renamed = 'all 7, "web-server-01" now "renamed-01"';

/** The faults of `PATCH /servers/{id}/`, and of PUT there, which ends the same. Sent once, whatever happens. */
export const changeRows = (method: 'PATCH' | 'PUT'): ExpectedRows => ({
  slow: outcome(none, changed, renamed, `1 ${method} in 5 s`),
  late: outcome('timeout', unclear(words.late), renamed, `1 ${method}, 1 GET in 30 s`),
  hang: outcome('timeout', unclear(words.late), all, `1 ${method}, 1 GET in 30 s`),
  hangEffect: outcome('timeout', unclear(words.late), renamed, `1 ${method}, 1 GET in 30 s`),
  cutBefore: outcome('network', unclear(words.cut), all, `1 ${method}, 1 GET`),
  cutAfter: outcome('network', unclear(words.cut), renamed, `1 ${method}, 1 GET`),
  halfBody: outcome(none, changed, renamed, `1 ${method}, 1 GET`),
  badRequest: outcome('invalid', refused(words.notPossible), all, `1 ${method}, 1 GET`),
  unauthorized: outcome('unauthorized', refused(words.rejected), all, `1 ${method}`, noMorePolling),
  forbidden: outcome('forbidden', refused(words.forbidden), all, `1 ${method}`),
  notFound: outcome('notFound', words.gone, without, `1 ${method}`),
  notFoundPage: outcome('badResponse (notJson)', unclear(words.odd), all, `1 ${method}, 1 GET`),
  conflict: outcome('conflict', refused(words.conflict), all, `1 ${method}, 1 GET`),
  busySeconds: outcome('rateLimited', refused(words.busy('2 s')), all, `1 ${method}`),
  busyDate: outcome('rateLimited', refused(words.busy('2 s')), all, `1 ${method}`),
  busyLong: outcome('rateLimited', refused(words.busy('2 min')), all, `1 ${method}`),
  broken: outcome('server', unclear(words.broken), all, `1 ${method}, 1 GET`),
  brokenEffect: outcome('server', unclear(words.broken), renamed, `1 ${method}, 1 GET`),
  badGateway: outcome('server', unclear(words.badGateway), all, `1 ${method}, 1 GET`),
  webPage: outcome('badResponse (notJson)', unclear(words.odd), all, `1 ${method}, 1 GET`),
  truncated: outcome(none, changed, renamed, `1 ${method}, 1 GET`),
  wrongShape: outcome(none, changed, renamed, `1 ${method}, 1 GET`),
  empty: outcome(none, changed, renamed, `1 ${method}, 1 GET`),
  gzip: outcome(none, changed, renamed, `1 ${method}`),
  redirectCircle: outcome('badResponse (redirect)', unclear(words.away), all, `1 ${method}, 1 GET`),
  redirectElsewhere: outcome('badResponse (redirect)', unclear(words.away), all, `1 ${method}, 1 GET`),
  redirectKept: outcome('badResponse (redirect)', unclear(words.away), all, `1 ${method}, 1 GET`),
  downgrade: outcome('badResponse (redirect)', unclear(words.away), all, `1 ${method}, 1 GET`),
  large: outcome('badResponse (tooLarge)', unclear(words.large), all, `1 ${method}, 1 GET`),
});
