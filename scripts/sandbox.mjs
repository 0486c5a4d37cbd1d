// npm run sandbox: the sample account on its own, for the extension or curl, with faults to order from the keyboard.
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const usage = `Usage: npm run sandbox -- [--port N] [--speed N] [--count N] [--credit N]

  --port N     listen on this port of 127.0.0.1 (default: any that is free)
  --speed N    run N times faster than life (default 1)
  --count N    begin with N generated servers (default: a handful of samples)
  --credit N   US dollars of monthly price that can be spent (default 100)`;

const help = `Commands
  servers                         list the servers
  requests                        list the last 20 requests
  rename ID NAME | delete ID      change the account behind the extension's back
  status ID STATUS [stays]        put a server into a status; a transition goes on by itself unless it stays
  fault KIND [VALUE] [METHOD] [PATH] [xN | forever]
                                  what the next fitting request meets, e.g. fault hang GET /servers/
                                  fault 502 · fault 429 x3 · fault delay 5000 POST · fault pages 2 forever
    without VALUE   hang cutBefore cutAfter halfBody html200 truncatedJson wrongShape empty oddServers
                    duplicateIds nextCircle gzip, or a status code
    with VALUE      delay MS · pages SIZE · large BYTES · redirect URL · nextElsewhere URL
  list                            list the faults that are still to come
  clear                           forget all faults
  help | quit`;

const plainKinds = [
  ...['hang', 'cutBefore', 'cutAfter', 'halfBody', 'html200', 'truncatedJson', 'wrongShape', 'empty'],
  ...['oddServers', 'duplicateIds', 'nextCircle', 'gzip'],
];
const valueKinds = { delay: 'ms', pages: 'size', large: 'bytes', redirect: 'location', nextElsewhere: 'url' };
const numeric = new Set(['delay', 'pages', 'large']);

/** A mistake at the keyboard: shown without a stack. */
class Mistake extends Error {}

function number(text, name, isSound) {
  const value = Number(text);
  if (text === '' || !isSound(value)) {
    throw new Mistake(`${name} cannot be "${text}".`);
  }
  return value;
}

const isWhole = (value) => Number.isSafeInteger(value) && value >= 0;

function readOptions() {
  const text = { type: 'string' };
  let values;
  try {
    const options = { port: text, speed: text, count: text, credit: text, help: { type: 'boolean', short: 'h' } };
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Mistake(error.message);
  }
  if (values.help) {
    return undefined;
  }
  const { port, speed, count, credit } = values;
  return {
    ...(port !== undefined && { port: number(port, '--port', (value) => isWhole(value) && value < 65536) }),
    ...(speed !== undefined && { speed: number(speed, '--speed', (value) => value > 0 && value < Infinity) }),
    ...(count !== undefined && { seed: { count: number(count, '--count', isWhole) } }),
    ...(credit !== undefined && { credit: number(credit, '--credit', (value) => value >= 0 && value < Infinity) }),
  };
}

