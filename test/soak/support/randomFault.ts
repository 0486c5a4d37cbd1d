import type { Fault } from '../../sandbox/faults.ts';
import type { Random } from './random.ts';

const makers: readonly ((random: Random) => Fault)[] = [
  (random) => ({ kind: 'delay', ms: random.next() * 60_000 }),
  (random) => ({ kind: 'hang', effect: random.isChance(0.5) }),
  ...(
    [
      'cutBefore',
      'cutAfter',
      'halfBody',
      'html200',
      'truncatedJson',
      'empty',
      'gzip',
      'malformedServers',
      'duplicateIds',
    ] as const
  ).map((kind) => () => ({ kind })),
  () => ({ kind: 'wrongShape' }),
  () => ({ kind: 'pages', size: 3 }),
  ...[400, 403, 404, 409, 429, 500, 502, 503].map(
    (status) => (random: Random) =>
      ({ kind: 'status', status, effect: random.isChance(0.3) }) as const,
  ),
  () => ({ kind: 'redirect', location: 'http://127.0.0.1:9/' }),
];

/** A fault of any kind. */
export function randomFault(random: Random): Fault {
  const make = random.pick(makers) ?? makers[0];
  if (!make) {
    throw new Error('There are no faults.');
  }
  return make(random);
}
