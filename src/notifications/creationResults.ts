import * as vscode from 'vscode';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import type { Messages } from '../host/messages.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';
import type { WaitResult } from '../state/statusWaiter.ts';
import { withReply } from '../text/sentences.ts';
import { describeServer } from '../text/servers.ts';

/** Announces servers created in this window: that they are being created, and when they are ready. */
export class CreationResults {
  readonly #sessions: Sessions;
  readonly #messages: Messages;
  readonly #waitForSsh: (ref: ServerRef) => Promise<boolean>;
  /** Servers created in this window that are not active yet. */
  readonly #awaited = new Set<string>();

  /** `waitForSsh` returns true where it announces the server itself, once SSH answers. */
  constructor(
    sessions: Sessions,
    messages: Messages,
    waitForSsh: (ref: ServerRef) => Promise<boolean>,
  ) {
    this.#sessions = sessions;
    this.#messages = messages;
    this.#waitForSsh = waitForSsh;
  }

  /** Announces that a server is being created, with the API's own message, and later that it is ready. */
  reportCreated(ref: ServerRef, server: Server, message?: string): void {
    this.await(ref);
    const text = message
      ? withReply(vscode.l10n.t('"{0}" is being created.', server.name), message)
      : vscode.l10n.t('"{0}" is being created. New servers usually take 2-5 minutes.', server.name);
    const isSample = this.#sessions.get(ref.accountId)?.account.kind === 'sample';
    this.#messages.info(
      isSample ? `${text} ${vscode.l10n.t('It is a sample server and costs nothing.')}` : text,
    );
  }

  /** Announces only that the server is ready, once it is. */
  await(ref: ServerRef): void {
    this.#awaited.add(refKey(ref));
  }

  /** Announces a new server that became active. False where the result needs another message. */
  reportEnd({ ref, server, end }: WaitResult): boolean {
    const key = refKey(ref);
    const session = this.#sessions.get(ref.accountId);
    if (!this.#awaited.has(key) || end === 'gaveUp') {
      return false;
    }
    this.#awaited.delete(key);
    if (!session || end !== 'settled' || server.status !== 'active') {
      return false;
    }
    void this.#reportActive(ref, session, server);
    return true;
  }

  async #reportActive(ref: ServerRef, session: Session, server: Server): Promise<void> {
    if (await this.#waitForSsh(ref)) {
      return;
    }
    this.#messages.info(
      vscode.l10n.t('{0} is now active.', describeServer(session, server)),
      {
        title: vscode.l10n.t('Show Details'),
        run: () => vscode.commands.executeCommand('vpsOrg.server.open', ref),
      },
      {
        title: vscode.l10n.t('Copy IP Address'),
        run: () => vscode.commands.executeCommand('vpsOrg.server.copyIp', ref),
      },
    );
  }
}
