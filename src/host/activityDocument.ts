import * as vscode from 'vscode';
import type { AccountId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { activityScheme } from '../ids.ts';
import type { ActivityLog } from '../state/activityLog.ts';
import { activityText } from '../text/activity.ts';

/** The activity as a read-only document, which follows the log while it is open. */
export class ActivityDocument implements Disposable {
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #log: Pick<ActivityLog, 'read' | 'readAll' | 'onDidChange'>;
  readonly #uri = vscode.Uri.from({ scheme: activityScheme, path: '/VPS.org Activity.txt' });

  constructor(log: Pick<ActivityLog, 'read' | 'readAll' | 'onDidChange'>, clock: Clock) {
    this.#log = log;
    this.#disposables.add(
      vscode.workspace.registerTextDocumentContentProvider(activityScheme, {
        onDidChange: this.#onDidChange.event,
        provideTextDocumentContent: async () => activityText(await log.read(), clock.now()),
      }),
    );
    this.#disposables.add(log.onDidChange(() => this.#onDidChange.fire(this.#uri)));
  }

  /** Opens the document, with the entries of all windows. */
  async show(): Promise<void> {
    this.#onDidChange.fire(this.#uri);
    const document = await vscode.workspace.openTextDocument(this.#uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Whether there is activity of an account. */
  async hasEntries(accountId: AccountId): Promise<boolean> {
    return (await this.#log.readAll()).some((entry) => entry.accountId === accountId);
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
