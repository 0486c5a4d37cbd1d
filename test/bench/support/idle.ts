import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const sampleMs = 500;
const limitMs = 30_000;

function ticks(): { idle: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    all: times.reduce(
      (sum, { user, nice, sys, irq, idle }) => sum + user + nice + sys + irq + idle,
      0,
    ),
  };
}

/** Waits until this computer is idle, at most 30 s. VS Code is busy for seconds after a window opens. */
export async function waitForIdle(): Promise<void> {
  const endMs = Date.now() + limitMs;
  for (let idleShare = 0; idleShare < 0.95 && Date.now() < endMs;) {
    const before = ticks();
    await delay(sampleMs);
    const now = ticks();
    idleShare = (now.idle - before.idle) / (now.all - before.all);
  }
}