/** Bundles src/sandbox in memory: no build before, no file left behind. */
async function loadSandbox() {
  const entry = fileURLToPath(new URL('../src/sandbox/faultySandbox.ts', import.meta.url));
  const describe = fileURLToPath(new URL('../src/sandbox/faults.ts', import.meta.url));
  const result = await build({
    stdin: {
      contents: `export { startFaultySandbox } from ${JSON.stringify(entry)};
        export { describeFault } from ${JSON.stringify(describe)};`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    write: false,
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].contents).toString('base64')}`);
}

/** `hang GET /servers/ x2` as a script for `faults.add`. */
function readFault([kind = '', ...rest]) {
  let fault;
  if (/^[1-5]\d\d$/.test(kind)) {
    fault = { kind: 'status', status: number(kind, 'The status', (value) => value >= 200) };
  } else if (plainKinds.includes(kind)) {
    fault = { kind };
  } else if (Object.hasOwn(valueKinds, kind)) {
    const value = rest.shift() ?? '';
    const isSound = kind === 'pages' ? (size) => isWhole(size) && size > 0 : isWhole;
    fault = { kind, [valueKinds[kind]]: numeric.has(kind) ? number(value, kind, isSound) : value };
  } else {
    throw new Mistake(`There is no fault "${kind}".`);
  }
  const match = {};
  let times = 1;
  for (const word of rest) {
    if (word === 'forever') {
      times = Infinity;
    } else if (/^x[1-9]\d*$/.test(word)) {
      times = Number(word.slice(1));
    } else if (word.startsWith('/')) {
      match.path = word;
    } else if (/^(?:GET|POST|PUT|PATCH|DELETE)$/i.test(word)) {
      match.method = word.toUpperCase();
    } else {
      throw new Mistake(`"${word}" is neither a method, nor a path, nor x and a number.`);
    }
  }
  return { match, times, fault };
}

function obey(line, sandbox, describeFault) {
  const { world, faults, requests } = sandbox;
  const [command = '', ...words] = line.trim().split(/\s+/);
  const known = (found) => {
    if (!found) {
      throw new Mistake(`There is no server "${words[0] ?? ''}".`);
    }
    return 'Done.';
  };
  const needs = (count) => {
    if (words.length < count) {
      throw new Mistake(`${command} needs more: see help.`);
    }
  };
  switch (command) {
    case '':
      return '';
    case 'help':
      return help;
    case 'servers':
      return world.servers
        .slice(0, 100)
        .map(({ id, name, status, ip_address: ip, location }) => [id, name, status, ip ?? '-', location].join('  '))
        .concat(`${world.servers.length} servers, $${world.credit.toFixed(2)} credit left`)
        .join('\n');
    case 'requests':
      return requests
        .slice(-20)
        .map(({ time, method, path }) => `${new Date(time).toISOString()}  ${method} ${path}`)
        .join('\n');
    case 'rename':
      needs(2);
      return known(world.rename(words[0], words[1]));
    case 'delete':
      return known(world.remove(words[0] ?? ''));
    case 'status':
      needs(2);
      return known(world.setStatus(words[0], words[1], words[2] === 'stays'));
    case 'fault':
      return describeFault(faults.add(readFault(words)));
    case 'list':
      return faults.pending.map(describeFault).join('\n') || 'No faults to come.';
    case 'clear':
      faults.clear();
      return 'All faults are forgotten.';
    default:
      throw new Mistake(`"${command}" is no command: see help.`);
  }
}

async function main() {
  const options = readOptions();
  if (!options) {
    console.log(usage);
    return;
  }
  const { startFaultySandbox, describeFault } = await loadSandbox();
  const sandbox = await startFaultySandbox(options);
  const end = () => {
    terminal.close();
    process.stdin.destroy();
    void sandbox.close();
  };
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: 'sandbox> ' });

  console.log(`A simulated VPS.org runs at ${sandbox.url}
Token: ${sandbox.token}

In VS Code: set "vpsOrg.apiUrl" to that URL, run "VPS.org: Sign In..." and paste the token.
With curl:  curl -H 'Authorization: Bearer ${sandbox.token}' ${sandbox.url}/servers/

Type "help" for faults and more; Ctrl-C ends it.`);
  terminal.on('line', (line) => {
    if (line.trim() === 'quit') {
      end();
      return;
    }
    try {
      const answer = obey(line, sandbox, describeFault);
      if (answer) {
        console.log(answer);
      }
    } catch (error) {
      console.log(error instanceof Mistake ? error.message : error);
    }
    terminal.prompt();
  });
  terminal.on('SIGINT', end);
  // Without a terminal (started by a script), the end of the input is no reason to go.
  terminal.on('close', () => void (process.stdin.isTTY && sandbox.close()));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (process.stdin.isTTY) {
    terminal.prompt();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Mistake || error.code === 'EADDRINUSE' ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}
