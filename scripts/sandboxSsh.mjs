import { tsImport } from 'tsx/esm/api';

/** `npm run sandbox -- --ssh`: a server of the simulated account that SSH can connect to, because this computer answers for it. */

const name = 'ssh-server-01';

/**
 * Starts an OpenSSH server on loopback and adds a server with its address to the account.
 * @param {import('../test/sandbox/faultySandbox.ts').FaultySandbox} sandbox
 * @returns {Promise<{ text: string, close(): Promise<void> }>} `text` says how to connect
 * @throws {Error} that says what is missing
 */
export async function addSshServer({ world }) {
  /** @type {typeof import('../test/support/sshServer.ts')} */
  const { startSshServer } = await tsImport('../test/support/sshServer.ts', import.meta.url);
  const server = await startSshServer();
  if (typeof server === 'string') throw new Error(server);
  const { port, user, identityFile } = server;
  world.add({ name, hostname: '', ip_address: '127.0.0.1', ipv6_address: null });
  const command = `ssh -p ${port} -i ${identityFile} ${user}@127.0.0.1`;
  const settings = [
    ['vpsOrg.ssh.user', user],
    ['vpsOrg.ssh.port', port],
    ['vpsOrg.ssh.identityFile', identityFile],
  ];
  return {
    text: `A real OpenSSH server answers for "${name}" until the sandbox stops. It lets you in as yourself, with its own key
and an empty home folder.
In VS Code, also set:
${settings.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`).join('\n')}
In a terminal: ${command}`,
    close: () => server.close(),
  };
}
