import { startSandbox } from '../../../src/sandbox/sandbox.ts';

/** What the sample account answers to `GET /servers/` with so many servers, byte for byte. */
export async function listBody(count: number): Promise<string> {
  const sandbox = await startSandbox({ seed: { count } });
  try {
    const reply = await fetch(`${sandbox.url}/servers/`, { headers: { Authorization: `Bearer ${sandbox.token}` } });
    return await reply.text();
  } finally {
    await sandbox.close();
  }
}
