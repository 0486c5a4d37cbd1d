import type { Server } from '../../../src/core/server.ts';
import { writeManagedConfig } from '../../../src/ssh/managedConfig.ts';
import { defaultProfile } from '../../../src/ssh/profile.ts';
import { SshProfiles } from '../../../src/state/sshProfiles.ts';
import { aList, aServer } from '../../support/builders.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';
import { signedIn } from '../../support/world.ts';
import { median } from './median.ts';

export interface ConfigFigures {
  readonly servers: number;
  /** Milliseconds, median of all rounds: the text of the SSH config, and the list as JSON. */
  readonly configMs: number;
  readonly jsonMs: number;
}

const rounds = 20;
const warmUpRounds = 5;

/** Servers at addresses that are not reserved for examples: those are left out of the config. */
function servers(count: number): readonly Server[] {
  return Array.from({ length: count }, (_, index) =>
    aServer({
      id: String(index + 1),
      name: `server-${index + 1}`,
      ipAddress: `100.64.${index >> 8}.${index & 255}`,
    }),
  );
}

/** Measures the SSH config of an account's servers, without the disk. */
export async function measureConfig(count: number): Promise<ConfigFigures> {
  const list = servers(count);
  const { sessions, session } = await signedIn({
    listServers: () => Promise.resolve(aList(...list)),
  });
  await session.refresh();
  const settings: Readonly<Record<string, unknown>> = { ...defaultProfile, host: 'address' };
  const profiles = new SshProfiles({
    memento: new MemoryMemento(),
    settings: {
      readSsh: (key) => settings[key],
      onDidChange: () => ({ dispose: () => undefined }),
    },
    sessions,
  });
  let text = '';
  const folder = {
    inspect: () =>
      Promise.resolve({
        isIncluded: true,
        isWritten: true,
        hosts: new Set<string>(),
        linkTo: undefined,
      }),
    write: (content: string) => {
      text = content;
      return Promise.resolve(true);
    },
  };
  const found: { config: number; json: number }[] = [];
  for (let round = -warmUpRounds; round < rounds; round++) {
    gc?.();
    const startMs = performance.now();
    await writeManagedConfig(folder, sessions, profiles);
    const configMs = performance.now() - startMs;
    const jsonStartMs = performance.now();
    JSON.stringify(list);
    if (round >= 0) {
      found.push({ config: configMs, json: performance.now() - jsonStartMs });
    }
  }
  const blocks = text.split('\nHost ').length - 1;
  if (blocks !== count) {
    throw new Error(`The SSH config has ${blocks} of ${count} servers.`);
  }
  return {
    servers: count,
    configMs: median(found.map(({ config }) => config)),
    jsonMs: median(found.map(({ json }) => json)),
  };
}
