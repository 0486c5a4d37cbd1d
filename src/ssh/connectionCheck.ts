import type { Clock } from '../core/clock.ts';
import type { HostKeyResult } from './hostKeys.ts';
import type { NameLookup, NameResult } from './hostnameLookup.ts';
import { checkHostname } from './hostnameLookup.ts';
import type { ProbeResult } from './portProbe.ts';
import type { NoTargetReason, SshTarget } from './profile.ts';

export type Outcome = 'ok' | 'warning' | 'failed' | 'skipped';

/** What a step found. */
export type Finding =
  | { readonly step: 'address'; readonly found: SshTarget | NoTargetReason }
  | { readonly step: 'hostname'; readonly found: NameResult }
  | { readonly step: 'port'; readonly found: ProbeResult | 'jumpHost' | 'notReached' }
  | { readonly step: 'banner'; readonly found: ProbeResult | 'jumpHost' | 'notReached' }
  | { readonly step: 'hostKey'; readonly found: HostKeyResult | 'jumpHost' | 'notReached' };

export type CheckStep = Finding & { readonly outcome: Outcome; readonly ms: number };

export interface CheckSubject {
  readonly target: SshTarget | NoTargetReason;
  /** The server's own name in DNS, as VPS.org reports it. */
  readonly hostname: string | undefined;
  /** Every address of the server. */
  readonly addresses: readonly string[];
}

/** The parts of a check that reach out. Each rejects with AppError `cancelled` when `signal` aborts. */
export interface CheckParts {
  readonly clock: Clock;
  readonly lookUp: NameLookup;
  readonly probe: (target: SshTarget, signal: AbortSignal) => Promise<ProbeResult>;
  readonly hostKey: (target: SshTarget, signal: AbortSignal) => Promise<HostKeyResult>;
}

/**
 * Runs the steps of a connection one by one. A failed step leaves the later ones out, which are then `skipped`.
 *
 * @param onStep called before each step that takes time
 * @throws AppError of kind `cancelled` when `signal` aborts.
 */
export async function checkConnection(
  { target, hostname, addresses }: CheckSubject,
  { clock, lookUp, probe, hostKey }: CheckParts,
  signal: AbortSignal,
  onStep: (step: Finding['step']) => void = () => undefined,
): Promise<readonly CheckStep[]> {
  if (typeof target === 'string') {
    return [{ step: 'address', found: target, outcome: 'failed', ms: 0 }];
  }
  const steps: CheckStep[] = [{ step: 'address', found: target, outcome: 'ok', ms: 0 }];
  onStep('hostname');
  const beforeName = clock.now();
  const name = await checkHostname(hostname, addresses, { clock, lookUp, signal });
  steps.push({
    step: 'hostname',
    found: name,
    outcome: nameOutcome(name, hostname?.toLowerCase() === target.host.toLowerCase()),
    ms: Math.max(0, clock.now() - beforeName),
  });
  if (target.jumpHost !== undefined) {
    return [...steps, ...notChecked('jumpHost', ['port', 'banner', 'hostKey'])];
  }

  onStep('port');
  const probed = await probe(target, signal);
  const isOpen = probed.kind !== 'notOpen';
  steps.push({
    step: 'port',
    found: probed,
    outcome: isOpen ? 'ok' : 'failed',
    ms: probed.connectMs,
  });
  if (!isOpen) {
    return [...steps, ...notChecked('notReached', ['banner', 'hostKey'])];
  }
  const isSsh = probed.kind === 'ssh';
  steps.push({
    step: 'banner',
    found: probed,
    outcome: isSsh ? 'ok' : 'failed',
    ms: probed.bannerMs,
  });
  if (!isSsh) {
    return [...steps, ...notChecked('notReached', ['hostKey'])];
  }

  onStep('hostKey');
  const beforeKey = clock.now();
  const key = await hostKey(target, signal);
  return [
    ...steps,
    {
      step: 'hostKey',
      found: key,
      outcome: keyOutcome(key),
      ms: Math.max(0, clock.now() - beforeKey),
    },
  ];
}

/** The first step that failed; without one, the first that needs attention. */
export function mainProblem(steps: readonly CheckStep[]): CheckStep | undefined {
  return (
    steps.find(({ outcome }) => outcome === 'failed') ??
    steps.find(({ outcome }) => outcome === 'warning')
  );
}

function notChecked(
  found: 'jumpHost' | 'notReached',
  steps: readonly ('port' | 'banner' | 'hostKey')[],
): readonly CheckStep[] {
  return steps.map((step) => ({ step, found, outcome: 'skipped', ms: 0 }));
}

/** A wrong DNS entry stops a connection only where `ssh` uses the hostname. */
function nameOutcome({ kind }: NameResult, isUsed: boolean): Outcome {
  switch (kind) {
    case 'matches':
      return 'ok';
    case 'none':
      return 'skipped';
    case 'notFound':
    case 'failed':
      return isUsed ? 'failed' : 'warning';
    case 'mismatch':
      return 'warning';
  }
}

function keyOutcome({ kind }: HostKeyResult): Outcome {
  switch (kind) {
    case 'known':
    case 'new':
      return 'ok';
    case 'changed':
    case 'revoked':
      return 'failed';
    case 'noKey':
    case 'toolFailed':
      return 'warning';
    case 'toolMissing':
      return 'skipped';
  }
}
