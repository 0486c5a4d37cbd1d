import { lazy } from '../core/lazy.ts';

/** Code for saving and merging accounts, which a start does not need. */
export const loadAccountChanges = lazy(() => import('./accountChanges.ts'));

/** Code that confirms a 404. */
export const loadGoneCheck = lazy(() => import('./goneCheck.ts'));

/** Code that changes the marks of servers. */
export const loadMarkChanges = lazy(() => import('./markChanges.ts'));

/** Code that explains a failed action. */
export const loadFailedAction = lazy(() => import('./failedAction.ts'));
