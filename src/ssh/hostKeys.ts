import { plainText } from '../core/text.ts';
import { compareHostKeys, knownHostsName, parseHostKeys } from './knownHosts.ts';
import type { HostKeyVerdict } from './knownHosts.ts';
import type { RunTool, SshTool, ToolResult } from './sshTools.ts';

export type HostKeyResult =
  | HostKeyVerdict
  /** The server showed no key. */
  | { readonly kind: 'noKey' }
  | { readonly kind: 'toolMissing'; readonly tool: SshTool }
  /** `text` is what the program printed, or empty. */
  | { readonly kind: 'toolFailed'; readonly tool: SshTool; readonly text: string };

export interface HostKeyParts {
  readonly run: RunTool;
  /** A path, for tests; undefined for the person's own file. */
  readonly knownHostsFile?: string | undefined;
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Seconds that `ssh-keyscan` waits for each key. */
const scanSeconds = '5';
const maxText = 200;

/**
 * Compares the keys of a server with the person's `known_hosts`. Changes nothing.
 *
 * @throws AppError of kind `cancelled` when `signal` aborts.
 */
export async function checkHostKey(
  { host, port }: Place,
  { run, knownHostsFile }: HostKeyParts,
  signal: AbortSignal,
): Promise<HostKeyResult> {
  const find = ['-F', knownHostsName(host, port), ...fileArguments(knownHostsFile)];
  const found = await run('ssh-keygen', find, signal);
  // 1: the file has no such host. 255: the file does not exist, or cannot be read.
  if (found.kind !== 'ended' || (found.code > 1 && !/No such file/iu.test(found.stderr))) {
    return failure('ssh-keygen', found);
  }
  const scan = ['-T', scanSeconds, '-p', String(port), '--', host];
  const scanned = await run('ssh-keyscan', scan, signal);
  if (scanned.kind !== 'ended') {
    return failure('ssh-keyscan', scanned);
  }
  return (
    compareHostKeys(parseHostKeys(found.stdout), parseHostKeys(scanned.stdout)) ?? { kind: 'noKey' }
  );
}

/**
 * Removes all keys of a server from `known_hosts`. `ssh-keygen` keeps the previous file with the ending `.old`. Undefined
 * after success.
 */
export async function removeHostKeys(
  { host, port }: Place,
  { run, knownHostsFile }: HostKeyParts,
  signal: AbortSignal,
): Promise<HostKeyResult | undefined> {
  const remove = ['-R', knownHostsName(host, port), ...fileArguments(knownHostsFile)];
  const removed = await run('ssh-keygen', remove, signal);
  return removed.kind === 'ended' && removed.code === 0
    ? undefined
    : failure('ssh-keygen', removed);
}

function fileArguments(file: string | undefined): readonly string[] {
  return file === undefined ? [] : ['-f', file];
}

function failure(tool: SshTool, result: ToolResult): HostKeyResult {
  return result.kind === 'missing'
    ? { kind: 'toolMissing', tool }
    : {
        kind: 'toolFailed',
        tool,
        text: result.kind === 'ended' ? plainText(result.stderr).slice(0, maxText) : '',
      };
}
