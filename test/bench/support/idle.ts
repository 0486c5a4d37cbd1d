import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const lookMs = 500;
const limitMs = 30_000;

function ticks(): { idle: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    all: times.reduce((sum, { user, nice, sys, irq, idle }) => sum + user + nice + sys + irq + idle, 0),
  };
}

/** Waits until this computer does nothing else: VS Code is busy for seconds when a window opens. Not longer than half a minute. */
export async function waitForIdle(): Promise<void> {
  const endMs = Date.now() + limitMs;
  for (let share = 0; share < 0.95 && Date.now() < endMs; ) {
    const before = ticks();
    await delay(lookMs);
    const now = ticks();
    share = (now.idle - before.idle) / (now.all - before.all);
  }
}
