import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';
import { writePrivateFile } from './privateFiles.mjs';
import { runScript } from './runScript.mjs';
import { InputError, readNumber, isWhole, runCommand } from './sandboxCommands.mjs';
import { addSshServer } from './sandboxSsh.mjs';

/** Runs the sample account as a server for the extension or curl, with faults on demand: `npm run sandbox`. */

const usage = `Usage: npm run sandbox -- [--port N] [--speed N] [--count N] [--credit N] [--ssh]

  --port N     listen on this port of 127.0.0.1 (default: any free port)
  --speed N    run N times faster than real time (default 1)
  --count N    start with N generated servers (default: a few samples)
  --credit N   monthly price in US dollars that can be spent (default 100)
  --ssh        add a server that a real OpenSSH server on this computer answers for`;

/** @typedef {import('../test/sandbox/faultySandbox.ts').FaultySandboxOptions} Options */

/** @returns {{ options: Options, withSsh: boolean } | undefined} undefined for `--help` */
function readOptions() {
  const type = /** @type {const} */ ('string');
  const { values } = parseArgs({
    options: {
      port: { type },
      speed: { type },
      count: { type },
      credit: { type },
      ssh: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  /**
   * @param {'port' | 'speed' | 'count' | 'credit'} name
   * @param {(value: number) => boolean} isValid
   */
  const number = (name, isValid) =>
    values[name] === undefined ? undefined : readNumber(values[name], `--${name}`, isValid);
  const port = number('port', (value) => isWhole(value) && value < 65_536);
  const speed = number('speed', (value) => value > 0 && value < Infinity);
  const count = number('count', isWhole);
  const credit = number('credit', (value) => value >= 0 && value < Infinity);
  const options = {
    ...(port !== undefined && { port }),
    ...(speed !== undefined && { speed }),
    ...(count !== undefined && { seed: { count } }),
    ...(credit !== undefined && { credit }),
  };
  return { options, withSsh: values.ssh === true };
}

/**
 * @param {Options} options
 * @param {boolean} withSsh
 */
async function serve(options, withSsh) {
  /** @type {typeof import('../test/sandbox/faultySandbox.ts')} */
  const { startFaultySandbox } = await tsImport(
    '../test/sandbox/faultySandbox.ts',
    import.meta.url,
  );
  /** @type {typeof import('../test/sandbox/faults.ts')} */
  const { describeFault } = await tsImport('../test/sandbox/faults.ts', import.meta.url);
  const sandbox = await startFaultySandbox(options);
  const ssh = withSsh ? await startSsh(sandbox) : undefined;
  // A private folder. The arguments of curl, and a log of this output, may be readable for others.
  const dir = await mkdtemp(join(tmpdir(), 'vps-org-sandbox-'));
  const headerFile = join(dir, 'authorization');
  await writePrivateFile(headerFile, `Authorization: Bearer ${sandbox.token}\n`);
  const close = async () => {
    await Promise.all([sandbox.close(), ssh?.close(), rm(dir, { recursive: true, force: true })]);
  };
  console.log(`A simulated VPS.org runs at ${sandbox.url}
Token: ${process.stdout.isTTY ? sandbox.token : `in the file ${headerFile}`}

In VS Code: set "vpsOrg.apiUrl" to this URL, run "VPS.org: Sign In..." and paste the token.
With curl:  curl -H '@${headerFile}' ${sandbox.url}/servers/
${ssh ? `\n${ssh.text}\n` : ''}
Type "help" for faults and other commands. Press Ctrl-C to stop.`);

  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: 'sandbox> ',
  });
  const stop = () => {
    terminal.close();
    process.stdin.destroy();
    void close();
  };
  terminal.on('line', (line) => {
    if (line.trim() === 'quit') {
      stop();
      return;
    }
    try {
      const output = runCommand(line, sandbox, describeFault);
      if (output) console.log(output);
    } catch (error) {
      console.log(error instanceof InputError ? error.message : error);
    }
    terminal.prompt();
  });
  terminal.on('SIGINT', stop);
  // Without a terminal (started by a script), the end of the input does not stop the server.
  terminal.on('close', () => {
    if (process.stdin.isTTY) void close();
  });
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (process.stdin.isTTY) terminal.prompt();
}

/** @param {import('../test/sandbox/faultySandbox.ts').FaultySandbox} sandbox closed when it fails */
async function startSsh(sandbox) {
  try {
    return await addSshServer(sandbox);
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

await runScript(async () => {
  try {
    const read = readOptions();
    if (read) await serve(read.options, read.withSsh);
    else console.log(usage);
    return 0;
  } catch (error) {
    const isUsageError =
      error instanceof InputError ||
      (error instanceof Error &&
        'code' in error &&
        /^ERR_PARSE_ARGS|^EADDRINUSE/.test(String(error.code)));
    if (!isUsageError) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 1;
  }
});
