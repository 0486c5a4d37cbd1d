import { planOf } from './catalog.ts';
import type { ServerRecord, UsageRecord } from './records.ts';

/** A pseudorandom number from 0 to 1 that depends only on these two integers. */
export function scatter(seed: number, step: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(step + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** Plausible initial usage of a server that has been running for some time. */
export function usualUsage(id: number, planId: number): UsageRecord {
  const plan = planOf(planId);
  return {
    cpu_percent: Math.round(4 + 50 * scatter(id, 1)),
    memory_used: Math.round(plan.memory * (0.2 + 0.5 * scatter(id, 2))),
    disk_used: Math.round(plan.storage * (0.1 + 0.5 * scatter(id, 3))),
    bandwidth_used: Math.round(plan.bandwidth * 0.4 * scatter(id, 4)),
  };
}

/** A smooth walk between -1 and 1 that starts at 0 and turns every `stepMs`. */
function walk(seed: number, timeMs: number, stepMs: number): number {
  const step = Math.floor(timeMs / stepMs);
  const part = timeMs / stepMs - step;
  const from = scatter(seed, step);
  const height = from + (scatter(seed, step + 1) - from) * part * part * (3 - 2 * part);
  return height - scatter(seed, 0);
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/**
 * Usage at `now`. On an active server, CPU and memory vary around their initial values while disk and traffic grow. Other
 * servers use no CPU or memory. Traffic restarts at 0 when it reaches the allowance of the plan.
 *
 * @param speed factor by which the world runs faster than real time
 */
export function usageAt(record: ServerRecord, now: number, speed: number): UsageRecord {
  const { usage, id } = record;
  if (record.active_since === null) {
    return { ...usage, cpu_percent: 0, memory_used: 0 };
  }
  const plan = planOf(record.plan_id);
  const activeMs = Math.max(0, now - record.active_since) * speed;
  const trafficGB = (activeMs / 3_600_000) * (0.2 + scatter(id, 7));
  const cpu = usage.cpu_percent + 35 * walk(id, activeMs, 40_000);
  const memory = usage.memory_used + 0.15 * plan.memory * walk(~id, activeMs, 120_000);
  return {
    cpu_percent: round(Math.min(100, Math.max(0.3, cpu)), 1),
    memory_used: Math.round(Math.min(plan.memory, Math.max(0.05 * plan.memory, memory))),
    disk_used: round(Math.min(0.95 * plan.storage, usage.disk_used + trafficGB / 50), 2),
    bandwidth_used: round((usage.bandwidth_used + trafficGB) % plan.bandwidth, 2),
  };
}
