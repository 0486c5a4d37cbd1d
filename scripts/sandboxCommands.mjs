/** The commands of `npm run sandbox`: they read and change the simulated account, and inject faults. */

const help = `Commands
  servers                         list the servers
  requests                        list the last 20 requests
  rename ID NAME | delete ID      change the account from outside the extension
  status ID STATUS [stays]        set a status; a transition continues unless it stays
  fault KIND [VALUE] [METHOD] [PATH] [xN | forever]
                                  a fault for the next matching request, e.g. fault hang GET /servers/
                                  fault 502 · fault 429 x3 · fault delay 5000 POST · fault pages 2 forever
    without VALUE   hang cutBefore cutAfter halfBody html200 truncatedJson wrongShape empty malformedServers
                    duplicateIds nextLoop gzip, or a status code
    with VALUE      delay MS · pages SIZE · large BYTES · redirect URL · nextOtherOrigin URL
  list                            list the pending faults
  clear                           remove all faults
  help | quit`;

/** @typedef {import('../test/sandbox/faults.ts').Fault} Fault */
/** @typedef {import('../test/sandbox/faults.ts').FaultScript} FaultScript */
/** @typedef {import('../test/sandbox/faultySandbox.ts').FaultySandbox} FaultySandbox */

/** @satisfies {readonly Fault['kind'][]} */
const kindsWithoutValue = /** @type {const} */ ([
  'hang',
  'cutBefore',
  'cutAfter',
  'halfBody',
  'html200',
  'truncatedJson',
  'wrongShape',
  'empty',
  'malformedServers',
  'duplicateIds',
  'nextLoop',
  'gzip',
]);

/** @type {Readonly<Record<string, (value: string) => Fault>>} */
const kindsWithValue = {
  delay: (value) => ({ kind: 'delay', ms: readNumber(value, 'delay', isWhole) }),
  pages: (value) => ({
    kind: 'pages',
    size: readNumber(value, 'pages', (size) => isWhole(size) && size > 0),
  }),
  large: (value) => ({ kind: 'large', bytes: readNumber(value, 'large', isWhole) }),
  redirect: (value) => ({ kind: 'redirect', location: value }),
  nextOtherOrigin: (value) => ({ kind: 'nextOtherOrigin', url: value }),
};

/** Invalid input, which is reported without a stack. */
export class InputError extends Error {}

/** @param {number} value */
export function isWhole(value) {
  return Number.isSafeInteger(value) && value >= 0;
}

/**
 * @param {string} text
 * @param {string} name
 * @param {(value: number) => boolean} isValid
 * @throws {InputError}
 */
export function readNumber(text, name, isValid) {
  const value = Number(text);
  if (text === '' || !isValid(value)) throw new InputError(`${name} cannot be "${text}".`);
  return value;
}

/**
 * Reads `hang GET /servers/ x2`.
 * @param {readonly string[]} words
 * @returns {FaultScript}
 * @throws {InputError}
 */
function readFault([kind = '', ...words]) {
  const value = Object.hasOwn(kindsWithValue, kind) ? (words.shift() ?? '') : undefined;
  const fault = readKind(kind, value ?? '');
  /** @type {{ method?: string, path?: string }} */
  const match = {};
  let times = 1;
  for (const word of words) {
    if (word === 'forever') times = Infinity;
    else if (/^x[1-9]\d*$/.test(word)) times = Number(word.slice(1));
    else if (word.startsWith('/')) match.path = word;
    else if (/^(?:GET|POST|PUT|PATCH|DELETE)$/i.test(word)) match.method = word.toUpperCase();
    else throw new InputError(`"${word}" is not a method, a path, xN or "forever".`);
  }
  return { match, times, fault };
}

/**
 * @param {string} kind
 * @param {string} value
 * @returns {Fault}
 * @throws {InputError}
 */
function readKind(kind, value) {
  if (/^[1-5]\d\d$/.test(kind))
    return { kind: 'status', status: readNumber(kind, 'The status', (status) => status >= 200) };
  const withoutValue = kindsWithoutValue.find((each) => each === kind);
  if (withoutValue) return { kind: withoutValue };
  const create = Object.hasOwn(kindsWithValue, kind) ? kindsWithValue[kind] : undefined;
  if (!create) throw new InputError(`There is no fault "${kind}".`);
  return create(value);
}

/**
 * @typedef {object} CommandContext
 * @property {FaultySandbox} sandbox
 * @property {typeof import('../test/sandbox/faults.ts').describeFault} describeFault
 * @property {readonly string[]} words arguments of the command
 */
/**
 * @typedef {object} Command
 * @property {number} [minWords] required arguments
 * @property {(context: CommandContext) => string} run
 */

/**
 * @param {unknown} found
 * @param {readonly string[]} words whose first is a server's ID
 */
function done(found, [id = '']) {
  if (!found) throw new InputError(`There is no server "${id}".`);
  return 'Done.';
}

/** @param {FaultySandbox} sandbox */
function serverList({ world }) {
  const rows = world.servers
    .slice(0, 100)
    .map(({ id, name, status, ip_address: ip, location }) =>
      [id, name, status, ip ?? '-', location].join('  '),
    );
  return [...rows, `${world.servers.length} servers, $${world.credit.toFixed(2)} credit left`].join(
    '\n',
  );
}

/** @param {FaultySandbox} sandbox */
function requestList({ requests }) {
  return requests
    .slice(-20)
    .map(({ time, method, path }) => `${new Date(time).toISOString()}  ${method} ${path}`)
    .join('\n');
}

/** @type {Readonly<Record<string, Command>>} */
const commands = {
  help: { run: () => help },
  servers: { run: ({ sandbox }) => serverList(sandbox) },
  requests: { run: ({ sandbox }) => requestList(sandbox) },
  rename: {
    minWords: 2,
    run: ({ sandbox, words }) =>
      done(sandbox.world.update(words[0] ?? '', { name: words[1] ?? '' }), words),
  },
  delete: {
    minWords: 1,
    run: ({ sandbox, words }) => done(sandbox.world.remove(words[0] ?? ''), words),
  },
  status: {
    minWords: 2,
    run: ({ sandbox, words: [id = '', status = '', stays] }) =>
      done(sandbox.world.setStatus(id, status, stays === 'stays'), [id]),
  },
  fault: {
    run: ({ sandbox, words, describeFault }) => describeFault(sandbox.faults.add(readFault(words))),
  },
  list: {
    run: ({ sandbox, describeFault }) =>
      sandbox.faults.pending.map(describeFault).join('\n') || 'No pending faults.',
  },
  clear: {
    run: ({ sandbox }) => {
      sandbox.faults.clear();
      return 'Removed all faults.';
    },
  },
};

/**
 * @param {string} line
 * @param {FaultySandbox} sandbox
 * @param {CommandContext['describeFault']} describeFault
 * @returns {string} the output, empty for an empty line
 * @throws {InputError}
 */
export function runCommand(line, sandbox, describeFault) {
  const [name = '', ...words] = line.trim().split(/\s+/);
  if (name === '') return '';
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new InputError(`"${name}" is not a command. Type "help" for a list.`);
  if (words.length < (command.minWords ?? 0))
    throw new InputError(`"${name}" needs more arguments. Type "help" for a list.`);
  return command.run({ sandbox, describeFault, words });
}
