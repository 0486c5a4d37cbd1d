import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import { DisposableStore } from '../core/event.ts';
import { escapeMarks } from '../core/text.ts';
import type { Followed } from '../state/follower.ts';
import type { CommandContext } from './context.ts';
import { joinNames } from './split.ts';

/** How long the end of one server's waiting is kept back for those of others: what was asked together is told together. */
const gatherMs = 30_000;
/** So many servers a message names. */
const named = 10;

function names(ended: readonly Followed[]): string {
  return joinNames(ended.map(({ server }) => server.name), named);
}

/** One message for servers whose waiting ended in the same way. */
function tell(context: CommandContext, ended: readonly Followed[]): void {
  const { messages, follower, view } = context;
  const [{ server, end, target }] = ended as readonly [Followed];
  const isOne = ended.length === 1;
  if (end === 'gaveUp') {
    messages.warn(
      isOne
        ? vscode.l10n.t('"{0}" is still "{1}" after 10 minutes.', server.name, server.status)
        : vscode.l10n.t('{0} servers are still "{1}" after 10 minutes: {2}', ended.length, server.status, names(ended)),
      { title: vscode.l10n.t('Keep Waiting'), run: () => ended.forEach((each) => follower.follow(each.ref, each.server, each.target)) },
      { title: vscode.l10n.t('Show Log'), run: () => context.log.show() },
    );
  } else if (end === 'gone') {
    messages.info(
      isOne
        ? vscode.l10n.t('"{0}" was deleted elsewhere.', server.name)
        : vscode.l10n.t('{0} servers were deleted elsewhere: {1}', ended.length, names(ended)),
    );
  } else if (server.status !== target) {
    messages.warn(
      isOne
        ? vscode.l10n.t('"{0}" is "{1}" now. It should have become "{2}".', server.name, server.status, target ?? '')
        : vscode.l10n.t('{0} servers are "{1}" now. They should have become "{2}": {3}', ended.length, server.status, target ?? '', names(ended)),
    );
  } else {
    const text = isOne
      ? vscode.l10n.t('"{0}" is {1} now', server.name, server.status)
      : vscode.l10n.t('{0} servers are {1} now', ended.length, server.status);
    if (view.isVisible) {
      messages.flash(text);
    } else {
      messages.info(text);
    }
  }
}

/** Whether the end of a waiting is told: what nobody here asked for, the row shows, and that is enough. */
function isNews({ end, target }: Followed): boolean {
  return end === 'gaveUp' || (target !== undefined && (end === 'gone' || end === 'settled'));
}

/** Says in the status bar what is waited for, as long as anything is. */
class WaitingProgress implements Disposable {
  readonly #context: CommandContext;
  #progress: vscode.Progress<{ message: string }> | undefined;
  #end: (() => void) | undefined;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  update(): void {
    if (this.#context.follower.count === 0) {
      this.dispose();
    } else if (this.#end) {
      this.#report();
    } else {
      const ended = new Promise<void>((resolve) => (this.#end = resolve));
      void vscode.window.withProgress({ location: vscode.ProgressLocation.Window }, (progress) => {
        this.#progress = progress;
        this.#report();
        return ended;
      });
    }
  }

  dispose(): void {
    this.#end?.();
    this.#end = this.#progress = undefined;
  }

  #report(): void {
    const { follower, sessions } = this.#context;
    const [ref, ...others] = follower.refs;
    const server = ref && sessions.find(ref)?.server;
    const message =
      others.length > 0
        ? vscode.l10n.t('Waiting for {0} servers', others.length + 1)
        : vscode.l10n.t('Waiting for "{0}" ({1})', server?.name ?? ref?.serverId ?? '', server?.status ?? '');
    this.#progress?.report({ message: escapeMarks(message) });
  }
}

/**
 * Says what came of waiting: one message for all that ended in the same way, when the last one has, or after half a minute.
 * `isTold` says it in its place where it knows better, and then returns true.
 */
export function registerFollowNotices(context: CommandContext, isTold: (followed: Followed) => boolean): Disposable {
  const { follower, clock } = context;
  const disposables = new DisposableStore();
  const progress = disposables.add(new WaitingProgress(context));
  const gathered = new Map<string, Followed[]>();
  let timer: Disposable | undefined;
  const tellAll = (): void => {
    timer?.dispose();
    timer = undefined;
    const groups = [...gathered.values()];
    gathered.clear();
    groups.forEach((ended) => tell(context, ended));
  };
  disposables.add(follower.onDidChange(() => progress.update()));
  disposables.add(
    follower.onDidEnd((followed) => {
      if (!isTold(followed) && isNews(followed)) {
        const { end, target, server } = followed;
        const alike = [end, server.status, target].join(' ');
        gathered.set(alike, [...(gathered.get(alike) ?? []), followed]);
        timer ??= clock.setTimeout(tellAll, gatherMs);
      }
      if (follower.count === 0) {
        tellAll();
      }
    }),
  );
  disposables.add({ dispose: () => timer?.dispose() });
  return disposables;
}
