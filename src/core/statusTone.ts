import { isInTransition } from './server.ts';
import type { ServerStatus } from './server.ts';

/** What a status looks like: its icon and colour. */
export type StatusTone = 'running' | 'stopped' | 'suspended' | 'busy' | 'unknown';

export function toneOf(status: ServerStatus): StatusTone {
  if (isInTransition(status)) {
    return 'busy';
  }
  switch (status) {
    case 'active':
      return 'running';
    case 'stopped':
      return 'stopped';
    case 'suspended':
      return 'suspended';
    default:
      return 'unknown';
  }
}
