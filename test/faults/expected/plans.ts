import type { ExpectedRows } from '../table.ts';
import { all, none, outcome, silent, messages } from './outcome.ts';

const allPlans = 'offers 5 plans in up to 4 locations';

/** Faults of `GET /plans/`, which the create form requests when it opens. */
export const planRows: ExpectedRows = {
  late: outcome('timeout', messages.timeout, all, '2 GET in 60.25 s'),
  cutOnce: outcome(none, silent, all, '2 GET in 0.25 s', allPlans),
  notFound: outcome(none, silent, all, '1 GET', 'offers a field for the plan ID'),
  serverError: outcome('server', messages.serverError, all, '1 GET'),
  captivePortal: outcome('badResponse (notJson)', messages.unexpected, all, '1 GET'),
  pages: outcome(none, silent, all, '2 GET', allPlans),
  manyLocations: outcome(none, silent, all, '1 GET', 'offers 5 plans in up to 500 locations'),
  bomb: outcome('badResponse (tooLarge)', messages.tooLarge, all, '1 GET'),
  large: outcome('badResponse (tooLarge)', messages.tooLarge, all, '1 GET'),
};
