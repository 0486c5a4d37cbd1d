import * as vscode from 'vscode';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import type { Messages } from '../host/messages.ts';
import { describeServer } from '../host/serverText.ts';
import type { Followed } from '../state/follower.ts';
import type { Sessions } from '../state/sessions.ts';

/** Tells about servers that were created here: that they are being made, and when they are ready. */
export class CreationNotices {
  readonly #sessions: Sessions;
  readonly #messages: Messages;
  /** Created in this window and not active yet. */
  readonly #awaited = new Set<string>();

  constructor(sessions: Sessions, messages: Messages) {
    this.#sessions = sessions;
    this.#messages = messages;
  }

  /** A server is being made. From now on its end of waiting is told here. */
  tellCreated(ref: ServerRef, server: Server): void {
    this.await(ref);
    const text = vscode.l10n.t('"{0}" is being created. VPS.org says that this takes 2 to 5 minutes.', server.name);
    const isSample = this.#sessions.get(ref.accountId)?.account.kind === 'sample';
    this.#messages.info(
      isSample ? `${text} ${vscode.l10n.t('It is a sample server and costs nothing.')}` : text,
    );
  }

  /** Tells when this server is ready, and nothing now. */
  await(ref: ServerRef): void {
    this.#awaited.add(refKey(ref));
  }

  /** Tells the end of a waiting where it is that of a new server; true when nobody else needs to. */
  tellEnd({ ref, server, end }: Followed): boolean {
    const key = refKey(ref);
    const session = this.#sessions.get(ref.accountId);
    if (!this.#awaited.has(key) || end === 'gaveUp') {
      return false;
    }
    this.#awaited.delete(key);
    if (!session || end !== 'settled' || server.status !== 'active') {
      return false;
    }
    this.#messages.info(
      vscode.l10n.t('{0} is active now.', describeServer(session, server)),
      {
        title: vscode.l10n.t('Show Details'),
        run: () => vscode.commands.executeCommand('vpsOrg.server.open', ref),
      },
      {
        title: vscode.l10n.t('Copy IP Address'),
        run: () => vscode.commands.executeCommand('vpsOrg.server.copyIp', ref),
      },
    );
    return true;
  }
}
