import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import { orIfMissing } from '../host/fileHelpers.ts';
import type { Target } from '../state/targets.ts';
import type { Connectable } from './connectable.ts';
import { editButton } from './connectable.ts';
import { reportExit } from './exitMessages.ts';
import { sshArguments } from './profile.ts';

/** The exit code of `ssh` for its own errors; all others come from the remote command. */
const sshFailed = 255;
const maxLogBytes = 64 * 1024;

/** The path with the home folder in place of `~`, as `ssh` reads it. */
function expandHome(path: string, home = homedir()): string {
  return path.startsWith('~/') ? join(home, path.slice(2)) : path;
}

/** The problem with an identity file, which `ssh` would ignore; undefined if there is none. */
async function identityProblem(path: string): Promise<string | undefined> {
  // Whatever keeps it from being found, `ssh` cannot use it either.
  const found = await stat(expandHome(path)).catch(() => undefined);
  if (!found?.isFile()) {
    return found
      ? vscode.l10n.t('The identity file {0} is not a file.', path)
      : vscode.l10n.t('The identity file {0} does not exist or cannot be read.', path);
  }
  return process.platform !== 'win32' && (found.mode & 0o077) !== 0
    ? vscode.l10n.t(
        'ssh ignores the identity file {0}, because other users can read it. Run: chmod 600 {0}',
        path,
      )
    : undefined;
}

/**
 * How to open the terminal of a server. `ssh` runs without a shell, so no value is more than an argument. VS Code closes the
 * terminal when `ssh` ends, and its last lines with it. Therefore `-E` writes them to a private file, from which the reason is shown.
 */
export async function prepareTerminal(
  context: CommandContext,
  { target, ssh }: Connectable,
): Promise<vscode.TerminalOptions> {
  if (ssh.identityFile !== undefined) {
    const problem = await identityProblem(ssh.identityFile);
    if (problem !== undefined) {
      context.messages.warn(problem, editButton(target));
    }
  }
  const folder = await mkdtemp(join(tmpdir(), 'vps-org-ssh-'));
  const log = join(folder, 'log');
  const subscription = vscode.window.onDidCloseTerminal((terminal) => {
    if (hasArgument(terminal, log)) {
      subscription.dispose();
      void finish(context, { target, ssh }, terminal.exitStatus?.code, folder);
    }
  });
  return {
    name: target.server.name,
    shellPath: 'ssh',
    shellArgs: ['-E', log, ...sshArguments(ssh)],
    // As a URI of this computer it makes the terminal a local one in a remote window too.
    cwd: vscode.Uri.file(homedir()),
    iconPath: new vscode.ThemeIcon('vm'),
    isTransient: true,
  };
}

/**
 * Shows the terminal once VS Code has opened it. VS Code does that itself for profiles, but may be too early: then the terminal
 * before it stays in front.
 */
export function showWhenOpened({ shellArgs }: vscode.TerminalOptions): void {
  const subscription = vscode.window.onDidOpenTerminal((terminal) => {
    if (shellArgs && [shellArgs].flat().every((argument) => hasArgument(terminal, argument))) {
      subscription.dispose();
      terminal.show();
    }
  });
}

function hasArgument({ creationOptions }: vscode.Terminal, argument: string): boolean {
  const { shellArgs } = creationOptions as vscode.TerminalOptions;
  return Array.isArray(shellArgs) && shellArgs.includes(argument);
}

async function finish(
  context: CommandContext,
  { target, ssh }: Connectable,
  code: number | undefined,
  folder: string,
): Promise<void> {
  try {
    if (code === sshFailed) {
      await reportExit(context, target, ssh, await readStart(join(folder, 'log')));
    }
  } catch (error) {
    context.log.warn('Could not read why ssh ended', error);
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The first part of a file; empty if it is missing. */
async function readStart(path: string): Promise<string> {
  const file = await orIfMissing(async () => open(path), undefined);
  if (!file) {
    return '';
  }
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxLogBytes), 0, maxLogBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Restricted Mode blocks terminals. Says so and returns false. */
export function mayOpenTerminals({ messages }: CommandContext): boolean {
  if (vscode.workspace.isTrusted) {
    return true;
  }
  messages.warn(
    vscode.l10n.t('Terminals are blocked in Restricted Mode. Trust this workspace to use SSH.'),
    {
      title: vscode.l10n.t('Manage Workspace Trust'),
      run: () => vscode.commands.executeCommand('workbench.trust.manage'),
    },
  );
  return false;
}

/** Whether a server has a chance to be connected to. Why it cannot is said after it was picked. */
export function hasAddress({ server }: Pick<Target, 'server'>): boolean {
  return Boolean(server.ipAddress ?? server.ipv6Address);
}
