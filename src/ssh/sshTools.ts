import { execFile } from 'node:child_process';
import { AppError } from '../core/errors.ts';

export type SshTool = 'ssh-keygen' | 'ssh-keyscan';

export type ToolResult =
  | {
      readonly kind: 'ended';
      readonly code: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  /** The program is not installed. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'timedOut' }
  /** It could not be started, or printed too much. */
  | { readonly kind: 'failed' };

/**
 * Runs an OpenSSH program with a list of arguments, without a shell.
 *
 * @throws AppError of kind `cancelled` when `signal` aborts.
 */
export type RunTool = (
  tool: SshTool,
  args: readonly string[],
  signal: AbortSignal,
) => Promise<ToolResult>;

const timeLimitMs = 20_000;
const maxOutputBytes = 256 * 1024;

export const runTool: RunTool = (tool, args, signal) =>
  new Promise((resolve, reject) => {
    const options = {
      timeout: timeLimitMs,
      maxBuffer: maxOutputBytes,
      killSignal: 'SIGKILL',
      windowsHide: true,
      signal,
    } as const;
    const child = execFile(tool, [...args], options, (error, stdout, stderr) => {
      if (signal.aborted) {
        reject(AppError.cancelled());
      } else if (error === null || typeof error.code === 'number') {
        resolve({ kind: 'ended', code: Number(error?.code ?? 0), stdout, stderr });
      } else if (error.code === 'ENOENT') {
        resolve({ kind: 'missing' });
      } else {
        resolve({ kind: error.killed && !error.code ? 'timedOut' : 'failed' });
      }
    });
    // Neither program may ask anything.
    child.stdin?.end();
  });
