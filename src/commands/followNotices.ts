import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import { DisposableStore } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import type { Followed } from '../state/follower.ts';
import type { CommandContext } from './context.ts';

function tell(context: CommandContext, { ref, server, end, target }: Followed): void {
  const { messages, follower, view } = context;
  if (end === 'gaveUp') {
    messages.warn(
      vscode.l10n.t('"{0}" is still "{1}" after 10 minutes.', server.name, server.status),
      { title: vscode.l10n.t('Keep Waiting'), run: () => follower.follow(ref, server, target) },
      { title: vscode.l10n.t('Show Log'), run: () => context.log.show() },
    );
  } else if (target === undefined) {
    // Nobody here asked for it: the row shows it, that is enough.
  } else if (end === 'gone') {
    messages.info(vscode.l10n.t('"{0}" was deleted elsewhere.', server.name));
  } else if (end === 'settled' && server.status !== target) {
    messages.warn(vscode.l10n.t('"{0}" is "{1}" now. It should have become "{2}".', server.name, server.status, target));
  } else if (end === 'settled') {
    const text = vscode.l10n.t('"{0}" is {1} now', server.name, server.status);
    if (view.isVisible) {
      messages.flash(text);
    } else {
      messages.info(text);
    }
  }
}

/**
 * Says in the status bar what is waited for, and what came of it. `isTold` says it in its place where it knows better, and
 * then returns true: one message for one event.
 */
export function registerFollowNotices(context: CommandContext, isTold: (followed: Followed) => boolean): Disposable {
  const { follower, sessions } = context;
  const disposables = new DisposableStore();
  const ends = new Map<string, () => void>();
  disposables.add(
    follower.onDidChange((ref) => {
      const key = refKey(ref);
      if (!follower.isFollowing(ref)) {
        ends.get(key)?.();
        ends.delete(key);
        return;
      }
      const server = sessions.find(ref)?.server;
      const title = vscode.l10n.t('Waiting for "{0}" ({1})', server?.name ?? ref.serverId, server?.status ?? '');
      void vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title },
        () => new Promise<void>((resolve) => ends.set(key, resolve)),
      );
    }),
  );
  disposables.add(follower.onDidEnd((followed) => isTold(followed) || tell(context, followed)));
  disposables.add({ dispose: () => ends.forEach((end) => end()) });
  return disposables;
}
