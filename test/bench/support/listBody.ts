import { startFaultySandbox } from '../../sandbox/faultySandbox.ts';

/** The body of `GET /servers/` for a number of servers. */
export async function listBody(count: number): Promise<string> {
  const sandbox = await startFaultySandbox({ seed: { count } });
  try {
    const reply = await fetch(`${sandbox.url}/servers/`, {
      headers: { Authorization: `Bearer ${sandbox.token}` },
    });
    return await reply.text();
  } finally {
    await sandbox.close();
  }
}
