import { sleep } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { bannerLimitMs, connectLimitMs } from './portProbe.ts';
import type { ProbeResult } from './portProbe.ts';

const firstDelayMs = 2_000;
const maxDelayMs = 10_000;
const timeLimitMs = 5 * 60_000;
/** A probe that seems to take longer means that the clock was set or the computer slept. */
const maxProbeMs = connectLimitMs + bannerLimitMs + 15_000;

/** How waiting ended. `last` is the result of the last probe. */
export interface SshWaitResult {
  readonly isAnswering: boolean;
  readonly last: ProbeResult;
}

/**
 * Probes a port until it answers with an SSH banner: at once, after 2 seconds and then slowing to every 10, for at most
 * 5 minutes. Only time in which the computer was awake counts.
 *
 * @throws AppError of kind `cancelled` when `signal` aborts.
 */
export async function waitForSsh(
  probe: (signal: AbortSignal) => Promise<ProbeResult>,
  clock: Clock,
  signal: AbortSignal,
): Promise<SshWaitResult> {
  let waitedMs = 0;
  let delayMs = firstDelayMs;
  for (;;) {
    const startedAt = clock.now();
    const last = await probe(signal);
    if (last.kind === 'ssh') {
      return { isAnswering: true, last };
    }
    await sleep(clock, delayMs, signal);
    // Summed up per round, because the clock may be set or the computer may sleep in between.
    const tookMs = clock.now() - startedAt;
    waitedMs += tookMs >= delayMs && tookMs <= delayMs + maxProbeMs ? tookMs : delayMs;
    if (waitedMs >= timeLimitMs) {
      return { isAnswering: false, last };
    }
    delayMs = Math.min(maxDelayMs, delayMs * 1.5);
  }
}
